"""C++ text with comments and literals blanked out, every position and line kept."""

import re

_TOKENS = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<raw>R"(?P<delim>[^()\s\\"]*)\(.*?\)(?P=delim)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<number>(?<!\w)\d(?:'?[\w.])*)
      | (?P<char>'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)
_DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w+)(?:\\\n|[^\n])*", re.MULTILINE)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """Comments blanked, literals kept: for reading include directives."""
    return _TOKENS.sub(lambda m: _blank(m.group()) if m.group("comment") else m.group(), text)


def code_only(text):
    """Comments, the inside of literals, and preprocessor lines blanked; of #if branches only the first one is kept."""

    def replace(match):
        if match.group("number"):
            return match.group()
        if match.group("comment"):
            return _blank(match.group())
        quote = "'" if match.group("char") else '"'
        return quote + _blank(match.group()[1:-1]) + quote

    return _without_directives(_TOKENS.sub(replace, text))


def _without_directives(text):
    pieces = []
    position = 0
    kept = [True]  # for each open #if: is the branch being read a kept one?
    for match in _DIRECTIVE.finditer(text):
        between = text[position:match.start()]
        pieces.append(between if all(kept) else _blank(between))
        pieces.append(_blank(match.group()))
        position = match.end()
        word = match.group(1)
        if word in ("if", "ifdef", "ifndef"):
            kept.append(True)
        elif word in ("else", "elif"):
            kept[-1] = False
        elif word == "endif" and len(kept) > 1:
            kept.pop()
    pieces.append(text[position:])
    return "".join(pieces)


def closing(text, position):
    """Where the bracket opened at `position` closes; the end of the text if it never does."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    opener, closer = text[position], pairs[text[position]]
    depth = 0
    for at in range(position, len(text)):
        if text[at] == opener:
            depth += 1
        elif text[at] == closer:
            depth -= 1
            if depth == 0:
                return at
    return len(text)
