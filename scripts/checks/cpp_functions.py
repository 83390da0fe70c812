"""Finds the functions of a C++ file and their lengths, by reading braces: a heuristic, not a parser.

A function is an opening brace outside of any function whose head ends like a parameter list (or what may follow one).
A lambda inside a function belongs to it. A long table in braces is no function, but a lambda in such a table is one.
"""

import re

from checks.cpp_text import closing, code_only
from checks.tree import line_of

_CONTAINER = re.compile(r"^(?:(?:inline|export|typedef|static|constexpr|const)\s+)*(?:namespace|class|struct|union|enum|extern)\b")
_AFTER_PARAMETERS = re.compile(
    r"\)\s*(?:(?:const|volatile|mutable|override|final|constexpr|&&?|noexcept(?:\s*\([^()]*(?:\([^()]*\))?[^()]*\))?|try)\s*)*"
    r"(?:->\s*[\w:<>,\s*&()]+?)?(?:requires\b.*)?\s*$",
    re.DOTALL,
)
_INITIALIZERS = re.compile(r"\)\s*(?:noexcept(?:\s*\([^()]*\))?\s*)?(?:try\s*)?:(?!:)", re.DOTALL)
_BARE_LAMBDA = re.compile(r"(?:^|[=(,\s])\[[^\[\]]*\]\s*(?:mutable\s*)?$", re.DOTALL)


def functions(text):
    """Yields (name, line of the opening brace, lines from brace to brace); (reason, line, None) if braces do not pair."""
    code = code_only(text)
    found = []
    unpaired = _scan(code, found)
    if unpaired is not None:
        yield "braces do not pair", line_of(code, unpaired), None
        return
    for head, start, end in found:
        yield _name(head), line_of(code, start), code.count("\n", start, end) + 1


def _scan(code, found):
    """Collects functions; returns where the braces stop pairing, if they do."""
    opened = []
    head_start = 0
    at = 0
    while at < len(code):
        char = code[at]
        if char == ";":
            head_start = at + 1
        elif char == "}":
            if not opened:
                return at
            opened.pop()
            head_start = at + 1
        elif char == "{":
            kind = _kind(code[head_start:at])
            if kind == "container":
                opened.append(at)
                head_start = at + 1
            else:
                end = closing(code, at)
                if end == len(code):
                    return at
                if kind == "function":
                    found.append((code[head_start:at], at, end))
                    head_start = end + 1
                at = end  # a member's `x_{...}` keeps the head: the body is still to come
        elif char == "(":
            end = closing(code, at)
            at = at if end == len(code) else end
        at += 1
    return opened[-1] if opened else None


def _kind(head):
    """What the brace after this head opens: a container to look into, a function, or a member's initial value."""
    head = re.sub(r"^\s*(?:(?:public|private|protected)\s*:\s*)*", "", head).rstrip()
    bare = re.sub(r"^\s*template\s*<[^;{]*?>\s*(?=(?:class|struct|union|namespace)\b)", "", head)
    bare = re.sub(r"\[\[.*?\]\]|\balignas\s*\([^)]*\)", "", bare).strip()
    if _CONTAINER.match(bare) and not _AFTER_PARAMETERS.search(bare):
        return "container"
    if _INITIALIZERS.search(head):
        return "value" if re.search(r"[\w>]$", head) else "function"
    if _AFTER_PARAMETERS.search(head) or _BARE_LAMBDA.search(head):
        return "function"
    return "container"  # a braced value: look into it for lambdas


def _name(head):
    match = re.search(r"([~\w:]+|operator\s*\S+)\s*\(", head)
    if match and re.fullmatch(r"[A-Z][A-Z0-9_]{3,}", match.group(1)):  # a macro: its first argument is the name
        inside = re.search(r"\(\s*(\w+)", head)
        return inside.group(1) if inside else match.group(1)
    return match.group(1) if match else "a lambda"
