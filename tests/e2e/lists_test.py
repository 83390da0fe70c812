"""Lists, triggers, actors, the policy and all contacts: put, read, paged, over HTTP."""
import re
import unittest

from harness import CHANGES, INBOUND, LedgerTest, change, number

ACCOUNT = "/v1/accounts/acme"
TEXTING = "86fc91c9602f0863cd18a18e3ea3784befcb5c5dbcf4e993c5eb74f8ff3b1945"  # the digest in docs/policy-packs.md


def put(client, path, body, **more):
    return client.request("PUT", ACCOUNT + path, body=body, **more)


def pages(client, path):
    """All rows of all pages."""
    rows = []
    while path:
        answer = client.get(path)
        assert answer.status == 200, answer.body
        rows += answer.json["data"]
        link = re.match(r"<(.*)>; rel=\"next\"", answer.headers.get("link", ""))
        assert bool(link) == answer.json["has_more"]
        path = link.group(1) if link else None
    return rows


class ListsTest(LedgerTest):
    def record(self, body):
        answer = self.writer.post(CHANGES, body)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json

    def test_a_setting_is_recorded_once_and_again_when_another_stood_between(self):
        one = {"name": "Autumn sale", "purpose": "marketing", "level_required": "promotional"}
        first = put(self.admin, "/lists/autumn", one)
        self.assertEqual(first.status, 201, first.body)
        self.assertIn("receipt", first.json)
        self.assertNotIn(b"Autumn sale", first.json["receipt"]["entry"].encode())
        again = put(self.admin, "/lists/autumn", one)
        self.assertEqual((again.status, again.json["status"], again.json["seq"]), (200, "replayed", first.json["seq"]))
        other = put(self.admin, "/lists/autumn", {**one, "purpose": "service"})
        self.assertEqual(other.status, 201)
        back = put(self.admin, "/lists/autumn", one)
        self.assertEqual(back.status, 201)
        self.assertGreater(back.json["seq"], other.json["seq"])
        rows = [row for row in pages(self.auditor, ACCOUNT + "/lists?limit=1") if row["list"] == "autumn"]
        self.assertEqual(rows, [{"list": "autumn", "defined": True, "seq": back.json["seq"], "purpose": "marketing",
                                 "level_required": "promotional"}])

    def test_an_idempotency_key_is_kept(self):
        headers = {"Idempotency-Key": "list-key-1"}
        first = put(self.admin, "/lists/keyed", {"purpose": "service"}, headers=headers)
        self.assertEqual(first.status, 201)
        clash = put(self.admin, "/lists/keyed", {"purpose": "marketing"}, headers=headers)
        self.assert_problem(clash, 422, "idempotency_conflict")

    def test_the_other_settings(self):
        self.assertEqual(put(self.admin, "/actors/agent-9", {"name": "Nora"}).status, 201)
        trigger = {"words": ["leave news"], "match": "exact", "class": "optout", "list": "news", "reply": "You are off the list."}
        self.assertEqual(put(self.admin, "/triggers/news-out", trigger).status, 201)
        self.assertEqual(put(self.admin, "/triggers/news-out", trigger).status, 200)
        policy = {"pack": "texting", "rules": 1, "digest": TEXTING}
        first = put(self.admin, "/policy", policy)
        self.assertEqual(first.status, 201, first.body)
        self.assertEqual(put(self.admin, "/policy", policy).json["seq"], first.json["seq"])
        self.record(change("contact.added", number(1), "t1", data={"origin": "manual"}))
        message = {"from": number(1), "to": "+15550199999", "body": "Leave news", "message_id": "m1"}
        answer = self.writer.post(INBOUND, message)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(answer.json["class"], "optout")
        self.assertEqual(answer.json["reply"]["text"], "You are off the list.")

    def test_what_is_wrong_with_a_setting_is_said_and_nothing_recorded(self):
        size = self.server.size()
        bad = [("/lists/x", {"purpose": 1}, "/purpose"), ("/lists/x", {"list": "x"}, "/list"), ("/lists/x", {"color": "red"}, "/color"),
               ("/lists/a%20b", {}, ""), ("/lists/" + "x" * 129, {}, ""), ("/triggers/t", {"match": "exact", "class": "help"}, "/words"),
               ("/policy", {"pack": "nobody-has-this", "rules": 1, "digest": "ab" * 32}, "/pack"), ("/actors/a", [], "")]
        for path, body, pointer in bad:
            with self.subTest(path=path, body=body):
                problem = self.assert_problem(put(self.admin, path, body), 422, "invalid")
                self.assertEqual(problem["errors"][0]["pointer"], pointer)
        self.assert_problem(put(self.admin, "/lists/x", b"{"), 400, "malformed")
        self.assert_problem(put(self.writer, "/lists/x", {}), 403, "forbidden")
        self.assert_problem(put(self.auditor, "/policy", {}), 403, "forbidden")
        self.assert_problem(self.admin.request("PUT", "/v1/accounts/other/lists/x", body={}), 403, "forbidden")
        self.assert_problem(self.admin.request("PUT", ACCOUNT + "/lists", body={}), 405, "method_not_allowed")
        self.assertEqual(self.server.size(), size)

    def test_contacts_and_members_page_by_page(self):
        for index in range(20, 45):
            self.record(change("contact.added", number(index), f"a{index}", data={"origin": "manual"}))
            self.record(change("list.added", number(index), f"l{index}", data={"list": "winter"}))
        self.record(change("contact.blocked", number(21), "b21"))
        self.record(change("list.removed", number(22), "r22", data={"list": "winter"}))
        members = pages(self.auditor, ACCOUNT + "/lists/winter/contacts?limit=7")
        self.assertEqual(len(members), 24)
        self.assertEqual(len({row["contact"] for row in members}), 24)
        self.assertTrue(all(row["membership"]["seq"] > 0 and "added_at" in row["membership"] for row in members))
        everybody = pages(self.auditor, ACCOUNT + "/contacts?limit=6")
        self.assertLessEqual({row["contact"] for row in members}, {row["contact"] for row in everybody})
        self.assertEqual(len({row["contact"] for row in everybody}), len(everybody))
        blocked = pages(self.auditor, ACCOUNT + "/contacts?status=blocked&limit=1")
        self.assertEqual([(row["blocked"], row["opted_in"]) for row in blocked], [(True, False)])
        outside = [row for row in everybody if not row["opted_in"]]
        self.assertEqual(pages(self.auditor, ACCOUNT + "/contacts?status=opted_out"), outside)
        listed = {row["list"]: row["defined"] for row in pages(self.auditor, ACCOUNT + "/lists")}
        self.assertIs(listed["winter"], False)  # nobody defined it, but contacts stand on it

    def test_bad_questions(self):
        for query in ("contacts?status=out", "contacts?limit=0", "contacts?cursor=abc", "lists?page=2", "lists?cursor=abc"):
            with self.subTest(query=query):
                self.assert_problem(self.auditor.get(f"{ACCOUNT}/{query}"), 422, "invalid")
        self.assert_problem(self.auditor.get(ACCOUNT + "/lists/never/contacts"), 404, "not_found")
        self.assert_problem(self.writer.get(ACCOUNT + "/contacts"), 403, "forbidden")
        cursor = self.auditor.get(ACCOUNT + "/contacts?limit=1").json.get("next_cursor")
        if cursor:
            self.assert_problem(self.auditor.get(f"{ACCOUNT}/contacts?limit=1&status=blocked&cursor={cursor}"), 422, "invalid")

    def test_a_restart_and_a_lost_state_change_no_answer(self):
        paths = [ACCOUNT + "/lists", ACCOUNT + "/contacts?limit=1000", ACCOUNT + "/obligations?status=all"]
        self.record(change("contact.added", number(60), "z60", data={"origin": "manual"}))
        self.record(change("list.added", number(60), "z61", data={"list": "spring"}))
        now = [self.auditor.get(path).json["data"] for path in paths + [ACCOUNT + "/lists/spring/contacts"]]
        for lost in (False, True):
            self.assertEqual(self.server.stop(), 0)
            if lost:
                for file in self.server.data.glob("state.db*"):
                    file.unlink()
            self.server.start()
            for client in (self.writer, self.auditor, self.admin):
                client.close()
                client.port = self.server.port
            then = [self.auditor.get(path).json["data"] for path in paths + [ACCOUNT + "/lists/spring/contacts"]]
            for before, after in zip(now, then):
                self.assertEqual([self.without_age(row) for row in before], [self.without_age(row) for row in after])

    @staticmethod
    def without_age(row):
        return {key: value for key, value in row.items() if key != "age_seconds"}


if __name__ == "__main__":
    unittest.main()
