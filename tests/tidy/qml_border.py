"""What crosses from C++ to QML has a type that qmllint can check."""

import re

from tree import CPP

_CONTEXT = re.compile(r"\bsetContext(?:Property|Properties|Object)\b")
_DECLARATION = re.compile(
    r"""\bQ_PROPERTY\s*\([^\n]*
      | \bQ_INVOKABLE\b[^;{]*
      | \bQ_SIGNALS\s*:.*?(?=\b(?:public|private|protected)\b|\};)""",
    re.DOTALL | re.VERBOSE,
)
_UNTYPED = re.compile(r"\b(?:QVariant(?:Map|List|Hash)?|QJSValue|QJsonObject|QJsonArray|QJsonValue)\b")


def context_property(tree):
    """A context property: a global that no page declares."""
    for file in tree.ending(*CPP):
        yield from file.matches(_CONTEXT, file.code, "{0}: pass a required property or make a QML type")


def typed_border(tree):
    """A property, signal or callable of QML with a map or a variant for its type."""
    for file in tree.ending(*CPP):
        for declaration in _DECLARATION.finditer(file.code):
            for untyped in _UNTYPED.finditer(declaration[0]):
                yield file.offence_at(
                    declaration.start() + untyped.start(), f"{untyped[0]} crosses to QML: use a gadget or a typed model"
                )
