"""Providers' webhooks against the real server: signed, answered in the provider's form, recorded once, and nothing of it in the log."""
import base64
import hashlib
import hmac
import json
import signal
import time
import urllib.parse

from harness import LEDGER, LOOKUP, LedgerTest, Server, number, run

URL = "https://sms.example.com/v1/accounts/acme/inbound/twilio"
PATH = "/v1/accounts/acme/inbound/"


def configure(folder, *more, **changes):
    for name, secret in (("t", "twilio-token\n"), ("v", "vonage-secret"), ("b", "user:pass")):
        (folder / name).write_text(secret)
        (folder / name).chmod(0o600)
    hooks = [{"account": "acme", "provider": "twilio", "url": URL, "secret_file": "t", "reply": True},
             {"account": "acme", "provider": "vonage", "secret_file": "v"},
             {"account": "acme", "provider": "bandwidth", "secret_file": "b"}]
    hooks[0].update(changes)
    hooks = [{name: value for name, value in hook.items() if value is not None} for hook in hooks] + list(more)
    (folder / "webhooks.json").write_text(json.dumps({"webhooks": hooks}))
    return folder / "webhooks.json"


class Webhooks(LedgerTest):
    @classmethod
    def start_options(cls):
        return ("--webhooks", str(configure(cls.server.folder)))

    def anonymous(self):
        return self.server.client()

    def twilio(self, form, token="twilio-token", signed=None):
        text = URL + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
        return self.anonymous().post(PATH + "twilio", urllib.parse.urlencode(signed or form), headers={
            "Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature})

    def look(self, phone):
        return self.auditor.post(LOOKUP, {"phone": phone}).json

    def state(self, phone):
        return self.look(phone)["state"]

    def message(self, sid, phone, body, **more):
        return {"MessageSid": sid, "From": phone, "To": "+15550199999", "Body": body, **more}

    def test_a_stop_is_recorded_once_and_proven_to_be_the_providers(self):
        phone = number(1)
        for _ in range(2):
            answer = self.twilio(self.message("SM1", phone, "STOP"))
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, "text/xml"))
        self.assertFalse(self.state(phone)["opted_in"])
        contact = self.look(phone)["contact"]
        history = self.auditor.get(f"/v1/accounts/acme/contacts/{contact}/history").json["data"]
        self.assertEqual(len(history), 1)
        entry = history[0]["entry"] if "entry" in history[0] else history[0]
        self.assertIn('"verified":true', json.dumps(entry, separators=(",", ":")))
        self.assertIn("webhook.twilio", json.dumps(entry))

    def test_help_is_answered_where_the_account_wants_it(self):
        answer = self.twilio(self.message("SM2", number(2), "HELP"))
        self.assertEqual(answer.status, 200)
        self.assertIn(b"<Message>To stop these marketing messages, reply OPTOUT.", answer.body)

    def test_both_secrets_hold_while_they_are_exchanged(self):
        """The file says so from the next hangup on, and what is signed with neither is refused."""
        secret = self.server.folder / "t"
        try:
            self.assertEqual(self.twilio(self.message("SM20", number(20), "STOP"), token="next-token").status, 403)
            secret.write_text("next-token\r\ntwilio-token\n")
            self.server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 30
            while self.twilio(self.message("SM20", number(20), "STOP"), token="next-token").status != 200:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.05)
            self.assertEqual(self.twilio(self.message("SM21", number(20), "STOP")).status, 200)
            for token in ("next-token\ntwilio-token", "other", ""):
                self.assertEqual(self.twilio(self.message("SM22", number(21), "STOP"), token=token).status, 403)
        finally:
            secret.write_text("twilio-token\n")

    def test_what_is_told_of_the_businesss_own_messages_is_no_message(self):
        for status in ("sent", "delivered", "read", "failed"):
            form = {"MessageSid": "SM30-" + status, "From": "+15550199999", "To": number(30), "Body": "STOP", "MessageStatus": status}
            self.assertEqual(self.twilio(form).status, 200)
        for phone in ("+15550199999", number(30)):
            self.assertFalse(self.look(phone)["known"])
        self.assertEqual(self.twilio(self.message("SM31", number(31), "STOP", SmsStatus="received")).status, 200)
        self.assertFalse(self.state(number(31))["opted_in"])

    def test_what_the_provider_stopped_is_an_opt_out_whatever_the_words(self):
        phone = number(3)
        self.twilio(self.message("SM3", phone, "hello"))
        self.assertTrue(self.state(phone)["opted_in"])
        self.twilio(self.message("SM4", phone, "genug jetzt", OptOutType="STOP"))
        self.assertFalse(self.state(phone)["opted_in"])

    def test_what_is_not_signed_changes_nothing(self):
        phone = number(4)
        form = self.message("SM5", phone, "STOP")
        for answer in (self.twilio(form, token="other"), self.twilio(form, signed={**form, "Body": "hello"}),
                       self.anonymous().post(PATH + "twilio", urllib.parse.urlencode(form),
                                             headers={"Content-Type": "application/x-www-form-urlencoded"})):
            self.assertEqual(answer.status, 403, answer.body)
            self.assertNotIn(b"twilio-token", answer.body)
        self.assertEqual(self.look(phone)["known"], False)

    def test_vonage_in_its_window(self):
        def post(when):
            form = {"msisdn": number(5)[1:], "to": "15550199999", "messageId": "V1", "text": "STOP", "timestamp": str(when)}
            text = "".join(f"&{name}={form[name]}" for name in sorted(form))
            form["sig"] = hmac.new(b"vonage-secret", text.encode(), hashlib.sha256).hexdigest()
            return self.anonymous().post(PATH + "vonage", form)
        self.assertEqual(post(int(time.time()) - 301).status, 403)
        self.assertEqual(post(int(time.time())).status, 200)
        self.assertFalse(self.state(number(5))["opted_in"])

    def test_a_bandwidth_array_with_a_bad_message_among_good_ones(self):
        def event(name, sender, text):
            return {"type": "message-received", "to": "+15550199999", "message": {"id": name, "from": sender, "text": text}}
        answer = self.anonymous().post(PATH + "bandwidth", [event("B1", number(6), "STOP"), event("B2", "0015550100", "STOP"),
                                                            event("B3", number(7), "STOP")],
                                       headers={"Authorization": "Basic " + base64.b64encode(b"user:pass").decode()})
        self.assertEqual(answer.status, 422, answer.body)
        for phone in (number(6), number(7)):
            self.assertFalse(self.state(phone)["opted_in"])

    def test_unknown_providers_and_forms(self):
        client = self.anonymous()
        self.assertEqual(client.post(PATH + "telnyx", {}).status, 404)
        self.assertEqual(client.post(PATH + "nobody", {}).status, 404)
        self.assertEqual(client.post("/v1/accounts/other/inbound/twilio", {}).status, 404)
        self.assertEqual(client.get(PATH + "vonage?msisdn=1").status, 405)
        self.assertEqual(client.post(PATH + "bandwidth", "{", headers={"Authorization": "Basic dXNlcjpwYXNz"}).status, 400)
        self.assertEqual(client.post(PATH + "twilio", "x" * 300_000).status, 413)

    def test_nothing_personal_is_logged(self):
        self.twilio(self.message("SM9", number(9), "STOP"))
        for text in (number(9)[1:], "twilio-token", "user:pass"):
            self.assertNotIn(text, self.server.log())


