"""Every room says what it is for, and a main.cpp only starts its program."""

import posixpath

from checks.includes import room_of
from checks.tree import Finding

RULE = "rooms"


def check(tree, policy):
    folders = {room_of(path, policy["rooms"]) for path in tree.cpp()} - {None} | set(policy["readme"])
    findings = []
    for folder in sorted(folders):
        inhabited = any(path.startswith(folder + "/") for path in tree.files)
        if inhabited and f"{folder}/README.md" not in tree.files:
            findings.append(Finding(f"{folder}/README.md", 1, RULE, "missing: half a page on what this room is for"))
    limit = policy["sizes"]["main_lines"]
    for path in tree.cpp():
        lines = tree.text(path).count("\n")
        if posixpath.basename(path) == "main.cpp" and lines > limit:
            findings.append(Finding(path, lines, RULE, f"a main.cpp of {lines} lines; it may have {limit}"))
    return findings
