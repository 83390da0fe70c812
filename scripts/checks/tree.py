"""The files that the checks read: everything below a root except what a build or a run makes."""

import dataclasses
import pathlib
import re

SKIPPED_AT_THE_TOP = {".git", "build", "data"}
SKIPPED_ANYWHERE = {"__pycache__", "node_modules", ".cache"}
TEXT_SUFFIXES = {
    ".cpp", ".hpp", ".py", ".sh", ".cmake", ".txt", ".md", ".json", ".yaml", ".yml", ".html", ".js", ".mjs", ".css", ".sql", "",
}


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


class Tree:
    """A folder of sources. Paths are relative to its root, with forward slashes."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self._texts = {}
        self.files = sorted(self._walk(self.root))

    def _walk(self, folder):
        for item in folder.iterdir():
            top = folder == self.root and item.name in SKIPPED_AT_THE_TOP
            if top or item.name in SKIPPED_ANYWHERE or item.is_symlink():
                continue
            if item.is_dir():
                yield from self._walk(item)
            elif item.is_file():
                yield item.relative_to(self.root).as_posix()

    def text(self, path):
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_bytes().decode("utf-8", errors="replace")
        return self._texts[path]

    def cpp(self):
        return [path for path in self.files if path.endswith((".cpp", ".hpp"))]

    def python(self):
        return [path for path in self.files if path.endswith(".py") or self._runs_with(path, "python")]

    def shell(self):
        return [path for path in self.files if path.endswith(".sh") or self._runs_with(path, "sh")]

    def script(self):
        """What a browser or node runs, and its styles."""
        return [path for path in self.files if path.endswith((".js", ".mjs", ".css"))]

    def prose_and_code(self):
        """What people write by hand, recorded data left out."""
        return [path for path in self.files if pathlib.PurePosixPath(path).suffix in TEXT_SUFFIXES]

    def _runs_with(self, path, interpreter):
        """True for a program without a suffix whose first line names the interpreter (sh: also bash)."""
        if pathlib.PurePosixPath(path).suffix:
            return False
        first = self.text(path).partition("\n")[0]
        return re.match(rf"#!.*\b(ba)?{interpreter}(3)?\b", first) is not None


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def matches(path, globs):
    """`*` stays inside a folder, `**` crosses folders, `**/` may also be nothing."""
    return any(_glob(glob).fullmatch(path) for glob in globs)


def _glob(glob):
    pieces = re.split(r"(\*\*/|\*\*|\*)", glob)
    regex = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    return re.compile("".join(regex.get(piece, re.escape(piece)) for piece in pieces))
