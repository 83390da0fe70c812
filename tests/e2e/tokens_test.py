"""Tokens from their making to their end: expiry, rotation, revocation, last use, rates, and what is told of failures."""
import json
import re
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

from harness import CHANGES, INBOUND, LEDGER, LedgerTest, Server, change, number, run
from recorder import at_admin_socket


def token_id(token):
    return token.split("_")[1]


def act(server, *arguments, check=True):
    return run(LEDGER, "token", arguments[0], "--data", server.data, *arguments[1:], check=check)


def listed(server, *arguments):
    return {one["id"]: one for one in json.loads(act(server, "list", "--json", *arguments).stdout)}


def until_refused(client, path, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = client.get(path)
        if answer.status != 200:
            return answer
        time.sleep(0.1)
    raise AssertionError("still taken")


class LifeTest(unittest.TestCase):
    """One ledger through a token's life, with the entries verified at the end."""

    def setUp(self):
        self.server = Server("ledger.example.com/tokens")
        self.addCleanup(self.server.remove)
        self.admin = self.server.token("acme", "admin")
        self.operator = self.server.token("*", "admin")
        self.server.start()
        recorder = at_admin_socket(self.server)
        self.addCleanup(lambda: self.assertEqual([], recorder.stop()))

    def assert_refused(self, answer):
        self.assertEqual(answer.status, 401, answer.body)
        self.assertIn('error="invalid_token"', answer.headers["www-authenticate"])

    def test_a_token_lives_until_it_expires(self):
        token = act(self.server, "create", "--account", "acme", "--role", "auditor", "--expires", "8s").stdout.decode().strip()
        client = self.server.client(token)
        self.assertEqual(client.get(CHANGES).status, 200)
        self.assert_refused(until_refused(client, CHANGES))
        self.assertIn("expires_at", listed(self.server)[token_id(token)])
        when = (datetime.now(timezone(timedelta(hours=1))) + timedelta(days=1)).isoformat(timespec="seconds")
        kept = act(self.server, "create", "--account", "acme", "--role", "auditor", "--expires", when).stdout.decode().strip()
        self.assertEqual(self.server.client(kept).get(CHANGES).status, 200)
        for bad in ("yesterday", "2020-01-01T00:00:00Z", "0s", "-5d"):
            refused = act(self.server, "create", "--account", "acme", "--role", "auditor", f"--expires={bad}", check=False)
            self.assertEqual(refused.returncode, 2, bad)
            self.assertEqual(refused.stdout, b"")
        self.finish()

    def test_a_rotation_overlaps(self):
        old = self.server.token("acme", "auditor")
        new = act(self.server, "rotate", token_id(old), "--overlap", "8s").stdout.decode().strip()
        self.assertNotEqual(token_id(old), token_id(new))
        clients = self.server.client(old), self.server.client(new)
        self.assertEqual([client.get(CHANGES).status for client in clients], [200, 200])
        self.assert_refused(until_refused(clients[0], CHANGES))
        self.assertEqual(clients[1].get(CHANGES).status, 200)
        tokens = listed(self.server)
        self.assertEqual(tokens[token_id(new)]["role"], "auditor")
        self.assertNotIn("expires_at", tokens[token_id(new)])
        self.assertEqual(act(self.server, "rotate", token_id(old), check=False).returncode, 3)
        self.assertEqual(act(self.server, "rotate", token_id(new), "--overlap", "31d", check=False).returncode, 2)
        self.assertEqual(act(self.server, "rotate", token_id(new), "--overlap", "soon", check=False).returncode, 2)
        last = act(self.server, "rotate", token_id(new), "--overlap", "0s").stdout.decode().strip()
        self.assert_refused(clients[1].get(CHANGES))
        self.assertEqual(self.server.client(last).get(CHANGES).status, 200)
        self.finish()

    def test_a_revoked_token_is_cut_off_on_its_open_connection_and_for_good(self):
        token, other = self.server.token("acme", "auditor"), self.server.token("shop", "auditor")
        client, admin = self.server.client(token), self.server.client(self.admin)
        self.assertEqual(client.get(CHANGES).status, 200)
        connection = client.connection
        size = self.server.size()
        path = f"/v1/accounts/acme/tokens/{token_id(token)}/revoke"
        revoked = admin.post(path, {})
        self.assertEqual(revoked.status, 200, revoked.body)
        self.assert_refused(client.get(CHANGES))
        self.assertIs(client.connection, connection)  # the same connection, kept alive
        self.assertEqual(admin.post(path, {}).json, revoked.json)
        self.assertEqual(self.server.size(), size + 1)
        self.assertEqual(json.loads(act(self.server, "revoke", token_id(token)).stdout)["revoked_at"], revoked.json["revoked_at"])
        # An account's administrator reaches its account's tokens alone.
        for foreign in (other, self.operator, "cl_nobody_x"):
            self.assertEqual(admin.post(f"/v1/accounts/acme/tokens/{token_id(foreign)}/revoke", {}).status, 404)
        self.assertEqual(admin.post(f"/v1/tokens/{token_id(other)}/revoke", {}).status, 403)
        self.assertEqual(self.server.client(self.operator).post(f"/v1/tokens/{token_id(other)}/revoke", {}).status, 200)
        self.assert_refused(self.server.client(other).get("/v1/accounts/shop/changes"))
        self.assertEqual(act(self.server, "revoke", "nobody", check=False).returncode, 3)
        # In the dark, and without the projections.
        self.assertEqual(self.server.stop(), 0)
        last = self.server.token("acme", "auditor")
        act(self.server, "revoke", token_id(last))
        (self.server.data / "state.db").unlink()
        self.server.start()
        for gone in (token, last):
            self.assert_refused(self.server.client(gone).get(CHANGES))
        self.server.kill()
        self.server.start()
        self.assert_refused(self.server.client(token).get(CHANGES))
        self.finish()

    def test_a_feed_that_waits_ends_with_its_token(self):
        token = self.server.token("acme", "auditor")
        newest = self.server.client(token).get(CHANGES + "?limit=1").json["data"][0]["entry"]["account_seq"]
        answers = []

        def wait():
            answers.append(self.server.client(token).get(f"{CHANGES}?after={newest}&wait=25"))
        waiter = threading.Thread(target=wait)
        begun = time.monotonic()
        waiter.start()
        time.sleep(1)
        act(self.server, "revoke", token_id(token))
        waiter.join()
        self.assertLess(time.monotonic() - begun, 20)
        self.assert_refused(answers[0])
        self.finish()

    def test_last_use_and_the_list(self):
        token = self.server.token("acme", "auditor")
        self.assertNotIn("last_used_at", listed(self.server)[token_id(token)])
        size = self.server.size()
        self.assertEqual(self.server.client(token).get(CHANGES).status, 200)
        used = listed(self.server)[token_id(token)]["last_used_at"]
        age = datetime.now(timezone.utc) - datetime.fromisoformat(used.replace("Z", "+00:00"))
        self.assertTrue(timedelta(0) <= age < timedelta(minutes=2), used)
        self.assertEqual(self.server.size(), size)
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(listed(self.server)[token_id(token)]["last_used_at"], used)
        self.assertEqual(set(listed(self.server, "--account", "acme")), {token_id(token), token_id(self.admin)})
        table = act(self.server, "list").stdout.decode().splitlines()
        self.assertEqual(len(table), 4)
        self.assertRegex(table[0], r"^ID +ROLE +ACCOUNT +CREATED +EXPIRES +REVOKED +LAST USED")
        self.assertEqual({row.split()[0] for row in table[1:]}, {token_id(t) for t in (token, self.admin, self.operator)})
        page = self.server.client(self.operator).get("/v1/tokens?limit=2")
        self.assertEqual((page.status, len(page.json["data"]), page.json["has_more"]), (200, 2, True))
        rest = self.server.client(self.operator).get(re.match("<(.+)>", page.headers["link"]).group(1))
        self.assertEqual(len(rest.json["data"]), 1)
        self.assertEqual(self.server.client(self.admin).get("/v1/tokens").status, 403)
        for text in (page.body, rest.body, act(self.server, "list", "--json").stdout):
            self.assertNotIn(b"secret", text)
            self.assertNotIn(b"hash", text)
        self.finish()

    def finish(self):
        self.assertEqual(self.server.stop(), 0)
        report = self.server.verify()
        self.assertEqual(report.returncode, 0, report.stdout.decode())


class RateTest(LedgerTest):
    records_commands = True

    @classmethod
    def start_options(cls):
        return "--rate", "1", "--burst", "20", "--log-format", "json"

    def test_a_token_is_told_its_rate_and_an_opt_out_by_message_is_never_refused(self):
        client = self.server.client(self.server.token("acme", "writer"))
        first = client.post(CHANGES, change("contact.added", number(1), "rate-1", data={"origin": "manual"}))
        self.assertEqual((first.status, first.headers["ratelimit-policy"]), (201, '"default";q=20;w=20'))
        self.assertRegex(first.headers["ratelimit"], '^"default";r=(19;t=1|20;t=0)$')  # the later on a slow machine
        answers = [client.post(CHANGES, change("contact.edited", number(1), f"rate-e{i}", data={"fields": ["name"]})) for i in range(60)]
        refused = next(answer for answer in answers if answer.status == 429)
        self.assert_problem(refused, 429, "quota_exceeded")
        limit = re.fullmatch(r'"default";r=0;t=(\d+)', refused.headers["ratelimit"])
        self.assertGreaterEqual(int(refused.headers["retry-after"]), int(limit.group(1)))
        for i in range(10):
            stop = client.post(INBOUND, {"from": number(1), "to": "+15550199999", "body": "STOP", "message_id": f"rate-m{i}"})
            self.assertEqual(stop.status, 201, stop.body)
        out = client.post(CHANGES, change("opt_out.agent", number(2), "rate-out"))
        self.assertEqual(out.status, 201, out.body)
        lines = client.post(CHANGES, json.dumps(change("opt_out.agent", number(3), "rate-line")),
                            headers={"Content-Type": "application/x-ndjson"})
        self.assertEqual((lines.status, json.loads(lines.body.splitlines()[0])["status"]), (200, "recorded"))
        edit = change("contact.edited", number(1), "rate-last", data={"fields": ["name"]})
        last = client.post(CHANGES, edit)
        self.assertEqual(last.status, 429)
        lines = client.post(CHANGES, json.dumps(edit), headers={"Content-Type": "application/x-ndjson"})
        refused = json.loads(lines.body.splitlines()[0])
        self.assertEqual((refused["status"], refused["problem"]["code"]), ("refused", "quota_exceeded"))
        self.assertTrue(1 <= refused["problem"]["retry_after"] <= int(last.headers["retry-after"]) + 1, refused)  # lines have no header
        self.assertEqual(self.auditor.get("/v1/accounts/acme/findings").status, 200)  # others are not slowed
        time.sleep(int(last.headers["retry-after"]))
        self.assertEqual(client.post(CHANGES, edit).status, 201)

    def test_a_large_check_costs_more(self):
        token = self.server.token("acme", "sender")
        client = self.server.client(token)
        body = {"numbers": [number(i) for i in range(1_001)], "message": {"type": "one_to_one"}}
        limit = client.post("/v1/accounts/acme/check", body).headers["ratelimit"]
        left = int(re.fullmatch(r'"default";r=(\d+);t=\d+', limit).group(1))
        self.assertTrue(9 <= left <= 14, limit)  # 20 - 11, and what came back on a slow machine

    def test_failures_are_counted_and_told_of_without_address_or_secret(self):
        stranger = self.server.client()
        known = self.tokens["sender"]
        self.assert_problem(stranger.get(CHANGES, token=known), 403, "forbidden")
        wrong = self.server.token("acme", "sender")
        act(self.server, "revoke", token_id(wrong))
        statuses = [stranger.get(CHANGES, token=wrong).status for _ in range(3)]
        statuses += [stranger.get(CHANGES, token="cl_15550100123_" + "0" * 72).status for _ in range(65)]
        self.assertEqual(set(statuses), {401, 429})
        refused = stranger.get(CHANGES)
        self.assert_problem(refused, 429, "abnormal_usage_detected")
        self.assertGreater(int(refused.headers["retry-after"]), 0)
        self.assertEqual(self.auditor.get(CHANGES).status, 200)  # from the same address, with a good token
        metrics = self.server.client(self.tokens["all"]).get("/metrics").body.decode()
        self.assertRegex(metrics, r'consent_ledger_rejected_total\{reason="revoked"\} 3\n')
        self.assertRegex(metrics, r'consent_ledger_rejected_total\{reason="malformed"\} 65\n')
        self.server.stop()
        line = next(json.loads(line)["message"] for line in self.server.log().splitlines() if "rejected" in line)
        self.server.start(options=self.start_options())
        self.assertRegex(line, r"^rejected from=[0-9a-f]{16} missing=1 malformed=65 revoked=3 forbidden=1 tokens=")
        for secret in ("127.0.0.1", "15550100123", wrong[-60:], known[-60:]):
            self.assertNotIn(secret, line)


if __name__ == "__main__":
    unittest.main()
