"""Each answer that a client can bring about, at every operation that documents it. contract_coverage.py counts them over all suites."""
import json
import random
import unittest

from contract_test import Operations, contract
from generator import Maker
from harness import LedgerTest, number

HEALTH = "diagnosed with lupus, metformin 500 mg"


def documented(operation, status, code):
    content = operation["responses"].get(str(status), {}).get("content", {})
    schema = content.get("application/problem+json", {}).get("schema", {})
    return code in schema.get("discriminator", {}).get("chosen", {}) or schema.get("properties", {}).get("code", {}).get("const") == code


class Answers(Operations):
    def setUp(self):
        self.maker = Maker(random.Random(1))

    def those(self, status, code):
        return [(path, method, operation) for path, method, operation in self.operations() if documented(operation, status, code)]

    def example(self, operation):
        """A body that the operation takes, with its type; None where it takes none."""
        for media, body in operation.get("requestBody", {}).get("content", {}).items():
            value = body["example"] if "example" in body else next(iter(body["examples"].values()))["value"]
            return media, (value if isinstance(value, str) else json.dumps(value)).encode()
        return None, None

    def ask(self, path, method, operation, client=None, headers=None, query="", body=None):
        media, example = self.example(operation)
        fields = {**({"Content-Type": media} if media else {}), **(headers or {})}
        target = self.target(path, operation, self.maker, random_query=False)
        target += ("&" if "?" in target else "?") + query if query else ""
        return (client or self.client).request(method, target, body=example if body is None else body, headers=fields)

    def test_1_without_a_token_and_then_too_often(self):
        for path, method, operation in self.those(401, "unauthorized"):
            self.assert_problem(self.ask(path, method, operation, client=self.anybody), 401, "unauthorized")
        for _ in range(60):
            self.anybody.get("/v1/whoami")
        for path, method, operation in self.those(429, "abnormal_usage_detected"):
            self.assert_problem(self.ask(path, method, operation, client=self.anybody), 429, "abnormal_usage_detected")

    def test_a_token_that_does_not_reach(self):
        elsewhere, sender = self.server.client(self.server.token("other", "admin")), self.server.client(self.tokens["sender"])
        for path, method, operation in self.those(403, "forbidden"):
            if not operation["x-access"].get("signature"):  # webhooks_test
                self.assert_problem(self.ask(path, method, operation, client=elsewhere if "{account}" in path else sender), 403, "forbidden")
        sender.close()
        elsewhere.close()

    def test_an_account_that_cannot_be(self):
        for path, method, operation in self.those(404, "not_found"):
            if "{account}" in path:
                self.assert_problem(self.ask(path.replace("{account}", "No-Account"), method, operation), 404, "not_found")

    def test_a_body_of_another_type(self):
        for path, method, operation in self.those(415, "unsupported_media_type"):
            client = self.anybody if "admin-socket" in operation["x-access"] else self.client
            answer = self.ask(path, method, operation, client=client, headers={"Content-Type": "application/xml"}, body=b"<x/>")
            if "admin-socket" in operation["x-access"]:
                self.assert_problem(answer, 403, "forbidden")  # over the socket: admin_test
            else:
                self.assert_problem(answer, 415, "unsupported_media_type")

    def test_what_is_not_known(self):
        for path, method, operation in self.those(422, "invalid"):
            if {"admin-socket", "signature"} & set(operation["x-access"]):
                continue
            media, body = self.example(operation)
            spoiled = None if body is None else b'{"color":1}\n' if "ndjson" in media or media != "application/json" else b'{"color":1}'
            answer = self.ask(path, method, operation, query="" if body else "color=1", body=spoiled)
            self.assert_problem(answer, 422, "invalid")

    def test_a_key_that_was_used(self):
        # Erased is whom no hold is on yet.
        for path, method, operation in sorted(self.those(422, "idempotency_conflict"), key=lambda one: one[2]["operationId"] != "postErase"):
            if not any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ())):
                continue
            key = {"Idempotency-Key": f"used-{operation['operationId']}"}
            contact, first = self.contacts[1], json.loads(self.example(operation)[1])
            at = path.replace("{contact}", contact)
            self.prepared(at, method, operation)
            taken = self.ask(at, method, operation, headers=key)
            self.assertLess(taken.status, 300, (operation["operationId"], taken.body))
            again = self.ask(at, method, operation, headers=key)
            self.assertEqual((again.status, again.json.get("seq")), (200, taken.json["seq"]), (operation["operationId"], again.body))
            if other := self.another(operation, first):
                self.assert_problem(self.ask(at, method, operation, headers=key, body=json.dumps(other).encode()), 422, "idempotency_conflict")
            else:  # its body says nothing; its path does
                other_path = at.replace("{matter}", "case-8")
                self.prepared(other_path, method, operation, matter="case-8")
                self.assert_problem(self.ask(other_path, method, operation, headers=key), 422, "idempotency_conflict")

    def prepared(self, path, _method, operation, matter="case-7"):
        """What is released was held."""
        if operation["operationId"].endswith("Release"):
            hold = self.target(path.partition("/{matter}")[0].partition(f"/{matter}/")[0], operation, self.maker, random_query=False)
            self.assertLess(self.client.post(hold, {"matter": matter}).status, 300)

    @staticmethod
    def another(operation, body):
        change = {"postChanges": {"channel": "voice"}, "postErase": {"request": "another"}, "putPolicy": {"overrides": {"revocation_days": 5}}}
        change = change.get(operation["operationId"], {"matter": "another"} if "matter" in body else {"name": "Another"})
        return None if operation["operationId"].endswith("Release") else {**body, **change}

    def test_health_information(self):
        for path, method, operation in self.those(422, "phi_suspected"):
            body = json.loads(self.example(operation)[1])
            if operation["operationId"] == "postChanges":
                body = {**body, "data": {"note": HEALTH}, "source": {"platform": "crm", "record": "phi"}}
            else:
                body = {**body, "name": HEALTH}
            self.assert_problem(self.ask(path, method, operation, body=json.dumps(body).encode()), 422, "phi_suspected")


class OverTheRate(LedgerTest):
    @classmethod
    def start_options(cls):
        return "--rate", "1", "--burst", "1"

    def test_every_operation_says_so(self):
        helper = Answers()
        helper.contract, helper.contacts, helper.maker = contract.Contract(json.loads(contract.DOCUMENT.read_text())), ["0" * 64] * 2, Maker(random.Random(1))
        client = self.server.client(self.server.token("*", "admin"))
        for path, method, operation in helper.those(429, "quota_exceeded"):
            body = None
            if operation["operationId"] == "postChanges":  # whose opt-outs are never refused
                body = json.dumps({"kind": "contact.added", "phone": number(1), "source": {"record": "r"}, "data": {"origin": "manual"}}).encode()
            answers = []
            while len(answers) < 20 and (not answers or answers[-1].status != 429):
                answers.append(helper.ask(path, method, operation, client=client, body=body))
            self.assert_problem(answers[-1], 429, "quota_exceeded")
            self.assertGreaterEqual(int(answers[-1].headers["retry-after"]), 1)
        client.close()


if __name__ == "__main__":
    unittest.main()
