"""`consent-verify rules`: the page in docs/ is what the program says, and every rule of the domain is accounted for once."""
import json
import pathlib
import re
import subprocess
import unittest

from harness import VERIFY

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
# The ids of the domain's catalogue, CL-001 to CL-082; a few numbers were never given.
BLOCKS = [(1, 17), (20, 25), (30, 34), (40, 48), (50, 55), (60, 62), (70, 82)]


def run(*args):
    return subprocess.run([VERIFY, "rules", *args], capture_output=True, text=True, check=False)


class Rules(unittest.TestCase):
    def test_the_page_is_what_the_program_prints(self):
        done = run()
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual((DOCS / "rules.md").read_text(encoding="utf-8"), done.stdout,
                         "docs/rules.md is out of step: consent-verify rules > docs/rules.md")

    def test_every_rule_of_the_domain_is_somewhere(self):
        rules = json.loads(run("--format", "json").stdout)
        self.assertEqual(1, rules["schema_version"])
        known = {rule["id"] for part in ("ledger", "sends", "elsewhere") for rule in rules[part]}
        wanted = {f"CL-{number:03}" for first, last in BLOCKS for number in range(first, last + 1)}
        self.assertEqual(set(), wanted - known)
        self.assertEqual({"CL-056", "CL-900", "CL-901"}, known - wanted)
        for part in ("ledger", "sends"):
            ids = [rule["id"] for rule in rules[part]]
            self.assertEqual(len(ids), len(set(ids)))
        raised = {rule["id"] for part in ("ledger", "sends") for rule in rules[part]}
        self.assertEqual(set(), raised & {rule["id"] for rule in rules["elsewhere"]})

    def test_every_row_is_whole(self):
        for line in run().stdout.splitlines():
            if line.startswith("| CL-"):
                cells = re.split(r"(?<!\\)\|", line)[1:-1]
                self.assertIn(len(cells), (3, 6), line)
                self.assertTrue(all(cell.strip() for cell in cells), line)

    def test_a_wrong_format_is_a_usage_error(self):
        done = run("--format", "pdf")
        self.assertEqual(2, done.returncode)
        self.assertIn("markdown", done.stderr)


if __name__ == "__main__":
    unittest.main()
