"""No promise of later work in the tree: what is not finished is not there."""

import re

from checks.tree import Finding, line_of, matches

RULE = "words"


def check(tree, policy):
    forbidden = [re.compile(word) for word in policy["words"]["forbidden"]]
    findings = []
    for path in tree.prose_and_code():
        if matches(path, policy["words"]["exempt"]):
            continue
        text = tree.text(path)
        for word in forbidden:
            for match in word.finditer(text):
                findings.append(Finding(path, line_of(text, match.start()), RULE, f"'{match.group()}' is not said here"))
    return findings
