"""Shell scripts parse."""

import re
import subprocess

from checks.tree import Finding

RULE = "shell"


def check(tree, policy):
    findings = []
    for path in tree.shell():
        done = subprocess.run(["bash", "-n", path], cwd=tree.root, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            line = re.search(r"line (\d+)", done.stderr)
            findings.append(Finding(path, int(line.group(1)) if line else 1, RULE, done.stderr.strip().splitlines()[0]))
    return findings
