"""What an operator sees: metrics, readiness, the request log."""
import json
import re
import subprocess
import time
import unittest

from harness import CHANGES, INBOUND, LEDGER, LedgerTest, Server, change, number


LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (-?[0-9.e+-]+)')
SUFFIXES = ("_bucket", "_sum", "_count")


def family_of(name, types):
    """The metric that a series belongs to: a histogram's has three sorts."""
    for suffix in SUFFIXES:
        if types.get(name.removesuffix(suffix)) == "histogram" and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def check_histogram(name, rows):
    """Buckets are cumulated and rise to +Inf, which is the count."""
    series = {}
    for sort, labels, value in rows:
        parts = dict(re.findall(r'([a-z]+)="([^"]*)"', labels))
        bound = parts.pop("le", None)
        found = series.setdefault(tuple(sorted(parts.items())), {"buckets": []})
        if sort == "_bucket":
            found["buckets"].append((float(bound), value))
        else:
            assert sort not in found, (name, labels)
            found[sort] = value
    for found in series.values():
        bounds, counts = zip(*found["buckets"])
        assert list(bounds) == sorted(set(bounds)) and bounds[-1] == float("inf"), (name, bounds)
        assert list(counts) == sorted(counts) and counts[-1] == found["_count"], (name, counts)
        assert found["_sum"] >= 0


def samples(text):
    """A page of metrics as {series: value}, by the rules of the text format 0.0.4: HELP and TYPE once and before the samples of their
    family, families in one piece, no series twice, counters named as such, histograms whole."""
    assert text.endswith("\n")
    found, types, helped, closed, histograms, current = {}, {}, set(), set(), {}, None
    for line in text.splitlines():
        if line.startswith("# "):
            what, name, rest = re.fullmatch(r"# (HELP|TYPE) ((?:consent_ledger|process)_[a-z_]+) (.+)", line).groups()
            if what == "HELP":
                assert name not in helped, line
                helped.add(name)
                closed.add(current)
                current = name
            else:
                assert name == current and name not in types and rest in ("counter", "gauge", "histogram"), line
                types[name] = rest
                assert (rest == "counter") == name.endswith("_total"), line
            continue
        match = LINE.fullmatch(line)
        assert match, line
        name, labels, value = match.group(1), match.group(2) or "", float(match.group(3))
        family = family_of(name, types)
        assert family == current and family not in closed and family in types, line
        series = line.rpartition(" ")[0]
        assert series not in found, line
        found[series] = value
        if types[family] == "histogram":
            histograms.setdefault(family, []).append((name.removeprefix(family), labels, value))
        assert types[family] != "counter" or value >= 0, line
    for name, rows in histograms.items():
        check_histogram(name, rows)
    return found