TOPIC = "arn:aws:sns:us-east-1:111122223333:inbound"
NEW = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem"


class NewCertificate(LedgerTest):
    """Amazon signs with another certificate from one day to the next, and SNS sends again what was answered 5xx, not what was answered 403."""

    @classmethod
    def start_options(cls):
        for name in ("old", "new"):
            run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", cls.server.folder / (name + ".key"),
                "-out", cls.server.folder / (name + ".pem"), "-subj", "/CN=try")
        cls.pin("old.pem")
        return ("--webhooks", str(cls.server.folder / "webhooks.json"))

    @classmethod
    def pin(cls, *files):
        hook = {"account": "acme", "provider": "aws", "topics": [TOPIC], "certificates": list(files)}
        (cls.server.folder / "webhooks.json").write_text(json.dumps({"webhooks": [hook]}))

    def delivery(self, key, url=NEW):
        sms = json.dumps({"originationNumber": number(1), "destinationNumber": "+15550199999", "messageBody": "STOP", "inboundMessageId": "a1"})
        when = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        text = f"Message\n{sms}\nMessageId\nm1\nTimestamp\n{when}\nTopicArn\n{TOPIC}\nType\nNotification\n"
        signature = run("openssl", "dgst", "-sha256", "-sign", self.server.folder / (key + ".key"), input=text.encode()).stdout
        body = {"Type": "Notification", "MessageId": "m1", "TopicArn": TOPIC, "Message": sms, "Timestamp": when, "SignatureVersion": "2",
                "Signature": base64.b64encode(signature).decode(), "SigningCertURL": url}
        client = self.server.client()
        self.addCleanup(client.close)
        return client.post(PATH + "aws", json.dumps(body), headers={"Content-Type": "text/plain; charset=UTF-8"})

    def warnings(self):
        client = self.server.client()
        self.addCleanup(client.close)
        verbose = client.get("/readyz?verbose")
        self.assertEqual((verbose.status, verbose.json["ready"]), (200, True))
        return verbose.json.get("warnings", [])

    def test_a_stop_waits_for_it(self):
        self.assertEqual(self.delivery("new", url="https://example.com/mine.pem").status, 403)
        self.assertEqual(self.warnings(), [])
        for _ in range(3):
            answer = self.delivery("new")
            self.assert_problem(answer, 503, "certificate_not_pinned")
            self.assertEqual(answer.headers["retry-after"], "60")
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(1)}).json["known"])
        self.assertEqual(self.warnings(), ["webhook deliveries wait for a certificate that is not pinned: " + NEW])
        self.assertEqual(self.server.log().count(NEW), 1)
        self.assertNotIn(number(1)[1:], self.server.log())
        metrics = self.server.client(self.tokens["all"]).get("/metrics").body.decode()
        self.assertIn('consent_ledger_rejected_total{reason="certificate"} 3\n', metrics)
        told = run(LEDGER, "status", "--data", self.server.data)
        self.assertIn(b"warning        webhook deliveries wait for a certificate", told.stdout)
        self.assertEqual(len(json.loads(run(LEDGER, "status", "--json", "--data", self.server.data).stdout)["warnings"]), 1)
        self.pin("old.pem", "new.pem")
        self.server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 30
        while self.warnings():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertEqual(self.delivery("new").status, 200)
        self.assertEqual(self.delivery("old").status, 200)
        self.assertFalse(self.auditor.post(LOOKUP, {"phone": number(1)}).json["state"]["opted_in"])


