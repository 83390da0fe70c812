"""The verifier's reports for CI: each checked against the rules of its format, with findings, tampering and names that try to break out."""
import json
import pathlib
import re
import shutil
import tempfile
import unittest
import xml.etree.ElementTree

from harness import CHANGES, INBOUND, LEDGER, VERIFY, LedgerTest, change, number, run

HOSTILE = "x]]>,::error file=a::b%0A<&'\"[y](z){0}"


def sarif_rules(log):
    """What SARIF 2.1.0 requires of the members that are there, and what GitHub code scanning asks beyond it; returns the one run."""
    assert set(log) == {"$schema", "version", "runs"}, log.keys()
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run_,) = log["runs"]
    driver = run_["tool"]["driver"]
    assert driver["name"] and re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert text["text"].strip() and len(text["text"]) <= 4200
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        assert 0.0 < float(rule["properties"]["security-severity"]) <= 10.0
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
    assert re.fullmatch(r".+/", run_["automationDetails"]["id"])
    assert run_["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    (invocation,) = run_["invocations"]
    assert isinstance(invocation["executionSuccessful"], bool) and isinstance(invocation["exitCode"], int)
    for notice in invocation["toolExecutionNotifications"]:
        assert notice["message"]["text"] and notice["level"] in ("none", "note", "warning", "error")
    assert len(run_["results"]) <= 5000
    for result in run_["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert not re.search(r"[\[\]{}<>\x00-\x1f]", result["message"]["text"]), result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) and not uri.startswith("/") and ".." not in uri.split("/")
        region = physical["region"]
        assert region["startLine"] >= 1 and region["endLine"] == region["startLine"] and 1 <= region["startColumn"] < region["endColumn"]
        assert re.fullmatch(r"[0-9a-f]{32}", result["partialFingerprints"]["primaryLocationLineHash"])
        assert result.get("baselineState", "new") in ("new", "unchanged", "updated", "absent")
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] in ("inSource", "external")
    return run_


def junit_rules(text):
    """What Jenkins' junit-10.xsd and GitLab ask for; returns the suite."""
    root = xml.etree.ElementTree.fromstring(text)
    assert root.tag == "testsuites" and len(root) == 1
    suite = root[0]
    assert suite.tag == "testsuite" and suite.get("name")
    cases = suite.findall("testcase")
    counts = {"tests": len(cases), "failures": len(suite.findall("testcase/failure")), "errors": len(suite.findall("testcase/error"))}
    for element in (root, suite):
        for name, value in counts.items():
            assert element.get(name) == str(value), (name, element.attrib)
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    assert [child.tag for child in suite] == ["properties"] + ["testcase"] * len(cases) + ["system-out"]
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert all(all(name) for name in names) and len(names) == len(set(names))
    for case in cases:
        assert {child.tag for child in case} <= {"failure", "error", "skipped", "system-out"}
        for outcome in case.findall("failure") + case.findall("error"):
            assert outcome.get("message") and outcome.get("type") and outcome.text.strip()
    return suite


def github_rules(text):
    """Every line is one workflow command of the runner; returns (command, properties, message) as the runner decodes them."""
    def decoded(value):
        return value.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    commands = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*?)::(.*)", line)
        assert match, line
        properties = dict(pair.split("=", 1) for pair in match.group(2).split(","))
        assert set(properties) <= {"file", "line", "title"}, properties
        assert int(properties.get("line", "1")) >= 1
        commands.append((match.group(1), {name: decoded(value) for name, value in properties.items()}, decoded(match.group(3))))
    return commands


class FormatsTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        post = cls.writer.post
        for i in range(1, 4):  # opted in on nothing: CL-001, critical
            assert post(CHANGES, change("contact.added", number(i), f"f-{i}-a", data={"origin": "manual"})).status == 201
            assert post(INBOUND, {"from": number(i), "to": "+15550199999", "body": "STOP", "message_id": f"f-{i}-m"}).status == 201
            answer = post(CHANGES, change("opt_in.agent", number(i), f"f-{i}-b"))
            assert "CL-001" in [finding["id"] for finding in answer.json["findings"]], answer.body
        cls.one_seq = answer.json["seq"]
        batch = [change("contact.added", number(100 + i), f"f-b-{i}", data={"origin": "import"}) for i in range(50)]
        assert post(CHANGES, batch).status == 200
        cls.server.stop()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="consent-ledger-formats-"))
        cls.export = cls.folder / "ledger.ndjson"
        run(LEDGER, "export", "--data", cls.server.data, "--format", "ndjson", "--output", cls.export)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)
        cls.server.remove()

    def check(self, path, *arguments, code):
        result = run(VERIFY, path, *arguments, check=False)
        self.assertEqual(result.returncode, code, result.stdout[-2000:] + result.stderr)
        return result.stdout.decode("ascii" if "--format" in arguments and "text" not in arguments else "utf-8")

    def doctored(self, name="doctored.ndjson"):
        path = self.folder / name
        path.write_bytes(self.export.read_bytes().replace(b'"origin":"import"', b'"origin":"manual"', 1))
        return path

    def test_sarif(self):
        run_ = sarif_rules(json.loads(self.check(self.export, "--format", "sarif", code=4)))
        critical = [result for result in run_["results"] if result["ruleId"] == "CL-001" and result["level"] == "error"]
        self.assertEqual(len(critical), 3)
        last = max(critical, key=lambda result: result["locations"][0]["physicalLocation"]["region"]["startLine"])
        physical = last["locations"][0]["physicalLocation"]
        self.assertEqual((physical["artifactLocation"]["uri"], physical["region"]["startLine"]), ("ledger.ndjson", self.one_seq + 1))
        # The line it points at is the entry.
        line = self.export.read_text().splitlines()[self.one_seq]
        self.assertEqual((json.loads(line)["seq"], json.loads(line)["kind"]), (self.one_seq, "opt_in.agent"))
        self.assertTrue(run_["invocations"][0]["executionSuccessful"])
        self.assertEqual(run_["invocations"][0]["exitCode"], 4)
        self.assertNotIn("baselineState", critical[0])

    def test_sarif_of_tampering_and_of_nothing_readable(self):
        run_ = sarif_rules(json.loads(self.check(self.doctored(), "--format", "sarif", code=1)))
        self.assertTrue([result for result in run_["results"] if result["ruleId"].startswith("INT-")])
        run_ = sarif_rules(json.loads(self.check(self.folder / "nothing.ndjson", "--format", "sarif", code=3)))
        self.assertFalse(run_["invocations"][0]["executionSuccessful"])
        self.assertEqual(len(run_["results"]), 1)

    def test_fingerprints_stay_and_tell_apart(self):
        def prints():
            run_ = sarif_rules(json.loads(self.check(self.export, "--format", "sarif", code=4)))
            return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run_["results"]]
        first = prints()
        self.assertEqual(first, prints())
        self.assertEqual(len(first), len(set(first)))

    def test_junit(self):
        suite = junit_rules(self.check(self.export, "--format", "junit", code=4))
        failed = {case.get("name").split()[0]: case.find("failure") for case in suite.findall("testcase") if case.find("failure") is not None}
        self.assertIn("CL-001", failed)
        self.assertTrue(failed["CL-001"].get("message").startswith("3 cases, first: "))
        self.assertFalse([name for name in failed if name.startswith("INT-")])
        self.assertEqual(suite.get("errors"), "0")
        # What is below --fail-on is told, and fails nothing.
        quiet = junit_rules(self.check(self.export, "--format", "junit", "--fail-on", "never", code=0))
        self.assertEqual(quiet.get("failures"), "0")
        self.assertTrue(quiet.findall("testcase/system-out"))

    def test_junit_of_tampering_and_of_nothing_readable(self):
        suite = junit_rules(self.check(self.doctored(), "--format", "junit", code=1))
        self.assertTrue([case for case in suite.findall("testcase") if case.get("name").startswith("INT-") and case.find("failure") is not None])
        suite = junit_rules(self.check(self.folder / "nothing.ndjson", "--format", "junit", code=3))
        self.assertEqual(suite.get("errors"), "1")

    def test_github(self):
        commands = github_rules(self.check(self.export, "--format", "github", code=4))
        errors = [one for one in commands if one[0] == "error"]
        findings = json.loads(self.check(self.export, "--format", "json", code=4))["findings"]
        critical = sum(finding["severity"] == "critical" for finding in findings)
        self.assertEqual(len(errors), critical + 1)  # and the verdict at the end
        self.assertEqual(errors[-1], commands[-1])
        self.assertEqual(sum(one[1]["title"].startswith("CL-001 ") for one in errors), 3)
        self.assertEqual([one[0] for one in commands[:critical]], ["error"] * critical)
        clean = github_rules(self.check(self.export, "--format", "github", "--fail-on", "never", code=0))
        self.assertEqual([one for one in clean if one[0] == "error"], [])
        self.assertEqual(clean[-1][0], "notice")

    def test_names_cannot_break_out(self):
        path = self.doctored(HOSTILE.replace("/", "") + ".ndjson")
        sarif_rules(json.loads(self.check(path, "--format", "sarif", code=1)))
        junit_rules(self.check(path, "--format", "junit", code=1))
        for command, properties, _ in github_rules(self.check(path, "--format", "github", code=1)):
            self.assertIn(command, ("error", "warning", "notice"))
            self.assertNotEqual(properties.get("file"), "a")
        self.assertEqual(json.loads(self.check(path, "--format", "json", code=1))["schema_version"], 1)

    def test_a_baseline_keeps_what_is_known_from_failing_again(self):
        known = self.folder / "known.json"
        self.check(self.export, "--write-baseline", known, code=4)
        self.check(self.export, "--baseline", known, code=0)
        run_ = sarif_rules(json.loads(self.check(self.export, "--baseline", known, "--format", "sarif", code=0)))
        self.assertEqual({result["baselineState"] for result in run_["results"]}, {"unchanged"})
        self.assertEqual(junit_rules(self.check(self.export, "--baseline", known, "--format", "junit", code=0)).get("failures"), "0")
        # One that is left out is new, and fails.
        content = json.loads(known.read_text())
        self.assertGreaterEqual(len(content["findings"]), 3)
        report = json.loads(self.check(self.export, "--format", "json", code=4))
        one = next(finding["fingerprint"] for finding in report["findings"] if finding["id"] == "CL-001" and finding["severity"] == "critical")
        content["findings"].remove(one)
        known.write_text(json.dumps(content))
        self.check(self.export, "--baseline", known, code=4)

    def test_a_report_or_a_list_of_fingerprints_is_a_baseline_too(self):
        report = self.folder / "report.json"
        report.write_text(self.check(self.export, "--format", "json", code=4))
        self.check(self.export, "--baseline", report, code=0)
        lines = self.folder / "lines.txt"
        lines.write_text("# accepted on 1 May\n" + "\n".join(finding["fingerprint"] + "  # known" for finding in json.loads(report.read_text())["findings"]))
        self.check(self.export, "--baseline", lines, code=0)

    def test_a_baseline_hides_neither_tampering_nor_another_ledgers_findings(self):
        known = self.folder / "known2.json"
        self.check(self.export, "--write-baseline", known, code=4)
        self.check(self.doctored("doctored2.ndjson"), "--baseline", known, code=1)
        other = json.loads(known.read_text())
        other["origin"] = "other.example.com"
        other["findings"] = []
        foreign = self.folder / "foreign.json"
        foreign.write_text(json.dumps(other))
        self.check(self.export, "--baseline", foreign, "--fail-on", "medium", code=4)

    def test_a_baseline_that_cannot_be_read_is_no_pass(self):
        broken = self.folder / "broken.json"
        for content in ("{", "[]", '{"kind":"consent-verify baseline"}', "not a fingerprint\n", '{"schema_version":1}'):
            with self.subTest(content=content):
                broken.write_text(content)
                result = run(VERIFY, self.export, "--baseline", broken, check=False)
                self.assertIn(result.returncode, (2, 3), result.stdout)
        self.assertIn(run(VERIFY, self.export, "--baseline", self.folder / "missing.json", check=False).returncode, (2, 3))

    def test_a_waiver_is_told_as_one(self):
        self.server.start()
        try:
            waived = self.auditor.__class__(self.server.port, self.tokens["auditor"]).post(
                CHANGES, {"kind": "finding.waived", "source": {"record": "w-1"}, "actor": {"kind": "agent", "id": "counsel"},
                          "data": {"rule": "CL-001", "seq": self.one_seq, "until": "2099-01-01T00:00:00Z", "reason": "seen on paper"}})
            self.assertEqual(waived.status, 201, waived.body)
        finally:
            self.server.stop()
        run_ = sarif_rules(json.loads(self.check(self.server.data, "--format", "sarif", code=4)))
        suppressed = [result for result in run_["results"] if result.get("suppressions")]
        self.assertEqual([result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in suppressed], [self.one_seq + 1])
        suite = junit_rules(self.check(self.server.data, "--format", "junit", code=4))
        self.assertTrue(any("[waived until 2099-01-01" in (out.text or "") for out in suite.iter("system-out")))


if __name__ == "__main__":
    unittest.main()
