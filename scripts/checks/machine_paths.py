"""Nothing in the tree knows the machine it was written on, or where packages are downloaded from."""

import posixpath
import re

from checks.tree import Finding, line_of, matches

RULE = "paths"
_MACHINE = re.compile(r"(?:(?<![\w./~-])|(?<=-[IL]))/(?:work|root|home)/[\w.]")
_ADDRESS = re.compile(r"https?://[^\s\"']+")
_LOCK_FILE = re.compile(r"(?:.*[-.])?lock(?:\.\w+)?|npm-shrinkwrap\.json")


def check(tree, policy):
    exempt = policy["machine_paths"]["exempt"]
    findings = []
    for path in tree.files:
        if matches(path, exempt):
            continue
        text = tree.text(path)
        for match in _MACHINE.finditer(text):
            findings.append(Finding(path, line_of(text, match.start()), RULE, f"a path of one machine: {match.group()}…"))
        if _LOCK_FILE.fullmatch(posixpath.basename(path)):
            for match in _ADDRESS.finditer(text):
                findings.append(Finding(path, line_of(text, match.start()), RULE, "a lock file with a download address"))
                break
    return findings
