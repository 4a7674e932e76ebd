"""Finds comments, strings and the bodies of functions in C++ and in QML, by their shape.

No parser: it knows just enough to tell a function from a class, a namespace and an initialiser, in code that is
formatted as this tree is.
"""

import re
from dataclasses import dataclass

# Numbers are here so that the quote in 10'000 opens no character.
_TOKEN = re.compile(
    r"""(?P<comment> //[^\n]* | /\*.*?\*/ )
      | (?P<string> R"(?P<tag>[^\s()\\]*)\( .*? \)(?P=tag)" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `[^`]*` )
      | \b\d (?: '?[\w.] )*""",
    re.DOTALL | re.VERBOSE,
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return _TOKEN.sub(lambda token: _blank(token[0]) if token["comment"] else token[0], text)


def without_comments_and_strings(text):
    """Keeps the quotes, so that an empty place does not look like no place at all."""

    def replaced(token):
        if token["comment"]:
            return _blank(token[0])
        if token["string"]:
            return token[0][0] + _blank(token[0][1:-1]) + token[0][-1]
        return token[0]

    return _TOKEN.sub(replaced, text)


@dataclass(frozen=True)
class Function:
    """From the first line of the signature to the closing brace, counted from 1."""

    first: int
    last: int

    @property
    def lines(self):
        return self.last - self.first + 1


_TEMPLATE = re.compile(r"\btemplate\s*<(?:[^<>]|<[^<>]*>)*>")
_ALIGNED = re.compile(r"\balignas\s*\([^()]*\)")
_CONTAINER = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b[^()=]*$")
_INITIALISERS = re.compile(r"\)[^;]*?(?<!:):(?!:)")
_BEFORE_SIGNATURE = re.compile(
    r".*(?:\n[ \t]*\n|\b(?:public|private|protected|Q_SIGNALS|Q_SLOTS)\s*:(?!:))", re.DOTALL
)


def _kind(head):
    """What a brace opens in the outer scope, where `head` is all since the last statement or brace."""
    plain = _ALIGNED.sub("", _TEMPLATE.sub("", head)).rstrip()
    if _CONTAINER.search(plain):
        return "container"
    if not plain or plain.endswith(("=", ",", "(")) or ")" not in plain:
        return "initialiser"
    if _INITIALISERS.search(plain) and not plain.endswith((")", "}")):
        return "initialiser"  # of a member, in a constructor's list
    return "function"


def cpp_functions(code):
    """The outermost functions of C++ without comments and strings: lambdas and local classes belong to them."""
    code = _DIRECTIVE.sub(lambda directive: _blank(directive[0]), code)
    scopes = []
    head_start = 0
    for brace in re.finditer(r"[{};]", code):
        inside_body = scopes and scopes[-1][0] != "container"
        if brace[0] == "{":
            head = code[head_start : brace.start()]
            kind = "nested" if inside_body else _kind(head)
            begun = head_start + _signature_offset(head)
            scopes.append((kind, begun))
            if kind in ("container", "function"):
                head_start = brace.end()
        elif brace[0] == "}" and scopes:
            kind, begun = scopes.pop()
            if kind == "function":
                yield Function(_line_of(code, begun), _line_of(code, brace.start()))
            if kind in ("container", "function"):
                head_start = brace.end()
        elif brace[0] == ";" and not inside_body:
            head_start = brace.end()


def _signature_offset(head):
    skipped = _BEFORE_SIGNATURE.match(head)
    start = skipped.end() if skipped else 0
    return start + len(head[start:]) - len(head[start:].lstrip())


def qml_functions(code):
    """The outermost JavaScript bodies of QML without comments and strings: functions, handlers and binding blocks."""
    starts = []
    body_depth = None
    for brace in re.finditer(r"[{}]", code):
        if brace[0] == "{":
            starts.append(brace.start())
            if body_depth is None and _opens_script(code[: brace.start()]):
                body_depth = len(starts)
        elif starts:
            start = starts.pop()
            if body_depth is not None and len(starts) < body_depth:
                body_depth = None
                yield Function(_line_of(code, start), _line_of(code, brace.start()))


def _opens_script(before):
    line = before.rstrip().rpartition("\n")[2]
    return line.endswith((":", "=>", ")")) or re.search(r"\bfunction\b[^{}]*$", line) is not None


def _line_of(code, position):
    return code.count("\n", 0, position) + 1