class MetricsTest(LedgerTest):
    def page(self):
        answer = self.server.client(self.tokens["all"]).get("/metrics")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertTrue(answer.headers["content-type"].startswith("text/plain; version=0.0.4"))
        return samples(answer.body.decode())

    def test_what_happened_is_counted(self):
        before = self.page()
        self.assertEqual(self.writer.post(CHANGES, change("contact.added", number(1), "op-1", data={"origin": "manual"})).status, 201)
        self.assertEqual(self.writer.post(CHANGES, change("contact.added", number(1), "op-1", data={"origin": "manual"})).status, 200)
        self.assertEqual(self.writer.post(CHANGES, {"kind": "nonsense"}).status, 422)
        self.assertEqual(self.auditor.get("/v1/nothing/" + number(1)[1:]).status, 404)
        after = self.page()

        def grown(series):
            return after.get("consent_ledger_" + series, 0) - before.get("consent_ledger_" + series, 0)
        self.assertEqual(grown('items_total{result="recorded"}'), 1)
        self.assertEqual(grown('items_total{result="replayed"}'), 1)
        self.assertEqual(grown("head_size"), 1)
        self.assertEqual(after["consent_ledger_head_sequence"], after["consent_ledger_head_size"] - 1)
        self.assertEqual(grown('appends_total{kind="contact.added",result="recorded"}'), 1)
        self.assertEqual(grown('appends_total{kind="contact.added",result="replayed"}'), 1)
        self.assertEqual(grown("idempotent_replays_total"), 1)
        self.assertEqual(grown("append_batch_records_sum"), 1)
        self.assertEqual(grown("append_duration_seconds_count"), 2)
        self.assertEqual(grown('http_problems_total{problem="invalid"}'), 1)
        self.assertEqual(grown('http_problems_total{problem="not_found"}'), 1)
        self.assertLess(abs(time.time() - after["consent_ledger_last_checkpoint_timestamp_seconds"]), 60)
        self.assertGreater(after["process_start_time_seconds"], time.time() - 600)
        self.assertLess(after["process_start_time_seconds"], time.time() + 5)
        self.assertGreater(after["process_resident_memory_bytes"], 1_000_000)
        self.assertGreaterEqual(after["process_max_fds"], after["process_open_fds"])
        self.assertGreater(after["process_cpu_seconds_total"], 0)
        self.assertGreaterEqual(after['consent_ledger_wal_size_bytes{db="ledger"}'], 0)
        route = 'route="/v1/accounts/{account}/changes"'
        for code in (201, 200, 422):
            self.assertEqual(grown(f'http_requests_total{{method="POST",{route},code="{code}"}}'), 1)
        self.assertEqual(grown('http_requests_total{method="GET",route="none",code="404"}'), 1)
        self.assertEqual(grown(f"http_request_duration_seconds_count{{{route}}}"), 3)
        self.assertEqual(grown(f'http_request_duration_seconds_bucket{{{route},le="+Inf"}}'), 3)
        self.assertGreater(grown(f"http_request_duration_seconds_sum{{{route}}}"), 0)
        self.assertGreater(after['consent_ledger_db_size_bytes{db="ledger"}'], 4096)
        self.assertGreater(after["consent_ledger_disk_free_bytes"], 0)
        self.assertEqual(after["consent_ledger_ready"], 1)
        buckets = [value for series, value in after.items() if f"_bucket{{{route}" in series]
        self.assertEqual(buckets, sorted(buckets))

    def test_every_name_of_the_list_is_there(self):
        self.assertEqual(self.auditor.get("/v1/accounts/acme/reports/findings?format=csv").status, 200)
        self.assertEqual(self.auditor.post("/v1/accounts/acme/exports", {"scope": {"kind": "account"}}).status, 201)
        page = self.page()
        self.assertEqual(page['consent_ledger_exports_total{format="csv",result="complete"}'], 1)
        self.assertEqual(page['consent_ledger_exports_total{format="bundle",result="complete"}'], 1)
        names = {series.partition("{")[0].removeprefix("consent_ledger_") for series in page}
        for name in ("build_info", "appends_total", "append_duration_seconds_count", "append_batch_records_count", "head_sequence",
                     "last_append_timestamp_seconds", "last_checkpoint_timestamp_seconds", "idempotent_replays_total", "http_requests_total",
                     "http_request_duration_seconds_count", "http_connections", "rejected_total", "db_size_bytes", "wal_size_bytes",
                     "disk_free_bytes", "exports_total", "chain_verifications_total", "chain_verify_last_success_timestamp_seconds",
                     "chain_verified_entries", "process_start_time_seconds"):
            self.assertIn(name, names)
        self.assertTrue([series for series in page if re.fullmatch(r'consent_ledger_build_info\{version="[0-9.]+",revision="[0-9A-Za-z._-]+"\}', series)])

    def test_the_log_is_verified_after_the_start(self):
        for _ in range(600):
            page = self.page()
            if page['consent_ledger_chain_verifications_total{result="verified"}'] > 0:
                break
            time.sleep(0.05)
        self.assertGreater(page['consent_ledger_chain_verifications_total{result="verified"}'], 0)
        self.assertEqual(page['consent_ledger_chain_verifications_total{result="broken"}'], 0)
        self.assertEqual(page['consent_ledger_chain_verifications_total{result="unread"}'], 0)
        self.assertLess(abs(time.time() - page["consent_ledger_chain_verify_last_success_timestamp_seconds"]), 600)
        self.assertGreater(page["consent_ledger_chain_verified_entries"], 0)

    def test_no_number_and_no_account_stands_in_it(self):
        self.writer.post(INBOUND, {"from": number(2), "to": "+15550199999", "body": "hello there", "message_id": "op-2"})
        self.auditor.get("/v1/accounts/acme/contacts?level=none")
        page = self.server.client(self.tokens["all"]).get("/metrics").body.decode()
        for text in (number(2)[1:], "15550199999", "acme", "hello there"):
            self.assertNotIn(text, page)

    def test_it_is_for_those_who_may_see_the_whole_ledger(self):
        self.assert_problem(self.server.client().get("/metrics"), 401, "unauthorized")
        self.assert_problem(self.auditor.get("/metrics"), 403, "forbidden")


