"""Who may include whom: rooms by the policy's edges, third-party headers by the policy's places."""

import graphlib
import re

from checks.cpp_text import without_comments
from checks.tree import Finding, line_of, matches

RULE = "includes"
POLICY = "scripts/policy.json"
SOURCES = ("ledger/", "api/", "verify/", "tests/")
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">\n]+)[">]', re.MULTILINE)
_POSIX = re.compile(
    r"(sys|netinet|arpa|linux)/[\w/]+\.h|"
    r"(unistd|fcntl|signal|poll|pthread|sched|spawn|termios|netdb|dirent|fnmatch|pwd|grp|stdlib|stdio|string|time|errno)\.h"
)


def check(tree, policy):
    findings = list(_check_policy(policy["rooms"]))
    for path in tree.cpp():
        room = room_of(path, policy["rooms"])
        if room is None:
            if path.startswith(SOURCES):
                findings.append(Finding(path, 1, RULE, f"is in no room of {POLICY}"))
            continue
        text = without_comments(tree.text(path))
        for match in _INCLUDE.finditer(text):
            line = line_of(text, match.start(1))
            judge = _judge_own if match.group(1) == '"' else _judge_foreign
            message = judge(tree, policy, path, room, match.group(2))
            if message:
                findings.append(Finding(path, line, RULE, message))
    return findings


def room_of(path, rooms):
    """The room with the longest name that holds the path."""
    holders = [room for room in rooms if path.startswith(room + "/")]
    return max(holders, key=len, default=None)


def _check_policy(rooms):
    for room, allowed in rooms.items():
        for other in allowed:
            if other != "*" and other not in rooms:
                yield Finding(POLICY, 1, RULE, f"{room} may include {other}, which is no room")
    graph = {room: [other for other in allowed if other in rooms] for room, allowed in rooms.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield Finding(POLICY, 1, RULE, "the rooms may include each other in a circle: " + " -> ".join(error.args[1]))


def _judge_own(tree, policy, path, room, included):
    if included not in tree.files:
        return f'"{included}" is no file of this repository; paths start at its root, foreign headers take <>'
    target = room_of(included, policy["rooms"])
    allowed = policy["rooms"][room]
    if target is None:
        return f'"{included}" is in no room of {POLICY}'
    if target == room or target in allowed or "*" in allowed:
        return None
    return f'{room} may not include {target} ("{included}")'


def _judge_foreign(tree, policy, path, room, included):
    if included in tree.files:
        return f"<{included}> is a file of this repository: include it with quotes"
    for rule in policy["third_party"]:
        if re.match(rule["headers"], included):
            return None if matches(path, rule["allowed"]) else f"<{included}> may not be included here"
    if "/" not in included and "." not in included:
        return None  # the standard library
    if not _POSIX.fullmatch(included):
        return f"<{included}> is a third-party header without a rule in {POLICY}"
    if path.endswith(".hpp") and not path.startswith("tests/"):
        return f"<{included}>: our headers include no C header"
    return None
