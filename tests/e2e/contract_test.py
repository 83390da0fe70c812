"""The OpenAPI document against a real server: what it says can be sent is taken, what it does not say is refused, and every answer is
one that it has. Requests are made from the document alone; CL_TEST_SEED names another run, CL_LONG=1 draws one anew and makes it long."""
import json
import os
import random
import re
import unittest
import urllib.parse

import contract
from generator import Maker
from harness import CHANGES, LOOKUP, Answer, LedgerTest, change, number, seed_of_run

DOCUMENT = json.loads(contract.DOCUMENT.read_text(encoding="utf-8"))
ROUNDS = 2000 if os.environ.get("CL_LONG") else 100
OF_A_LONG_LOG = {"getTile", "getEntryBundle", "getHighTile", "getPartialHighTile", "getHighEntryBundle", "getPartialHighEntryBundle"}
STATE = {"not_found", "hold", "refused_by_policy", "idempotency_conflict", "idempotency_required", "phi_suspected", "invalid", "too_large"}


class Operations(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = {role: cls.server.token("*", role) for role in ("writer", "sender", "auditor", "admin")}
        cls.client, cls.anybody = cls.server.client(cls.everybody["admin"]), cls.server.client()
        for index in range(5):
            cls.client.post(CHANGES, change("contact.added", number(index), f"seed-{index}", data={"origin": "manual"}))
        cls.contacts = [cls.client.post(LOOKUP, {"phone": number(index)}).json["contact"] for index in range(4)]
        gone = cls.client.post(LOOKUP, {"phone": number(4)}).json["contact"]
        cls.client.post(f"/v1/accounts/acme/contacts/{gone}/erase", {})  # before any hold
        cls.contacts += [gone, gone]
        cls.spare = [cls.server.token(account, "sender").split("_")[1] for account in ("acme", "*")]  # tokens that may be revoked
        cls.files = re.findall(r"/console/([\w.-]+)", cls.anybody.get("/").body.decode())  # none where it was built without its page
        cls.contract = contract.Contract(DOCUMENT)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.anybody.close()
        super().tearDownClass()

    def maker_of(self, random_):
        """Of values that exist here, by name of a member."""
        return Maker(random_, {
            "contact": self.contacts, "phone": [number(i) for i in range(8)], "numbers": [number(i) for i in range(8)], "account": ["acme"],
            "from": [number(i) for i in range(8)], "list": ["promo", "news"], "lists": ["promo"], "matter": ["case-7"], "pack": ["texting"],
            "digest": ["86fc91c9602f0863cd18a18e3ea3784befcb5c5dbcf4e993c5eb74f8ff3b1945"], "rules": [1], "seq": list(range(12)),
            "code": list(DOCUMENT["x-problems"]), "id": self.spare, "index": ["000"], "width": [1, 5], "level": [0], "file": self.files}, always={"wait": 0})

    def operations(self):
        for path, _, operations in self.contract.paths:
            for method, operation in operations.items():
                yield path, method, operation

    def target(self, path, operation, maker, random_query=True):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                value = maker.value(parameter["schema"], parameter["name"]) if random_query else parameter["example"]
                if parameter["name"] == "contact" and not random_query:
                    value = self.contacts[0]
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(str(value), safe=""))
        query = []
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query" and (parameter.get("required") or random_query and maker.random.random() < 0.25):
                value = maker.value(parameter["schema"], parameter["name"])
                query += [(parameter["name"], str(one)) for one in (value if isinstance(value, list) else [value])]
        return path + ("?" + urllib.parse.urlencode(query) if query else "")


