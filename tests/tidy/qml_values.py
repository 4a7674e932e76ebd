"""Colours, sizes and durations have names, and the names stand in qml/Theme.

A size is raw if a property that ends with one of SIZES is bound to an expression with a number above 2. 0, 1 and 2 are
shape, not taste, and a number beside * or / is a ratio of something that has a name. The size of the window is its own.
"""

import re

_COLOUR = re.compile(
    r"""["']\#[0-9a-fA-F]{3,8}["']
      | \bQt\.(?:rgba|hsla|hsva|color|lighter|darker|tint)\b
      | (?<=[cC]olor:)[ \t]*(?:[^\n]*\?[ \t]*)?["'][a-z]+["']""",
    re.VERBOSE,
)

SIZES = ("width", "height", "size", "margin", "margins", "spacing", "padding", "radius", "duration", "interval")
_BINDING = re.compile(
    rf"\b(?P<name>[\w.]*(?:{'|'.join(SIZES)})):(?P<value>[^\n]*(?:\n[ \t]*[-?:+*/|&.,)][^\n]*)*)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])")
_WINDOW = ("width", "height", "minimumWidth", "minimumHeight")


def raw_colour(tree):
    """A colour by its number or its English name, in a control or page."""
    for file in tree.ending(".qml"):
        if file.under("qml") and not file.under("qml/Theme"):
            yield from file.matches(_COLOUR, file.with_strings, "{0}: take the colour from Theme")


def raw_size(tree):
    """A bare number for a size, a margin or a duration, in a control or page."""
    for file in tree.ending(".qml"):
        if not file.under("qml") or file.under("qml/Theme"):
            continue
        for binding in _BINDING.finditer(file.code):
            if file.name == "Main.qml" and binding["name"] in _WINDOW:
                continue
            for number in _raw_numbers(binding["value"]):
                yield file.offence_at(binding.start(), f"{binding['name']}: {number}: take it from Theme")


def _raw_numbers(value):
    for number in _NUMBER.finditer(value):
        before = value[: number.start()].rstrip()[-1:]
        after = value[number.end() :].lstrip()[:1]
        if float(number[1]) > 2 and before not in ("*", "/") and after not in ("*", "/"):
            yield number[1]
