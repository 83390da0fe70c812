"""C++ files are as clang-format writes them."""

import concurrent.futures
import os
import re
import subprocess

from checks.tree import Finding

RULE = "format"
_VIOLATION = re.compile(r"^(.*?):(\d+):\d+: error: code should be clang-formatted")


def check(tree, policy):
    paths = tree.cpp()
    workers = os.cpu_count() or 2
    chunks = [paths[start::workers * 2] for start in range(workers * 2)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        outputs = list(pool.map(lambda chunk: _run(tree.root, ["--dry-run", "-Werror"], chunk), chunks))
    return [finding for output in outputs for finding in _read(output)]


def fix(tree):
    _run(tree.root, ["-i"], tree.cpp())


def _run(root, options, paths):
    if not paths:
        return 0, ""
    command = ["clang-format", "--style=file", *options, "--", *paths]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.returncode, done.stderr


def _read(output):
    status, text = output
    first = {}
    for line in text.splitlines():
        match = _VIOLATION.match(line)
        if match:
            first.setdefault(match.group(1), int(match.group(2)))
    for path, line in sorted(first.items()):
        yield Finding(path, line, RULE, "not formatted; scripts/check --fix does it")
    if status != 0 and not first:
        yield Finding(".clang-format", 1, RULE, f"clang-format failed: {text.strip()}")
