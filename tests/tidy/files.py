"""How files are named, and what no eye sees and every diff shows: blanks at line ends, tabs, a last line cut short."""

import re

from tree import CPP, SOURCES

_BLANKS = re.compile(r"[ \t\r]+$", re.MULTILINE)
_SNAKE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*\.(?:cpp|h)")
_CAMEL = re.compile(r"(?:[A-Z][A-Za-z0-9]*|tst_[a-z0-9_]+)\.qml")


def whitespace(tree):
    """Blanks at the end of a line, a tab, or no newline at the end of a file."""
    for file in tree.texts():
        if file.name == "LICENSE" or file.path.endswith(".svg"):
            continue
        for match in _BLANKS.finditer(file.text):
            yield file.offence_at(match.start(), "blanks at the end of the line")
        if file.path.endswith(SOURCES) and "\t" in file.text:
            yield file.offence_at(file.text.index("\t"), "a tab; indent with spaces")
        if file.text and not file.text.endswith("\n"):
            yield file.offence(len(file.lines), "no newline at the end of the file")


def file_name(tree):
    """A C++ file that is not snake_case, a QML type that is not CamelCase, a test that does not end with _test.cpp."""
    for file in tree.ending(*CPP):
        if not _SNAKE.fullmatch(file.name):
            yield file.offence(0, "C++ files are named in snake_case")
        elif file.under("tests") and re.search(r"^TEST(?:_[FP])?\(", file.code, re.MULTILINE):
            if not file.name.endswith("_test.cpp"):
                yield file.offence(0, "a file with tests ends with _test.cpp")
    for file in tree.ending(".qml"):
        if not _CAMEL.fullmatch(file.name):
            yield file.offence(0, "QML types are named in CamelCase, their tests tst_snake_case")
