"""The files of a source tree, and what a rule says about one of them."""

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scanner import without_comments, without_comments_and_strings

CPP = (".cpp", ".h")
SOURCES = (".cpp", ".h", ".qml", ".py", ".sh", ".cmake")


# What fuzzers found: bytes, even where they look like text.
FUZZ_CORPUS = "tests/fuzz/corpus"


@dataclass(frozen=True, order=True)
class Offence:
    """`line` is 0 where a whole file or folder offends."""

    path: str
    line: int
    message: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class File:
    """A text file. Reads and strips itself once, when first asked."""

    def __init__(self, root, path):
        self.path = path
        self.folder, _, self.name = path.rpartition("/")
        self._root = root

    @cached_property
    def bytes(self):
        return (self._root / self.path).read_bytes()

    @cached_property
    def is_text(self):
        return b"\0" not in self.bytes and not self.under(FUZZ_CORPUS)

    @cached_property
    def text(self):
        return self.bytes.decode("utf-8", "replace")

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def with_strings(self):
        """The text, with spaces for comments: every line and column stays where it is."""
        return without_comments(self.text)

    @cached_property
    def code(self):
        """The text, with spaces for comments and for what strings hold."""
        return without_comments_and_strings(self.text)

    def under(self, *folders):
        return any(self.path.startswith(folder + "/") for folder in folders)

    def offence(self, line, message):
        return Offence(self.path, line, message)

    def offence_at(self, position, message):
        """`position` is an index into `text`, `code` or `with_strings`."""
        return Offence(self.path, self.text.count("\n", 0, position) + 1, message)

    def matches(self, pattern, text, message):
        """An offence for each match; `message` may use the match as {0}."""
        for match in pattern.finditer(text):
            yield self.offence_at(match.start(), message.format(match.group().strip()))


class Tree:
    """The files that git knows or would add; in an export without git, all but build."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = [File(self.root, path) for path in sorted(self._paths())]

    def ending(self, *endings):
        return [file for file in self.files if file.path.endswith(endings)]

    def texts(self):
        return [file for file in self.files if file.is_text]

    def file(self, path):
        return next((file for file in self.files if file.path == path), None)

    def _paths(self):
        listed = self._paths_in_git() if (self.root / ".git").exists() else self._paths_on_disk()
        return [path for path in listed if (self.root / path).is_file()]

    def _paths_in_git(self):
        # A clone made by another user is as good as one's own to list.
        command = ["git", "-c", f"safe.directory={self.root.resolve()}", "-C", str(self.root), "ls-files", "-z"]
        command += ["--cached", "--others", "--exclude-standard", "--deduplicate"]
        listed = subprocess.run(command, check=True, capture_output=True).stdout
        return listed.decode().split("\0")[:-1]

    def _paths_on_disk(self):
        for folder, folders, names in os.walk(self.root):
            inside = Path(folder).relative_to(self.root)
            folders[:] = [name for name in folders if name not in ("build", "__pycache__")]
            yield from ((inside / name).as_posix() for name in names)
