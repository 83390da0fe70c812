"""Files and functions stay small enough to be read at once."""

import ast
import re

from checks.cpp_functions import functions as cpp_functions
from checks.tree import Finding

RULE = "size"


def check(tree, policy):
    limits = policy["sizes"]
    findings = []
    for path in sorted({*tree.cpp(), *tree.python(), *tree.shell(), *tree.script()}):
        lines = tree.text(path).count("\n")
        if lines > limits["file_lines"]:
            findings.append(Finding(path, lines, RULE, f"{lines} lines, more than {limits['file_lines']}: split it by idea"))
    readers = (
        (tree.cpp(), cpp_functions),
        (tree.python(), python_functions),
        (tree.shell(), shell_functions),
        (tree.script(), script_functions),
    )
    for paths, read in readers:
        for path in paths:
            for name, line, length in read(tree.text(path)):
                if length is None:
                    findings.append(Finding(path, line, RULE, f"the checker cannot read this file: {name}"))
                elif length > limits["function_lines"]:
                    message = f"{name} has {length} lines, more than {limits['function_lines']}"
                    findings.append(Finding(path, line, RULE, message))
    return findings


def python_functions(text):
    try:
        parsed = ast.parse(text)
    except SyntaxError as error:
        yield error.msg, error.lineno or 1, None
        return
    for node in ast.walk(parsed):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def script_functions(text):
    """Functions at the margin of a module, where every named one stands: up to the next line that is not indented."""
    name, start = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"(?:export )?(?:async )?(?:function\s+(\w+)|const (\w+) = (?:async )?\(.*=>.*[{(]\s*$)", line)
        if opened:
            name, start = opened.group(1) or opened.group(2), number
        elif name and re.match(r"[})]", line):
            yield name, start, number - start + 1
            name = None


def shell_functions(text):
    name, start = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"(?:function\s+)?([\w-]+)\s*\(\)\s*[{(]\s*$", line)
        if opened:
            name, start = opened.group(1), number
        elif name and re.match(r"[})]", line):
            yield name, start, number - start + 1
            name = None
