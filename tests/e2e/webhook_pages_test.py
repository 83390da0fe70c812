"""docs/webhooks/*.md as they stand: each page's file is loaded, each page's curl is run; and what only the newer ways of delivery have."""
import base64
import hashlib
import hmac
import json
import re
import stat
import subprocess
import time
import urllib.parse

from harness import CHANGES, LOOKUP, LedgerTest, SOURCE, number
from recorder import Recorder

PAGES = sorted((SOURCE / "docs" / "webhooks").glob("*.md"))
PATH = "/v1/accounts/acme/inbound/"
TWILIO = "https://sms.example.com" + PATH + "twilio"
TOPIC = "arn:aws:sns:us-east-1:111122223333:inbound"


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


def shell(script, folder):
    return subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False, timeout=60)


class Pages(LedgerTest):
    @classmethod
    def start_options(cls):
        folder, hooks = cls.server.folder, []
        for page in PAGES:
            (config,), (prepare, _) = blocks(page, "json"), blocks(page, "sh")
            hooks += json.loads(config)["webhooks"]
            done = shell(prepare, folder)
            assert done.returncode == 0, done.stderr
        (folder / "webhooks.json").write_text(json.dumps({"webhooks": hooks}))
        return ("--webhooks", str(folder / "webhooks.json"))

    def entries(self, provider):
        found = self.auditor.get(CHANGES + f"?source={provider}", headers={"Accept": "application/x-ndjson"})
        return [line for line in found.lines if line.get("source", {}).get("platform") == provider]

    def sns(self, **envelope):
        """As SNS signs it, with the key that the page made."""
        full = {"MessageId": "m", "TopicArn": TOPIC, "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
                "SignatureVersion": "2", **envelope}
        names = (["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] if "Token" in full
                 else ["Message", "MessageId", "Timestamp", "TopicArn", "Type"])
        text = "".join(f"{name}\n{full[name]}\n" for name in names)
        full["Signature"] = base64.b64encode(subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", str(self.server.folder / "try-aws.key")], input=text.encode(), check=True,
            stdout=subprocess.PIPE).stdout).decode()
        return full

    def post(self, provider, body, **headers):
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.client().post(PATH + provider, body, headers=fields)

    def question(self, kind, token="t0k3n"):
        return self.post("aws", self.sns(Type=kind, Token=token, Message="?", SubscribeURL="https://sns.us-east-1.amazonaws.com/x"),
                         Content_Type="text/plain; charset=UTF-8")

    def test_each_page_as_it_stands(self):
        self.assertEqual([page.stem for page in PAGES], ["aws", "bandwidth", "plivo", "sinch", "telnyx", "twilio", "vonage"])
        recorder = Recorder(self.server.port)
        self.addCleanup(lambda: self.assertEqual(([], 14), (recorder.stop(), recorder.judged)))
        for page in PAGES:
            with self.subTest(page.name):
                script = blocks(page, "sh")[1].replace("127.0.0.1:8080", f"127.0.0.1:{recorder.port}")
                expected = re.search(r"^Expected: `(.*)`\.$", page.read_text(), re.MULTILINE).group(1)
                for _ in range(2):
                    done = shell(script, self.server.folder)
                    self.assertEqual((done.returncode, done.stdout.decode()), (0, expected + "\n"), done.stderr)
                contact = self.auditor.post(LOOKUP, {"phone": "+15550100123"}).json["contact"]
                found = [entry for entry in self.entries(page.stem) if entry["contact"] == contact]
                self.assertEqual([entry["kind"] for entry in found], ["opt_out.stop"], found)
                self.assertTrue(found[0]["evidence"][0]["verified"])
                self.assertEqual(found[0]["source"]["token"], "webhook." + page.stem)
                self.assertIn(f"(webhooks/{page.name})", (SOURCE / "docs" / "webhooks.md").read_text())

    def test_a_subscription_is_left_to_the_operator(self):
        answer = self.question("SubscriptionConfirmation")
        self.assertEqual((answer.status, answer.body), (200, b""))
        line = re.search(r"AWS asks for confirmation of the subscription of (\S+); what to run is in (\S+)", self.server.log())
        self.assertEqual(line.group(1), TOPIC)
        (kept,) = (self.server.data / "confirmations").iterdir()
        self.assertEqual(line.group(2), str(kept))
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertTrue(json.loads(kept.read_text())["command"].endswith(f" --topic-arn {TOPIC} --token t0k3n"))
        self.assertNotIn("t0k3n", self.server.log())
        self.assertEqual(self.question("UnsubscribeConfirmation", "t0k3n2").status, 200)
        self.assertIn("AWS asks whether to end the subscription", self.server.log())
        self.assertEqual(json.loads(kept.read_text())["asks"], "whether to stop")
        self.assertEqual(self.question("UnsubscribeConfirmation", "a b;c").status, 400)

    def test_what_sns_did_not_sign_leaves_nothing(self):
        good = self.sns(Type="Notification", Message=json.dumps({"originationNumber": number(5), "destinationNumber": "+15550199999",
                                                                 "messageBody": "STOP", "inboundMessageId": "a5"}))
        stale = self.sns(Type="Notification", Message=good["Message"], Timestamp="2026-01-01T00:00:00.000Z")
        for spoiled in ({**good, "Message": good["Message"].replace("a5", "a6")}, {**good, "TopicArn": TOPIC + "2"}, stale,
                        {name: value for name, value in good.items() if name != "Signature"}):
            self.assertEqual(self.post("aws", spoiled, Content_Type="text/plain").status, 403, spoiled)
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(5)}).json["known"])
        self.assertEqual(self.post("aws", "no JSON", Content_Type="text/plain").status, 400)
        self.assertEqual(self.post("aws", good, Content_Type="text/html").status, 415)
        self.assertEqual(self.post("aws", good, Content_Type="text/plain").status, 200)
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(5)}).json["state"]["opted_in"])

    def twilio_events(self, *events):
        body = json.dumps(list(events))
        query = "?bodySHA256=" + hashlib.sha256(body.encode()).hexdigest()
        secret = (self.server.folder / "twilio.secret").read_bytes()
        signature = base64.b64encode(hmac.new(secret, (TWILIO + query).encode(), hashlib.sha1).digest()).decode()
        return self.post("twilio" + query, body, X_Twilio_Signature=signature, Content_Type="application/json")

    def twilio_form(self, form):
        secret = (self.server.folder / "twilio.secret").read_bytes()
        text = TWILIO + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(hmac.new(secret, text.encode(), hashlib.sha1).digest()).decode()
        return self.post("twilio", urllib.parse.urlencode(form), X_Twilio_Signature=signature,
                         Content_Type="application/x-www-form-urlencoded")

    @staticmethod
    def event(sid, sender, text, when="2026-11-20T10:00:00.000Z", **more):
        return {"specversion": "1.0", "type": "com.twilio.messaging.inbound-message.received", "source": "AB1", "id": "NO" + sid,
                "data": {"messageSid": sid, "timestamp": when, "from": sender, "to": "+15550199999", "body": text, **more}}

    def test_events_and_forms_of_one_message_are_one(self):
        other = {"specversion": "1.0", "type": "com.twilio.messaging.message.sent", "source": "AB1", "id": "NO", "data": {"price": 0.5}}
        for _ in range(2):
            answer = self.twilio_events(self.event("SM21", number(21), "STOP"), other,
                                        self.event("SM22", number(22), "assez", optOutType="STOP"))
            self.assertEqual(answer.status, 200, answer.body)
        form = {"MessageSid": "SM21", "From": number(21), "To": "+15550199999", "Body": "STOP"}
        self.assertEqual(self.twilio_form(form).status, 200)
        records = [entry["source"]["record"] for entry in self.entries("twilio")]
        self.assertEqual((records.count("SM21"), records.count("SM22")), (1, 1))
        # The other way round, and with another text under the id.
        form = {"MessageSid": "SM23", "From": number(23), "To": "+15550199999", "Body": "hello"}
        self.assertEqual(self.twilio_form(form).status, 200)
        self.assertEqual(self.twilio_events(self.event("SM23", number(23), "hello")).status, 200)
        self.assertEqual(self.twilio_events(self.event("SM23", number(23), "hello again")).status, 422)

    def test_a_late_event_opts_nobody_in_again(self):
        self.twilio_form({"MessageSid": "SM31", "From": number(31), "To": "+15550199999", "Body": "STOP"})
        self.assertEqual(self.twilio_events(self.event("SM30", number(31), "hello")).status, 200)
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(31)}).json["state"]["opted_in"])

    def test_a_bad_sender_in_a_batch_costs_nobody_else(self):
        answer = self.twilio_events(self.event("SM41", "0015550100", "STOP"), self.event("SM42", number(42), "STOP"))
        self.assertEqual(answer.status, 422)
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(42)}).json["state"]["opted_in"])
