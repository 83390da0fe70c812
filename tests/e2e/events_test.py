"""Changes as CloudEvents: one, a batch, and with the attributes as header fields; the event's source and id are its key."""
import json
import os
import threading
import unittest

from harness import CHANGES, LOOKUP, LedgerTest, Receipt, change, number

ONE = {"Content-Type": "application/cloudevents+json; charset=utf-8"}
BATCH = {"Content-Type": "application/cloudevents-batch+json"}
TYPE = "com.consent-ledger.change"


def event(data, event_id, **more):
    return {"specversion": "1.0", "id": event_id, "source": "https://crm.example.com/eu", "type": TYPE, "data": data, **more}


def item(phone, kind="contact.added", **more):
    return {"kind": kind, "phone": phone, **({"data": {"origin": "manual"}} if kind == "contact.added" else {}), **more}


class Events(LedgerTest):
    def post(self, body, headers=None):
        return self.writer.post(CHANGES, json.dumps(body).encode(), headers=headers or ONE)

    def test_an_event_is_recorded_once(self):
        posted = event(item(number(1)), "e-1", time="2026-11-20T10:00:00+01:00", correlationid="42", datacontenttype="application/json",
                       traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        first = self.post(posted)
        self.assertEqual((first.status, first.json["status"], first.json["correlation_id"]), (201, "recorded", "42"))
        entry = json.loads(first.json["receipt"]["entry"])
        self.assertEqual(entry["occurred_at"], "2026-11-20T09:00:00.000Z")
        self.assertTrue(Receipt(**first.json["receipt"]).holds())
        again = self.post(posted)
        self.assertEqual((again.status, again.headers["idempotency-replayed"], again.json["seq"]), (200, "true", first.json["seq"]))
        self.assert_problem(self.post(event(item(number(2)), "e-1")), 422, "idempotency_conflict")
        self.assertEqual(self.post(event(item(number(2), "opt_out.agent"), "e-1")).status, 201)

    def test_a_batch_is_answered_like_an_array(self):
        body = [event(item(number(10)), "b-1", correlationid=-1), event({"kind": "nothing"}, "b-2", correlationid=True),
                event(item(number(11)), "b-1"), {**event(item(number(12)), "b-4"), "type": "com.example.other"},
                event(item(number(13)), "b-5")]
        answer = self.post(body, BATCH)
        self.assertEqual(answer.status, 200, answer.body)
        results = answer.json["results"]
        self.assertEqual([one["index"] for one in results], [0, 1, 2, 3, 4])
        self.assertEqual([one["status"] for one in results], ["recorded", "refused", "refused", "refused", "recorded"])
        self.assertEqual([one.get("correlation_id") for one in results[:2]], ["-1", "true"])
        self.assertEqual(results[1]["problem"]["errors"][0]["pointer"], "/data/kind")
        self.assertEqual(results[2]["problem"]["code"], "idempotency_conflict")
        self.assertEqual(results[3]["problem"]["errors"][0]["pointer"], "/type")
        self.assertIn("checkpoint", answer.json)
        again = self.post(body, BATCH).json["results"]
        self.assertEqual([(again[i]["status"], again[i]["seq"]) for i in (0, 4)],
                         [("replayed", results[0]["seq"]), ("replayed", results[4]["seq"])])

    def test_attributes_as_header_fields(self):
        fields = {"Content-Type": "application/json", "ce-specversion": "1.0", "ce-id": "h-1", "ce-source": "https://crm.example.com/eu",
                  "ce-type": TYPE, "ce-time": "2026-11-20T10:00:00Z", "Ce-CorrelationId": "7"}
        first = self.post(item(number(20)), fields)
        self.assertEqual((first.status, first.json["correlation_id"]), (201, "7"))
        # The same event in another form is the same event.
        self.assertEqual(self.post(event(item(number(20)), "h-1", time="2026-11-20T10:00:00Z")).json["status"], "replayed")
        self.assert_problem(self.post(item(number(20)), {**fields, "ce-specversion": "0.3"}), 422, "invalid")
        self.assert_problem(self.post(item(number(20)), {**fields, "ce-source": ""}), 422, "invalid")

    def test_a_number_has_no_place_in_a_subject(self):
        problem = self.assert_problem(self.post(event(item(number(30)), "s-1", subject=number(30))), 422, "invalid")
        self.assertEqual(problem["errors"][0]["pointer"], "/subject")
        out = self.post(event(item(number(30), "opt_out.agent"), "s-2", subject=number(30)))
        self.assertEqual(out.status, 201)
        self.assertNotIn(number(30), out.json["receipt"]["entry"])

    def test_keys_quoted_and_bare_and_two_at_once(self):
        one = change("contact.added", number(40), None, data={"origin": "manual"})
        del one["source"]
        bare = self.post(one, {"Content-Type": "application/json", "Idempotency-Key": 'say "hi"'})
        quoted = self.post(one, {"Content-Type": "application/json", "Idempotency-Key": '"say \\"hi\\""'})
        self.assertEqual((bare.status, quoted.status, quoted.json["seq"]), (201, 200, bare.json["seq"]))
        self.assertEqual((bare.headers.get("idempotency-replayed"), quoted.headers.get("idempotency-replayed")), (None, "true"))
        self.assert_problem(self.post(one, {"Content-Type": "application/json", "Idempotency-Key": '"open'}), 400, "malformed")
        missing = self.post(one, {"Content-Type": "application/json"})
        self.assert_problem(missing, 400, "idempotency_required")
        self.assertIn('rel="describedby"', missing.headers["link"])
        for round_ in range(20):
            answers = []

            def work(key=f"race-{round_}"):
                client = self.server.client(self.tokens["writer"])
                answers.append(client.post(CHANGES, one, headers={"Idempotency-Key": key}))
                client.close()

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answer.status for answer in answers), [200, 200, 200, 201])
            self.assertEqual(len({answer.json["seq"] for answer in answers}), 1)
            self.assertEqual(sorted(str(answer.headers.get("idempotency-replayed")) for answer in answers), ["None"] + 3 * ["true"])

    def test_keys_outlive_the_projections(self):
        posted = event(item(number(50)), "long-1")
        keyed = {"Content-Type": "application/json", "Idempotency-Key": "long-2"}
        one = {"kind": "contact.added", "phone": number(51), "data": {"origin": "manual"}}
        seqs = (self.post(posted).json["seq"], self.post(one, keyed).json["seq"])
        self.server.kill()
        for name in os.listdir(self.server.data):
            if name.startswith("state.db"):
                os.remove(self.server.data / name)
        self.server.start()
        for client in (self.writer, self.auditor, self.admin):
            client.close()
            client.port = self.server.port
        again = (self.post(posted).json, self.post(one, keyed).json)
        self.assertEqual([(answer["status"], answer["seq"]) for answer in again], [("replayed", seq) for seq in seqs])
        self.assert_problem(self.post({**one, "phone": number(52)}, keyed), 422, "idempotency_conflict")

    def test_a_removal_from_a_list_is_never_lost(self):
        added = change("list.added", number(60), "l-1", data={"list": "promo"})
        removed = change("list.removed", number(60), "l-1", data={"list": "promo"})
        self.assertEqual(self.writer.post(CHANGES, added).status, 201)
        self.assertEqual(self.writer.post(CHANGES, removed).status, 201)
        self.assertEqual(self.writer.post(CHANGES, removed).json["status"], "replayed")
        self.assertEqual(self.writer.post(CHANGES, added).json["status"], "replayed")
        self.assertFalse(self.writer.post(LOOKUP, {"phone": number(60)}).json["state"]["lists"]["promo"]["member"])


if __name__ == "__main__":
    unittest.main()