class Document(Operations):
    def test_it_is_what_the_build_made_and_is_told_apart_by_its_tag(self):
        answer = self.anybody.get("/openapi.json")
        self.assertEqual(answer.json, DOCUMENT)
        again = self.anybody.get("/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(self.anybody.request("HEAD", "/openapi.json").headers["content-length"], str(len(answer.body)))

    def test_every_problems_type_leads_to_a_page(self):
        for code, problem in DOCUMENT["x-problems"].items():
            page = self.anybody.get("/problems/" + code)
            self.assertEqual((page.status, page.headers["content-type"]), (200, "text/html; charset=utf-8"))
            self.assertIn(problem["title"].replace("'", "&#x27;"), page.body.decode())

    def test_every_example_of_a_request_is_taken(self):
        maker, sent = Maker(random.Random(1)), 0
        # Erased is whom no hold is on any more.
        for path, method, operation in sorted(self.operations(), key=lambda one: one[2]["operationId"] == "postErase"):
            for media, body in operation.get("requestBody", {}).get("content", {}).items():
                for example in [one["value"] for one in body.get("examples", {}).values()] + ([body["example"]] if "example" in body else []):
                    text = example if isinstance(example, str) else json.dumps(example)
                    answer = self.client.request(method, self.target(path, operation, maker, random_query=False), body=text.encode(),
                                                 headers={"Content-Type": media})
                    wanted = {"postWebhook": 404, "postRevocation": 404, "postAnyRevocation": 404}.get(operation["operationId"])
                    if operation["x-access"].get("admin-socket"):
                        wanted = 403
                    taken = answer.status == wanted if wanted else answer.status < 300
                    self.assertTrue(taken, (operation["operationId"], media, example, answer.status, answer.body))
                    sent += 1
        self.assertGreater(sent, 15)


class Generated(Operations):
    def setUp(self):
        self.seed = seed_of_run()
        self.random = random.Random(self.seed)
        self.maker = self.maker_of(self.random)

    def send(self, path, method, operation, body=None, media=None, token=None):
        headers = {"Idempotency-Key": f"k-{self.random.random()}"} if self.random.random() < 0.6 else {}
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "header" and "pattern" in parameter["schema"] and self.random.random() < 0.1:
                headers[parameter["name"]] = self.maker.value(parameter["schema"])
        if media:
            headers["Content-Type"] = media
        accepted = [one for one in operation["responses"].get("200", {}).get("content", {})]
        if accepted and self.random.random() < 0.5:
            headers["Accept"] = self.random.choice(accepted)
        if token:
            headers["Authorization"] = "Bearer " + token
        return self.anybody.request(method, self.target(path, operation, self.maker), body=body, headers=headers)

    def body(self, operation, spoil):
        media = self.random.choice(list(operation["requestBody"]["content"]))
        content = operation["requestBody"]["content"][media]
        if "x-lines" in content:
            values = [self.maker.value(content["x-lines"]["schema"]) for _ in range(self.random.randint(1, 4))]
            values = [self.maker.spoiled(one) if spoil else one for one in values]
            return media, "\n".join(json.dumps(one) for one in values).encode()
        value = self.maker.value(content["schema"])
        value = self.maker.spoiled(value) if spoil else value
        if media == "application/x-www-form-urlencoded":
            return media, urllib.parse.urlencode(value if isinstance(value, dict) else {"a": "b"}).encode()
        return media, json.dumps(value).encode()

    def token(self, operation):
        roles = operation["x-access"].get("roles")
        if operation["operationId"] == "postChanges":
            roles = ["admin"]  # of each kind
        return self.everybody[self.random.choice(roles)] if roles else None

    def test_what_is_valid_is_understood(self):
        good = {}
        for path, method, operation in self.operations():
            for index in range(ROUNDS):
                media, body = self.body(operation, spoil=False) if "requestBody" in operation else (None, None)
                answer = self.send(path, method, operation, body, media, self.token(operation))
                what = (self.seed, operation["operationId"], index, body, answer.status, answer.body[:500])
                code = answer.json["code"] if answer.status >= 400 else None
                if operation["x-access"].get("admin-socket") or operation["x-access"].get("signature"):
                    self.assertIn(answer.status, (403, 404), what)
                elif code is None or code == "hold":  # an erasure among random holds is understood all the same
                    good[operation["operationId"]] = good.get(operation["operationId"], 0) + 1
                else:
                    self.assertIn(code, STATE, what)
        never = [operation["operationId"] for _, _, operation in self.operations() if operation["operationId"] not in good
                 and not {"admin-socket", "signature"} & set(operation["x-access"])]
        never = [name for name in never if name not in OF_A_LONG_LOG]
        self.assertEqual(never, [] if self.files else ["getConsoleFile"], (self.seed, "no request made from the document was ever answered with success"))

    def test_what_is_spoiled_is_refused_or_was_not_spoiled(self):
        """Whether it was is decided by the document: contract.py refuses a success that it does not allow."""
        refused = 0
        for path, method, operation in self.operations():
            if "requestBody" not in operation:
                continue
            for index in range(ROUNDS * 4):
                media, body = self.body(operation, spoil=True)
                answer = self.send(path, method, operation, body, media, self.token(operation))
                self.assertLess(answer.status, 500, (self.seed, operation["operationId"], index, body, answer.body[:500]))
                refused += answer.status >= 400
        self.assertGreater(refused, ROUNDS)

    def test_whoever_may_not_is_told_so(self):
        for path, method, operation in self.operations():
            access = operation["x-access"]
            media, body = self.body(operation, spoil=False) if "requestBody" in operation else (None, None)
            if "roles" not in access:
                continue
            for role in sorted(set(self.everybody) - set(access["roles"])):  # each draws from the seed
                answer = self.send(path, method, operation, body, media, self.everybody[role])
                self.assert_problem(answer, 403, "forbidden")
            if access.get("admin-socket"):
                continue
            # Many failures from one address are told so.
            self.assertIn(self.send(path, method, operation, body, media).json["code"], ("unauthorized", "abnormal_usage_detected"))
            if access.get("all-accounts"):
                self.assert_problem(self.send(path, method, operation, body, media, self.tokens["auditor"]), 403, "forbidden")

    def test_another_method_is_405_with_what_is_allowed(self):
        for path, _, operations in self.contract.paths:
            operation = next(iter(operations.values()))
            for method in sorted({"POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - set(operations)):
                answer = self.client.request(method, self.target(path, operation, self.maker, random_query=False))
                problem = self.assert_problem(answer, 405, "method_not_allowed")
                self.assertIn("This path answers", problem["detail"])

    def tearDown(self):
        self.assertNotIn("internal", self.server.log().lower(), self.seed)
        self.assert_clean()


class Held(unittest.TestCase):
    """That the document is held against answers is worth nothing if a wrong one passes."""

    def setUp(self):
        self.contract = contract.Contract(DOCUMENT)
        self.head = {"content-type": "application/json", "x-request-id": "1"}

    def faults(self, status=200, body=b"{}", headers=None, method="GET", target="/v1/keys", sent=None, posted=None):
        return self.contract.faults(method, target, sent or {}, posted, Answer(status, headers or self.head, body))

    def assert_fault(self, part, **exchange):
        self.assertIn(part, "; ".join(self.faults(**exchange)))

    def test_answers(self):
        good = json.dumps({"origin": "o", "keys": [{"vkey": "o+00112233+AQ", "algorithm": "ed25519", "use": "checkpoint"}]}).encode()
        self.assertEqual(self.faults(body=good), [])
        self.assert_fault("'origin' is a required property")
        self.assert_fault("'more' was unexpected", body=good[:-1] + b',"more":1}')
        self.assert_fault("status 418 is not among the answers of getKeys", status=418)
        self.assert_fault("text/plain is not among the media types", headers={**self.head, "content-type": "text/plain"}, body=good)
        self.assert_fault("header x-more is not documented", headers={**self.head, "x-more": "1"}, body=good)
        self.assert_fault("no header x-request-id", headers={"content-type": "application/json"}, body=good)
        self.assert_fault("unreadable application/json", body=b"{")
        self.assert_fault("document the route", target="/v1/nowhere")
        self.assertEqual(self.faults(body=b"", method="HEAD"), [])

    def test_problems(self):
        head = {**self.head, "content-type": "application/problem+json"}
        body = {"type": "/problems/not_found", "title": "Not found", "status": 404, "code": "not_found"}
        self.assertEqual(self.faults(404, json.dumps(body).encode(), head, target="/nowhere"), [])
        self.assert_fault("not one of", status=404, headers=head, target="/nowhere", body=json.dumps({**body, "code": "gone"}).encode())
        self.assert_fault("not_found where method_not_allowed belongs", status=404, headers=head, method="POST", body=json.dumps(body).encode())
        self.assert_fault("where a problem belongs", status=404, target="/nowhere")
        wrong = json.dumps({**body, "type": "/problems/busy"}).encode()
        self.assert_fault("at /type", status=404, headers=head, target="/problems/x", body=wrong)

    def test_requests_that_were_accepted(self):
        result = {"status": "recorded", "seq": 1, "findings": []}
        posted = {"kind": "contact.added", "phone": "+15550100", "data": {"origin": "manual"}}
        sent = {"Content-Type": "application/json"}
        exchange = {"status": 201, "body": json.dumps(result).encode(), "method": "POST", "target": CHANGES, "sent": sent}
        self.assertEqual(self.faults(**exchange, posted=json.dumps(posted).encode()), [])
        self.assert_fault("'color' was unexpected", **exchange, posted=json.dumps({**posted, "color": 1}).encode())
        self.assert_fault("'data' is a required", **exchange, posted=json.dumps({"kind": "contact.added", "phone": "+15550100"}).encode())
        self.assert_fault("kind 'x' is not one of", **exchange, posted=b'{"kind":"x"}')
        self.assert_fault("query parameter z", **{**exchange, "target": CHANGES + "?z=1"}, posted=json.dumps(posted).encode())
        refused = {"checkpoint": "o\n1\nAA==\n\n\u2014 o AA\n", "results": [result, {"status": "refused", "problem": {
            "type": "/problems/not_found", "title": "Not found", "status": 404, "code": "not_found"}}]}
        batch = {**exchange, "status": 200, "body": json.dumps(refused).encode()}
        self.assertEqual(self.faults(**batch, posted=json.dumps([posted, {"kind": "x"}]).encode()), [])
        self.assert_fault("kind 'x' is not one of", **batch, posted=json.dumps([{"kind": "x"}, posted]).encode())


if __name__ == "__main__":
    unittest.main()
