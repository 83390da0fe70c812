"""A page that a comment or a page names is there, and so is the section of it that is named behind it: `docs/format.md "Entry"`.

What is behind a page's name is a section's name if it is in quotation marks, with a comma before them or not; a second one follows `and`. A section is a
heading, without its number, or the bold words that begin a paragraph.
"""

import re

from checks.tree import Finding, line_of, matches

RULE = "references"
_BREAK = r"(?:[ \t]+|[ \t]*\n[ \t]*(?:///?|#|\*)?[ \t]*)"  # a space, or a line's end and the next comment line's beginning
_NAME = r'"([^"`|]+?)"'
_PAGE = re.compile(rf"(?<![\w/.…*-])(?:\.\./)*((?:[\w-]+/)*[\w-]+\.md)\b`?((?:,?{_BREAK}{_NAME})(?:{_BREAK}and{_BREAK}{_NAME})*)?")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^(?:#+[ \t]+(?:[\d.]+[ \t]+)?(.+?)[ \t]*$|\*\*(.+?)\.?\*\*)", re.MULTILINE)


def check(tree, policy):
    pages = [path for path in tree.files if path.endswith(".md")]
    sections = {path: _sections(tree.text(path)) for path in pages}
    findings = []
    for path in tree.prose_and_code():
        if matches(path, policy["references"]["exempt"]):
            continue
        text = tree.text(path)
        for match in _PAGE.finditer(text):
            named = [page for page in pages if f"/{page}".endswith("/" + match.group(1))]
            line = line_of(text, match.start())
            if not named:
                findings.append(Finding(path, line, RULE, f"there is no page {match.group(1)}"))
            for name in re.findall(_NAME, match.group(2) or "") if named else ():
                if not any(re.sub(_BREAK, " ", name) in sections[page] for page in named):
                    findings.append(Finding(path, line, RULE, f'{match.group(1)} has no section "{name}"'))
    return findings


def _sections(text):
    prose = _FENCED.sub("", text)
    return {heading or bold for heading, bold in _SECTION.findall(prose)}