class RequestLogTest(unittest.TestCase):
    def test_a_line_a_request_with_ids_and_nothing_personal(self):
        server = Server("ledger.example.com/log")
        self.addCleanup(server.remove)
        token = server.token("acme", "writer")
        server.start(options=["--log-format", "json", "--log-requests"])
        client = server.client(token)
        trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        body = json.dumps(change("contact.added", number(3), "op-3", data={"origin": "manual", "name": "Ada Quiet"})).encode()
        answer = client.request("POST", CHANGES, body=body, headers={"X-Request-Id": "mine-1", "traceparent": trace})
        self.assertEqual((answer.status, answer.headers["x-request-id"]), (201, "mine-1"))
        entry = json.loads(answer.json["receipt"]["entry"])
        self.assertEqual(entry["data"]["traceparent"], trace)
        other = "00-" + "1" * 32 + "-" + "2" * 16 + "-00"
        again = client.request("POST", CHANGES, body=body, headers={"traceparent": other})
        self.assertEqual((again.status, again.json["seq"]), (200, entry["seq"]))
        message = {"from": number(3), "to": "+15550199999", "body": "STOP", "message_id": "op-4"}
        stop = client.request("POST", INBOUND, body=message, headers={"traceparent": other})
        self.assertEqual(json.loads(stop.json["results"][0]["receipt"]["entry"])["data"]["traceparent"], other)
        self.assertEqual(server.verify("--fail-on", "never").returncode, 0)
        odd = client.request("GET", "/v1/accounts/acme/findings?cursor=" + number(3)[1:],
                             headers={"X-Request-Id": 'a"b', "traceparent": "00-" + "0" * 32 + "-00f067aa0ba902b7-01"})
        self.assertEqual(odd.status, 403)
        client.request("GET", "/v1/accounts/" + number(3)[1:] + "/findings")
        self.assertRegex(odd.headers["x-request-id"], r"^[0-9]+-[0-9]+$")
        self.assertEqual(server.stop(), 0)
        lines = [json.loads(line) for line in server.log().splitlines()]
        requests = [line for line in lines if line["message"] == "request" and line["route"].startswith("/v1")]
        requests, strange = requests[:-1], requests[-1]
        first, second = requests[0], requests[-1]
        self.assertEqual((strange["status"], strange["token"], "account" in strange), (403, token.split("_")[1], False))
        self.assertEqual({key: first[key] for key in ("request", "traceparent", "method", "route", "status", "token", "bytes_in")},
                         {"request": "mine-1", "traceparent": trace, "method": "POST", "route": "/v1/accounts/{account}/changes", "status": 201,
                          "token": token.split("_")[1], "bytes_in": len(body)})
        # Each of them says who asked and about which account, also where it was turned away.
        for line in requests:
            self.assertEqual({"request", "account", "token", "status", "microseconds", "bytes_in", "bytes_out", "method", "route"} - set(line), set(), line)
            self.assertEqual((line["account"], line["token"]), ("acme", token.split("_")[1]))
        self.assertGreater(first["microseconds"], 0)
        self.assertEqual(second["problem"], "forbidden")
        self.assertEqual((second["status"], second["request"]), (403, odd.headers["x-request-id"]))
        self.assertNotIn("traceparent", second)
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        for text in (number(3)[1:], "Ada", "Quiet", token):
            self.assertNotIn(text, server.log())
        self.assertIn("stopped", [line["message"] for line in lines])

    def test_without_it_requests_leave_no_line(self):
        server = Server("ledger.example.com/log2")
        self.addCleanup(server.remove)
        server.start()
        server.client().get("/checkpoint")
        self.assertNotIn("request", server.log())
        wrong = subprocess.run([str(LEDGER), "serve", "--data", str(server.data), "--log-format", "xml"], capture_output=True, check=False)
        self.assertEqual(wrong.returncode, 2)


if __name__ == "__main__":
    unittest.main()
