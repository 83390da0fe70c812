"""Receipts, repetition, batches, tokens: what a platform relies on, checked by code that shares no line with the service."""
import json
import threading
import unittest

from harness import CHANGES, INBOUND, LOOKUP, LedgerTest, Receipt, change, leaf_hash, number


class ReceiptsTest(LedgerTest):
    def post(self, item, status=201, **options):
        answer = self.writer.post(CHANGES, item, **options)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def test_the_receipt_is_in_the_answer(self):
        result = self.post(change("contact.added", number(1), "r-1", data={"origin": "manual"}))
        receipt = Receipt(**result["receipt"])
        self.assertTrue(receipt.holds())
        self.assertEqual(result["leaf_hash"], leaf_hash(receipt.entry).hex())
        self.assertTrue(receipt.checkpoint.signed_by(self.vkey()))
        self.assertEqual(json.loads(receipt.entry)["state"], result["state"])

    def test_a_repetition_is_recognised_and_another_body_told_apart(self):
        item = change("opt_out.agent", number(2), "r-2")
        first = self.post(item)
        again = self.post(item, status=200)
        self.assertEqual((again["status"], again["seq"], again["receipt"]["entry"]),
                         ("replayed", first["seq"], first["receipt"]["entry"]))
        self.assertTrue(Receipt(**again["receipt"]).holds())
        other = self.writer.post(CHANGES, change("contact.edited", number(2), "r-2b", data={"fields": ["name"]}))
        self.assertEqual(other.status, 201)
        clash = self.writer.post(CHANGES, change("contact.edited", number(2), "r-2b", data={"fields": ["phone"]}))
        self.assert_problem(clash, 422, "idempotency_conflict")

    def test_an_idempotency_key_stands_in_for_a_record(self):
        item = {"kind": "contact.added", "phone": number(3), "actor": {"kind": "agent", "id": "agent-1"}, "data": {"origin": "manual"}}
        self.assert_problem(self.writer.post(CHANGES, item), 400, "idempotency_required")
        first = self.post(item, headers={"Idempotency-Key": '"key-3"'})
        again = self.post(item, status=200, headers={"Idempotency-Key": '"key-3"'})
        self.assertEqual(first["seq"], again["seq"])

    def test_no_repetition_can_hide_an_opt_out(self):
        self.post(change("contact.added", number(4), "r-4", data={"origin": "manual"}))
        clash = self.writer.post(CHANGES, change("opt_out.agent", number(4), "r-4"))
        self.assertEqual(clash.status, 201, clash.body)
        self.assertFalse(clash.json["state"]["opted_in"])

    def test_a_batch_keeps_places_and_says_what_became_of_each(self):
        items = [change("contact.added", number(10 + i), f"b-{i}", data={"origin": "manual"}, correlation_id=str(i)) for i in range(5)]
        items[2] = {"kind": "no.such.kind", "correlation_id": "2"}
        answer = self.post(items, status=200)
        self.assertEqual([one["status"] for one in answer["results"]], ["recorded", "recorded", "refused", "recorded", "recorded"])
        self.assertEqual([one["correlation_id"] for one in answer["results"]], list("01234"))
        self.assertEqual(answer["results"][2]["problem"]["status"], 422)
        for one in answer["results"]:
            if one["status"] == "recorded":
                self.assertTrue(Receipt(**one["receipt"]).holds())

    def test_lines_are_answered_by_lines(self):
        body = "".join(json.dumps(change("contact.added", number(30 + i), f"l-{i}", data={"origin": "import"})) + "\n" for i in range(150))
        answer = self.writer.post(CHANGES, body + "{broken\n", headers={"Content-Type": "application/x-ndjson"})
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(answer.lines), 152)
        self.assertEqual(answer.lines[150]["problem"]["code"], "malformed")
        self.assertIn("checkpoint", answer.lines[151])
        self.assertNotIn("receipt", answer.lines[0])  # brief above 100 items

    def test_contacts_of_different_accounts_are_strangers(self):
        answer = self.writer.post("/v1/accounts/other/changes", change("contact.added", number(50), "x", data={"origin": "manual"}))
        self.assert_problem(answer, 403, "forbidden")
        entry = self.post(change("contact.added", number(51), "r-51", data={"origin": "manual"}))
        self.assertEqual(self.writer.get(f"/v1/entries/{entry['seq']}").status, 200)
        self.assert_problem(self.writer.get("/v1/entries/0"), 404)  # the ledger's own

    def test_roles(self):
        sender = self.server.client(self.tokens["sender"])
        self.assert_problem(sender.post(CHANGES, change("opt_out.agent", number(60), "s-1")), 403)
        self.assertEqual(sender.post(LOOKUP, {"phone": number(60)}).status, 200)
        self.assert_problem(self.auditor.post(CHANGES, change("opt_out.agent", number(60), "s-2")), 403)
        self.assert_problem(self.writer.post(CHANGES, {"kind": "list.defined", "source": {"record": "s-3"}, "data": {"list": "a"}}), 403)
        self.assert_problem(self.writer.get("/v1/accounts/acme/findings"), 403)
        self.assert_problem(sender.get("/v1/accounts/acme/findings", token="cl_x_nonsense"), 401, "unauthorized")
        wrong = self.tokens["writer"][:-10] + "AAAA" + self.tokens["writer"][-6:]
        self.assert_problem(sender.post(LOOKUP, {"phone": number(60)}, token=wrong), 401)

    def test_a_message_acts_once(self):
        message = {"from": number(70), "to": number(99), "body": "hello", "message_id": "m-1", "received_at": "2026-11-20T10:00:00Z"}
        first = self.writer.post(INBOUND, message)
        self.assertEqual((first.status, first.json["class"], len(first.json["results"])), (201, "other", 1))
        stop = self.writer.post(INBOUND, {**message, "body": "STOP", "message_id": "m-2", "received_at": "2026-11-20T11:00:00Z"})
        self.assertFalse(stop.json["results"][0]["state"]["opted_in"])
        again = self.writer.post(INBOUND, message)
        self.assertEqual((again.status, again.json["results"][0]["status"]), (200, "replayed"))
        self.assertEqual((again.headers["idempotency-replayed"], stop.headers.get("idempotency-replayed")), ("true", None))
        self.assertFalse(self.writer.post(LOOKUP, {"phone": number(70)}).json["state"]["opted_in"])

    def test_a_short_code_is_counted_and_ignored(self):
        before = self.server.size()
        answer = self.writer.post(INBOUND, {"from": "74454", "to": number(99), "body": "STOP", "message_id": "m-9"})
        self.assertEqual((answer.status, answer.json["results"]), (202, []))
        self.assertEqual(self.server.size(), before)

    def test_many_writers_at_once_make_one_chain(self):
        seen, lock = {}, threading.Lock()

        def work(worker):
            client = self.server.client(self.tokens["writer"])
            for i in range(40):
                # Each record is posted by two workers: one of them gets a replay.
                item = change("contact.added", number(200 + i + 40 * (worker // 2)), f"c-{worker // 2}-{i}", data={"origin": "manual"})
                answer = client.post(CHANGES, item)
                with lock:
                    seen.setdefault(item["source"]["record"], []).append((answer.json["status"], answer.json["seq"], answer.json["receipt"]))
            client.close()

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(seen), 160)
        for answers in seen.values():
            self.assertEqual(sorted(status for status, _, _ in answers), ["recorded", "replayed"])
            self.assertEqual(len({seq for _, seq, _ in answers}), 1)
            self.assertTrue(all(Receipt(**receipt).holds() for _, _, receipt in answers))
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
