"""Which file uses which: includes of C++ and imports of QML modules."""

import re
from dataclasses import dataclass

from tree import CPP

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
_IMPORT = re.compile(r"^import[ \t]+(Strop(?:\.\w+)+)", re.MULTILINE)
_MODULE = re.compile(r"\bURI\s+(Strop(?:\.\w+)+)")


@dataclass(frozen=True)
class Use:
    """`target` is the path of a file, or of the folder that makes a QML module. Empty if there is no such thing."""

    file: object
    position: int
    written: str
    target: str

    @property
    def target_folder(self):
        return self.target.rpartition("/")[0] if self.target.endswith(CPP) else self.target


def includes(tree):
    paths = {file.path for file in tree.files}
    for file in tree.ending(*CPP):
        for match in _INCLUDE.finditer(file.with_strings):
            written = match[1]
            if not written.endswith(".moc"):
                yield Use(file, match.start(), written, written if written in paths else "")


def imports(tree):
    makers = {
        match[1]: file.folder for file in tree.ending("CMakeLists.txt") for match in _MODULE.finditer(file.text)
    }
    for file in tree.ending(".qml"):
        for match in _IMPORT.finditer(file.with_strings):
            yield Use(file, match.start(), match[1], makers.get(match[1], ""))
