"""May these numbers be texted? Over HTTP, few and many, good and bad."""
import json
import unittest

from harness import CHANGES, INBOUND, LOOKUP, Checkpoint, LedgerTest, change, number

CHECK = "/v1/accounts/acme/check"
ONE = {"type": "one_to_one"}


class CheckTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender = cls.server.client(cls.tokens["sender"])

    @classmethod
    def tearDownClass(cls):
        cls.sender.close()
        super().tearDownClass()

    @classmethod
    def start_options(cls):
        return ("--log-format", "json", "--log-requests")

    def record(self, body):
        answer = self.writer.post(CHANGES, body)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json

    def check(self, numbers, message=None):
        answer = self.sender.post(CHECK, {"numbers": numbers, "message": message or ONE})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(len(answer.json["results"]), len(numbers))
        return answer.json

    def test_reasons_in_the_order_of_the_request(self):
        for index in (1, 2, 3):
            self.record(change("contact.added", number(index), f"a{index}", data={"origin": "manual"}))
        stop = self.writer.post(INBOUND, {"from": number(2), "to": "+15550199999", "body": "Stop.", "message_id": "s2"}).json
        blocked = self.record(change("contact.blocked", number(3), "b3"))
        asked = [number(3), number(90), number(1), number(2), "+1 (200) 555-01 01"]
        answer = self.check(asked)
        self.assertEqual([one["reason"] for one in answer["results"]], ["blocked", "unknown_number", "ok", "opted_out", "ok"])
        self.assertEqual([one["allowed"] for one in answer["results"]], [False, False, True, False, True])
        self.assertEqual(answer["results"][0]["seq"], blocked["seq"])
        self.assertEqual(answer["results"][3]["seq"], stop["results"][0]["seq"])
        self.assertRegex(answer["results"][3]["since"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertNotIn("seq", answer["results"][1])
        checkpoint = Checkpoint(answer["as_of"]["checkpoint"])
        self.assertEqual(checkpoint.size, answer["as_of"]["seq"] + 1)
        self.assertTrue(checkpoint.signed_by(self.vkey()))

    def test_the_one_confirmation_of_an_opt_out_is_allowed_and_no_campaign(self):
        self.writer.post(INBOUND, {"from": number(5), "to": "+15550199999", "body": "STOP", "message_id": "s5"})
        self.assertTrue(self.check([number(5)], {"type": "confirmation"})["results"][0]["allowed"])
        self.assertFalse(self.check([number(5)])["results"][0]["allowed"])
        self.assertFalse(self.check([number(5)], {"type": "campaign", "list": "promo"})["results"][0]["allowed"])

    def test_a_campaign_needs_membership_level_and_no_request_to_leave(self):
        self.admin.request("PUT", "/v1/accounts/acme/lists/promo", body={"purpose": "marketing", "level_required": "promotional"})
        self.admin.request("PUT", "/v1/accounts/acme/triggers/promo-out",
                           body={"words": ["leave promo"], "match": "exact", "class": "optout", "list": "promo"})
        campaign = {"type": "campaign", "list": "promo"}
        for index in (11, 12):
            self.record(change("contact.added", number(index), f"a{index}", data={"origin": "manual"}))
        self.assertEqual(self.check([number(11)], campaign)["results"][0]["reason"], "not_a_member")
        for index in (11, 12):
            self.record(change("list.added", number(index), f"l{index}", data={"list": "promo"}))
        self.assertEqual(self.check([number(11)], campaign)["results"][0]["reason"], "level_too_low")
        self.writer.post(INBOUND, {"from": number(12), "to": "+15550199999", "body": "leave promo", "message_id": "p12"})
        self.assertEqual(self.check([number(12)], campaign)["results"][0]["reason"], "list_optout_pending")
        self.assertEqual(self.check([number(12)])["results"][0]["reason"], "ok")

    def test_it_agrees_with_the_look_up(self):
        for index in range(30, 40):
            self.record(change("contact.added", number(index), f"g{index}", data={"origin": "manual"}))
            if index % 3 == 0:
                self.record(change("opt_out.agent", number(index), f"h{index}"))
        numbers = [number(index) for index in range(28, 42)]
        for phone, one in zip(numbers, self.check(numbers)["results"]):
            view = self.sender.post(LOOKUP, {"phone": phone}).json
            self.assertEqual(one["allowed"], view["known"] and view["state"]["opted_in"], phone)

    def test_a_hundred_thousand_numbers_and_not_one_more(self):
        self.record(change("contact.added", number(50), "a50", data={"origin": "manual"}))
        numbers = [f"+1{200 + index // 10_000}555{index % 10_000:04d}" for index in range(100_000)]
        numbers[77_777] = number(50)
        answer = self.check(numbers)
        self.assertEqual(answer["results"][77_777]["reason"], "ok")
        self.assertEqual(answer["results"][77_776]["reason"], "unknown_number")
        too_many = self.sender.post(CHECK, {"numbers": numbers + [number(1)], "message": ONE})
        self.assert_problem(too_many, 413, "too_large")

    def test_one_number_takes_the_server_less_than_a_millisecond(self):
        """As the request log tells it: from the end of the header to the end of the answer. Printed, never asserted: the machine is shared."""
        for index in range(60, 70):
            self.record(change("contact.added", number(index), f"t{index}", data={"origin": "manual"}))
        for turn in range(2_000):
            self.check([number(60 + turn % 10)])
        lines = [json.loads(text) for text in self.server.log().splitlines() if '"microseconds"' in text]
        taken = sorted(line["microseconds"] for line in lines if line.get("route", "").endswith("/check") and line["bytes_out"] < 2_000)
        self.assertGreaterEqual(len(taken), 2_000)
        print(f"one number: p50 {taken[len(taken) // 2] / 1000:.2f} ms, p99 {taken[len(taken) * 99 // 100] / 1000:.2f} ms, "
              f"longest {taken[-1] / 1000:.1f} ms, of {len(taken)}")

    def test_an_answer_that_has_not_changed_is_412_and_no_permission(self):
        self.record(change("contact.added", number(80), "e80", data={"origin": "manual"}))
        body = {"numbers": [number(80)], "message": ONE}
        first = self.sender.post(CHECK, body)
        self.assertRegex(first.headers["etag"], '^"[0-9a-f]{64}"$')
        tag = {"If-None-Match": first.headers["etag"]}
        same = self.sender.post(CHECK, body, headers=tag)
        self.assert_problem(same, 412, "precondition_failed")
        self.assertEqual(same.headers["etag"], first.headers["etag"])
        self.record(change("opt_out.agent", number(80), "e80-out"))
        after = self.sender.post(CHECK, body, headers=tag)
        self.assertEqual((after.status, after.json["results"][0]["allowed"]), (200, False))
        self.assertNotEqual(after.headers["etag"], first.headers["etag"])

    def test_the_log_has_tags(self):
        seq = self.record(change("contact.added", number(81), "e81", data={"origin": "manual"}))["seq"]
        for path in (f"/v1/entries/{seq}", "/checkpoint"):
            first = self.writer.get(path)
            same = self.writer.get(path, headers={"If-None-Match": '"x", ' + first.headers["etag"]})
            self.assertEqual((same.status, same.body, same.headers["etag"]), (304, b"", first.headers["etag"]))
        self.record(change("contact.edited", number(81), "e81-2", data={"fields": ["name"]}))
        self.assertEqual(self.writer.get("/checkpoint", headers={"If-None-Match": first.headers["etag"]}).status, 200)

    def test_a_bad_number_is_named_by_its_place_and_not_repeated(self):
        good = [number(index) for index in range(20)]
        for place, bad in ((17, "12005550101"), (0, "+1200555abcd"), (19, ""), (3, 12005550101), (5, None)):
            with self.subTest(bad=bad):
                numbers = list(good)
                numbers[place] = bad
                answer = self.sender.post(CHECK, {"numbers": numbers, "message": ONE})
                problem = self.assert_problem(answer, 422, "invalid")
                self.assertEqual([error["pointer"] for error in problem["errors"]], [f"/numbers/{place}"])
                self.assertNotIn(b"200555", answer.body)
        self.assertNotIn("200555", self.server.log())

    def test_bad_requests(self):
        bad = [({"numbers": []}, "/message"), ({"message": ONE}, "/numbers"), ({"numbers": "x", "message": ONE}, "/numbers"),
               ({"numbers": [], "message": {"type": "spam"}}, "/message/type"), ([], ""),
               ({"numbers": [], "message": {"type": "campaign", "list": ""}}, "/message/list"),
               ({"numbers": [], "message": ONE, "limit": 1}, "/limit")]
        for body, pointer in bad:
            with self.subTest(body=body):
                problem = self.assert_problem(self.sender.post(CHECK, body), 422, "invalid")
                self.assertEqual(problem["errors"][0]["pointer"], pointer)
        self.assert_problem(self.sender.post(CHECK, b"{"), 400, "malformed")
        self.assert_problem(self.sender.post("/v1/accounts/other/check", {"numbers": [], "message": ONE}), 403, "forbidden")
        self.assert_problem(self.sender.get(CHECK), 405, "method_not_allowed")
        self.assert_problem(self.server.client().post(CHECK, {"numbers": [], "message": ONE}), 401, "unauthorized")
        as_text = {"Content-Type": "text/plain"}
        self.assert_problem(self.sender.request("POST", CHECK, body=b"{}", headers=as_text), 415, "unsupported_media_type")
        too_large = {"Content-Type": "application/json", "Content-Length": str(9 << 20)}
        self.assert_problem(self.sender.request("POST", CHECK, headers=too_large), 413, "too_large")


if __name__ == "__main__":
    unittest.main()
