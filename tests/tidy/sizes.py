"""How long a file and a function may be. Beauty is lost in the long tail, so the longest are watched, and the p95."""

import math
from dataclasses import dataclass

from scanner import cpp_functions, qml_functions

LONGEST_FUNCTION = 70


@dataclass(frozen=True)
class Limit:
    """`most` lines for any one file, `p95` for nineteen of twenty."""

    ending: str
    p95: int
    most: int


LIMITS = (Limit(".cpp", 400, 600), Limit(".h", 250, 600), Limit(".qml", 250, 300), Limit("/main.cpp", 80, 80))


def file_length(tree):
    """A file is longer than its kind may be, or too many come close."""
    for limit in LIMITS:
        files = sorted(tree.ending(limit.ending), key=lambda file: len(file.lines))
        for file in files:
            if len(file.lines) > limit.most:
                yield file.offence(0, f"has {len(file.lines)} lines; a {limit.ending} has at most {limit.most}")
        if files:
            at_p95 = files[math.ceil(0.95 * len(files)) - 1]
            if limit.p95 < len(at_p95.lines) <= limit.most:
                yield at_p95.offence(
                    0, f"has {len(at_p95.lines)} lines; 95 % of all {limit.ending} have at most {limit.p95}"
                )


def function_length(tree):
    """A function of C++ or QML is longer than a screen."""
    for scan, endings in ((cpp_functions, (".cpp", ".h")), (qml_functions, (".qml",))):
        for file in tree.ending(*endings):
            for function in scan(file.code):
                if function.lines > LONGEST_FUNCTION:
                    yield file.offence(
                        function.first, f"a function of {function.lines} lines; at most {LONGEST_FUNCTION}"
                    )
