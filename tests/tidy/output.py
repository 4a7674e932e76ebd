"""What the programs say goes through shared/base/log; only a program's own answers go to standard output."""

import re

from tree import CPP

_QT_MESSAGE = re.compile(r"\bq(?:C?Debug|C?Warning|C?Info|C?Critical)\b|\bconsole\s*\.\s*\w+")
_STREAM = re.compile(
    r"""\bstd::(?:cout|cerr|clog)\b
      | (?<!\w)(?:std::)?(?:f?printf|puts|fputs)\s*\(
      | \bQTextStream\b[^;]{0,40}\((?:stdout|stderr)\)""",
    re.VERBOSE,
)

LOG = ("shared/base/log.cpp", "tests/unit/base/log_test.cpp")


def raw_log(tree):
    """qDebug and its like, outside the log itself."""
    for file in tree.ending(*CPP, ".qml"):
        if file.path not in LOG:
            yield from file.matches(_QT_MESSAGE, file.code, "{0}: use strop::log")


def raw_output(tree):
    """Standard output or error is written by something that is neither a main nor a program of tests."""
    for file in tree.ending(*CPP):
        if file.path not in LOG and file.name != "main.cpp" and not file.under("tests"):
            yield from file.matches(_STREAM, file.code, "{0}: log it, or let main write it")
