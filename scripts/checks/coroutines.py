"""Forms around co_await that g++ 12 compiles into a double free, a use after free, or not at all.

In an expression with co_await: no `?:`, no aggregate temporary, no braced list, no temporary lambda that owns something.
Name it first, on a line of its own, and move it in.
"""

import re

from checks.cpp_text import closing, code_only
from checks.tree import Finding, line_of

RULE = "co_await"
_AWAIT = re.compile(r"\bco_await\b")
_TRAILING_RETURN = re.compile(r"\)\s*(?:mutable\s*|noexcept\s*)*->\s*[\w:<>,\s*&]+$")
_BLOCK_WORD = re.compile(r"\b(?:else|do|try|mutable|noexcept|const)$")
_CONTROL = re.compile(r"\s*(?:else\s+)?(?:if|while|for|switch|catch)\b")
_LAMBDA = re.compile(r"(?<![\w)\]\s])\s*\[([^\[\]]*(?:\[[^\]]*\][^\[\]]*)*)\]\s*(?=[({<]|mutable)|\breturn\s*\[([^\[\]]*)\]")


def check(tree, policy):
    types = policy["coroutines"]["types_with_a_constructor"]
    exempt = re.compile(r"(?:" + "|".join(types) + r")(?:<[^{}();]*>)?\s*$")
    findings = set()
    for path in tree.cpp():
        if "co_await" not in tree.text(path):
            continue
        code = code_only(tree.text(path))
        for match in _AWAIT.finditer(code):
            start = _statement_start(code, match.start())
            for message in _judge(_statement(code, start, match.end()), exempt):
                findings.add(Finding(path, line_of(code, match.start()), RULE, message))
    return sorted(findings)


def _judge(statement, exempt):
    captures = [group for match in _LAMBDA.finditer(statement) for group in match.groups() if group is not None]
    statement = _without_lambda_bodies(statement)
    if "?" in statement:
        yield "`?:` in an expression with co_await is a use after free in g++ 12: write if/else"
    if any(_owns(capture) for capture in captures):
        yield "a temporary lambda that owns something is a double free in g++ 12: name it first, then move it in"
    for brace in re.finditer(r"\{", statement):
        if not exempt.search(statement[:brace.start()]):
            yield "a braced temporary or list in an expression with co_await is a double free in g++ 12: name it first"
            return


def _owns(captures):
    names = [name.strip() for name in captures.split(",")]
    return any(name and not name.startswith("&") and name != "this" for name in names)


def _statement_start(code, at):
    """Backwards from co_await to where its full expression begins."""
    skipping = 0
    at -= 1
    while at >= 0:
        char = code[at]
        if char in ")]" or (char == "}" and (skipping or _inside_expression(code, at))):
            skipping += 1
        elif skipping and char in "([{":
            skipping -= 1
        elif not skipping and (char in ";}" or (char == "{" and _opens_block(code, at))):
            return at + 1
        at -= 1
    return 0


def _inside_expression(code, brace):
    """Does a closing brace end a value (more of the expression follows) rather than a block?"""
    return re.match(r"\s*[,).?:=+\-*/|<>\]]", code[brace + 1:brace + 200]) is not None


def _opens_block(code, brace):
    before = code[max(0, brace - 300):brace].rstrip()
    if not before or before[-1] in ");{}:]":
        return True
    return bool(_TRAILING_RETURN.search(before) or _BLOCK_WORD.search(before))


def _statement(code, start, past):
    """From its start to its semicolon, or to the block that a condition with co_await governs."""
    control = _CONTROL.match(code, start) is not None
    at = start
    while at < len(code):
        char = code[at]
        if char == ";" or char in ")}]":
            return code[start:at]
        if char == "{" and control and at >= past:
            return code[start:at]
        if char in "([{":
            at = closing(code, at)
        at += 1
    return code[start:]


def _without_lambda_bodies(statement):
    """Blanks what stands in a lambda's body: it is an expression of its own."""
    at = 0
    while True:
        brace = statement.find("{", at)
        if brace < 0:
            return statement
        at = brace + 1
        if _opens_block(statement, brace):
            end = closing(statement, brace)
            statement = statement[:brace] + " " + re.sub(r"[^\n]", " ", statement[brace + 1:end]) + " " + statement[end + 1:]
