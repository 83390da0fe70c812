"""Runs one rule over a small tree made of a dict of files."""

import json
import pathlib
import tempfile
import unittest

from checks.tree import Tree

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


class RuleTest(unittest.TestCase):
    rule = None

    def policy(self):
        return json.loads((REPOSITORY / "scripts" / "policy.json").read_text(encoding="utf-8"))

    def run_rule(self, files, policy=None):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                target = pathlib.Path(folder) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
            return self.rule.check(Tree(folder), policy or self.policy())

    def assert_fires(self, files, *parts, policy=None):
        """One finding, whose line of text has each of the parts."""
        findings = self.run_rule(files, policy)
        self.assertEqual(len(findings), 1, [str(finding) for finding in findings])
        for part in parts:
            self.assertIn(part, str(findings[0]))

    def assert_silent(self, files, policy=None):
        self.assertEqual([str(finding) for finding in self.run_rule(files, policy)], [])
