"""The queue of what must still be done: opened by an OPTOUT, assigned, closed by the removal that it asks for."""
import datetime
import re
import unittest

from harness import CHANGES, INBOUND, LedgerTest, change, number

ACCOUNT = "/v1/accounts/acme"
QUEUE = ACCOUNT + "/obligations"


class ObligationsTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        trigger = {"words": ["leave promo"], "match": "exact", "class": "optout", "list": "promo"}
        for path, body in (("/lists/promo", {}), ("/lists/vip", {}), ("/triggers/promo-out", trigger)):
            answer = cls.admin.request("PUT", ACCOUNT + path, body=body)
            assert answer.status == 201, answer.body

    def record(self, body):
        answer = self.writer.post(CHANGES, body)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json

    def leave(self, index, when=None):
        """Puts a contact on the list, lets it ask to be taken off; the seq of the duty and the contact's id."""
        self.record(change("contact.added", number(index), f"a{index}", data={"origin": "manual"}))
        self.record(change("list.added", number(index), f"l{index}", data={"list": "promo"},
                           **({"occurred_at": "2026-01-02T10:00:00Z"} if when else {})))
        message = {"from": number(index), "to": "+15550199999", "body": "leave promo", "message_id": f"m{index}"}
        if when:
            message["received_at"] = when
        answer = self.writer.post(INBOUND, message)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json["results"][0]["seq"], answer.json["results"][0]["contact"]

    def queue(self, query=""):
        rows, path = [], QUEUE + query
        while path:
            answer = self.writer.get(path)
            self.assertEqual(answer.status, 200, answer.body)
            rows += answer.json["data"]
            link = re.match(r"<(.*)>; rel=\"next\"", answer.headers.get("link", ""))
            path = link.group(1) if link else None
        return rows

    def one(self, seq, query=""):
        found = [row for row in self.queue(query) if row["seq"] == seq]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_the_life_of_a_duty(self):
        seq, contact = self.leave(1)
        row = self.one(seq)
        self.assertEqual((row["contact"], row["kind"], row["list"], row["status"], row["overdue"]),
                         (contact, "remove_from_list", "promo", "open", False))
        self.assertNotIn("assignee", row)
        self.assertLess(row["age_seconds"], 600)
        self.assertEqual(row["rule"], "CL-040")
        self.assertIn("64.1200", row["citation"])
        opened, due = (datetime.datetime.fromisoformat(row[name][:-1]) for name in ("opened_at", "due_at"))
        # Ten business days after the date where it is earliest, and as many more as there are holidays among them.
        first, last = ((time - datetime.timedelta(hours=12)).date() for time in (opened, due))
        days = [first + datetime.timedelta(days=count + 1) for count in range((last - first).days)]
        self.assertIn(sum(day.weekday() < 5 for day in days), (10, 11, 12))
        self.assertLess(last.weekday(), 5)

        self.record(change("obligation.assigned", number(1), "o1", data={"obligation": seq, "assignee": "agent-3"}))
        self.assertEqual(self.one(seq, "?assignee=agent-3")["assignee"], "agent-3")
        self.assertNotIn(seq, [one["seq"] for one in self.queue("?assignee=")])

        self.record(change("list.added", number(1), "v1", data={"list": "vip"}))
        self.record(change("list.removed", number(1), "w1", data={"list": "vip"}))
        self.assertEqual(self.one(seq)["status"], "open")  # the wrong list

        removed = self.record(change("list.removed", number(1), "x1", data={"list": "promo", "because": seq}))
        self.assertNotIn(seq, [one["seq"] for one in self.queue()])
        closed = self.one(seq, "?status=closed")
        self.assertEqual((closed["status"], closed["closed_by"], closed["overdue"]), ("closed", removed["seq"], False))
        self.assertEqual(self.one(seq, f"?status=all&contact={contact}")["closed_at"], closed["closed_at"])

    def test_what_is_late_is_overdue_and_comes_first(self):
        seq, _ = self.leave(2, "2026-01-05T15:00:00Z")
        row = self.one(seq)
        self.assertTrue(row["overdue"])
        self.assertEqual(row["due_at"], "2026-01-20T23:59:59.999Z")  # ten business days, 19 January is a holiday
        self.assertEqual(self.queue()[0]["seq"], seq)
        self.assertIn(seq, [one["seq"] for one in self.queue("?due_before=2026-01-21T00:00:00Z")])
        self.assertNotIn(seq, [one["seq"] for one in self.queue("?due_before=2026-01-20T00:00:00Z")])

    def test_reviews_are_in_it_and_pages_leave_nothing_out(self):
        expected = {self.leave(index)[0] for index in range(10, 18)}
        for index in (10, 11):
            self.record(change("review.opened", number(index), f"r{index}"))
        self.assertEqual(len(self.queue("?kind=review")), 2)
        for limit in (1, 3, 1000):
            rows = self.queue(f"?kind=remove_from_list&limit={limit}")
            seqs = [row["seq"] for row in rows]
            self.assertLessEqual(expected, set(seqs))
            self.assertEqual(len(seqs), len(set(seqs)))
            self.assertEqual([row["due_at"] for row in rows], sorted(row["due_at"] for row in rows))

    def test_bad_questions(self):
        for query in ("status=done", "kind=walk", "assignee=a%20b", "due_before=soon", "limit=0", "cursor=abc", "owner=me"):
            with self.subTest(query=query):
                self.assert_problem(self.writer.get(f"{QUEUE}?{query}"), 422, "invalid")
        self.assert_problem(self.writer.get(QUEUE + "?contact=12"), 404, "not_found")
        sender = self.server.client(self.tokens["sender"])
        self.assert_problem(sender.get(QUEUE), 403, "forbidden")
        sender.close()
        self.assert_problem(self.writer.get("/v1/accounts/other/obligations"), 403, "forbidden")


if __name__ == "__main__":
    unittest.main()