class Configuration(LedgerTest):
    def refused(self, *more, **changes):
        other = Server()
        self.addCleanup(other.remove)
        file = configure(other.folder, *more, **changes)
        done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn(b"twilio-token", done.stderr)
        return done.stderr.decode()

    def test_a_mistake_stops_the_start_and_is_named(self):
        self.assertIn("/webhooks/0/provider", self.refused(provider="pigeon"))
        self.assertIn("/webhooks/0/url", self.refused(url="https://x.example/?a=1"))
        self.assertIn("/webhooks/0/reply", self.refused(reply="yes"))
        broken = Server()
        self.addCleanup(broken.remove)
        (broken.folder / "w.json").write_text('{"webhooks":[\n{"account":"a","account":"b"}]}')
        done = run(LEDGER, "serve", "--data", broken.data, "--listen", "127.0.0.1:0", "--webhooks", broken.folder / "w.json", check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"is no JSON: ", done.stderr)
        self.assertIn(b"byte", done.stderr)
        self.assertIn("/webhooks/0/color", self.refused(color="red"))
        self.assertIn("/webhooks/0/account", self.refused(account="No Account"))
        self.assertIn("/webhooks/0/secret_file: cannot read", self.refused(secret_file="nowhere"))
        self.assertIn("webhooks/3", self.refused({"account": "acme", "provider": "vonage", "secret_file": "v"}))
        self.assertIn("/webhooks/0/scheme", self.refused(scheme="jwt"))
        self.assertIn("/webhooks/0/topics", self.refused(topics=["arn:aws:sns:us-east-1:111122223333:inbound"]))

    def test_a_secret_that_proves_nothing_is_refused(self):
        def hook(provider, secret="v", **more):
            return {"account": "acme", "provider": provider, "secret_file": secret, **more}
        key = "is no key" * 4 + "="
        for more, told in ((hook("telnyx"), "must be Telnyx's public key in each line: 32 bytes in base64"), (hook("sinch"), "must be user:password"),
                           (hook("sinch", scheme="basic"), "must be user:password")):
            with self.subTest(more):
                self.assertIn("/webhooks/3/secret_file: " + told, self.refused(more))
        other = Server()
        self.addCleanup(other.remove)
        for text, told in (("user-alone", "must be user:password"), ("a:b\nuser-alone", "must be user:password"), (":password", "must be user:password")):
            with self.subTest(text):
                file = configure(other.folder)
                (other.folder / "b").write_text(text)
                done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
                self.assertEqual(done.returncode, 2)
                self.assertIn("/webhooks/2/secret_file: " + told, done.stderr.decode())
                self.assertNotIn(b"user-alone", done.stderr)
        file = configure(other.folder, hook("telnyx", "k"), hook("sinch", scheme="hmac"))
        for text, good in ((key, False), (base64.b64encode(bytes(31)).decode(), False), (base64.b64encode(bytes(32)).decode(), True)):
            with self.subTest(text):
                (other.folder / "k").write_text(text + "\n")
                (other.folder / "k").chmod(0o600)
                if good:
                    other.start(options=("--webhooks", str(file)))
                    self.assertEqual(other.stop(), 0)
                    continue
                done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"/webhooks/3/secret_file", done.stderr)

    def test_what_a_provider_does_not_use_is_refused(self):
        self.assertIn("/webhooks/0/url: is not used by this provider", self.refused(provider="telnyx", reply=None))
        self.assertIn("/webhooks/0/reply: is not used by this provider", self.refused(provider="telnyx", url=None))
        self.assertIn("/webhooks/3/reply", self.refused({"account": "acme", "provider": "sinch", "secret_file": "b", "reply": True}))
        self.assertIn("/webhooks/0/url", self.aws_refused(url=URL))

    def test_an_account_that_there_is_not_is_warned_of_until_there_is(self):
        other = Server()
        self.addCleanup(other.remove)
        file = configure(other.folder, {"account": "later", "provider": "bandwidth", "secret_file": "b"})
        other.token("acme", "auditor")
        other.start(options=("--webhooks", str(file)))
        client = other.client()
        self.addCleanup(client.close)
        warning = "the file of webhooks names accounts that there are not, at /webhooks/3/account: their deliveries are answered 404"
        self.assertEqual(client.get("/readyz?verbose").json["warnings"], [warning])
        deadline = time.monotonic() + 30
        while "warning: " + warning not in other.log():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertIn(b"warning        the file of webhooks", run(LEDGER, "status", "--data", other.data).stdout)
        event = {"type": "message-received", "to": "+15550199999", "message": {"id": "B1", "from": number(1), "text": "STOP"}}
        basic = {"Authorization": "Basic " + base64.b64encode(b"user:pass").decode()}
        path = "/v1/accounts/later/inbound/bandwidth"
        self.assertEqual(client.post(path, [event], headers=basic).status, 404)
        other.token("later", "writer")
        self.assertNotIn("warnings", client.get("/readyz?verbose").json)
        self.assertEqual(client.post(path, [event], headers=basic).status, 200)

    def aws_refused(self, **changes):
        other = Server()
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", other.folder / "key", "-out", other.folder / "good.pem",
            "-subj", "/CN=try")
        (other.folder / "none.pem").write_text("no certificate")
        (other.folder / "open.pem").write_bytes((other.folder / "good.pem").read_bytes())
        (other.folder / "open.pem").chmod(0o666)
        (other.folder / "s").write_text("secret")
        (other.folder / "s").chmod(0o600)
        hook = {"account": "acme", "provider": "aws", "topics": ["arn:aws:sns:us-east-1:111122223333:inbound"],
                "certificates": ["good.pem"], **changes}
        file = other.folder / "webhooks.json"
        file.write_text(json.dumps({"webhooks": [{name: value for name, value in hook.items() if value is not None}]}))
        done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
        self.assertNotEqual(done.returncode, 0)
        other.remove()
        return done.stderr.decode()

    def test_certificates_and_topics(self):
        self.assertIn("/webhooks/0/certificates", self.aws_refused(certificates=None))
        self.assertIn("/webhooks/0/certificates", self.aws_refused(certificates=[]))
        self.assertIn("cannot read", self.aws_refused(certificates=["nowhere.pem"]))
        self.assertIn("no certificate in PEM", self.aws_refused(certificates=["none.pem"]))
        self.assertIn("chmod go-w", self.aws_refused(certificates=["good.pem", "open.pem"]))
        self.assertIn("/webhooks/0/topics", self.aws_refused(topics=None))
        self.assertIn("/webhooks/0/topics", self.aws_refused(topics=["inbound"]))
        self.assertIn("/webhooks/0/topics", self.aws_refused(topics="inbound"))
        self.assertIn("/webhooks/0/secret_file", self.aws_refused(secret_file="s"))

    def test_a_secret_that_others_can_read_is_refused(self):
        other = Server()
        file = configure(other.folder)
        (other.folder / "t").chmod(0o644)
        done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"chmod 600", done.stderr)
        (other.folder / "t").chmod(0o600)
        for secrets in ("a\n\nb\n", "\na", "1\n2\n3\n4\n5\n", "\n\n"):
            (other.folder / "t").write_text(secrets)
            done = run(LEDGER, "serve", "--data", other.data, "--listen", "127.0.0.1:0", "--webhooks", file, check=False)
            self.assertEqual(done.returncode, 3, done.stderr)
