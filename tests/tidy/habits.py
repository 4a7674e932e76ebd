"""Small habits that are cheap to keep and dear to lose."""

import re

from tree import CPP, SOURCES

# An application object is Qt's own singleton.
_SINGLETON = re.compile(
    r"\bstatic\b[^;{}()]*[&*\s](?:instance|self|\w+Instance)\s*\(|(?<!Application)::instance\s*\(\s*\)"
)
_USING = re.compile(r"^[ \t]*using\s+namespace\b[^;]*", re.MULTILINE)
_ONCE = re.compile(r"\A(?:[ \t]*//[^\n]*\n|\s*\n)*#pragma once\n")
_SLEEP = re.compile(r"\b(?:q?[Ss]leep|[mu]sleep|nanosleep|sleep_(?:for|until)|qWait)\s*\(|(?<![\w.])wait\s*\(\s*[1-9]")
_SLEEP_IN_SCRIPT = re.compile(r"^[ \t]*sleep[ \t]+[\d.$]+|\btime\.sleep\b", re.MULTILINE)
_UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")


def singleton(tree):
    """A class hands out its only object, so that nothing can be tested with another."""
    for file in tree.ending(*CPP):
        yield from file.matches(_SINGLETON, file.code, "{0}: pass it through the constructor")


def using_namespace(tree):
    """A header opens a namespace for whoever includes it."""
    for file in tree.ending(".h"):
        yield from file.matches(_USING, file.code, "{0}: name what is used")


def pragma_once(tree):
    """A header does not begin with #pragma once."""
    for file in tree.ending(".h"):
        if not _ONCE.match(file.text):
            yield file.offence(1, "a header begins with #pragma once")


def sleep(tree):
    """A test sleeps, and so is slow, flaky or both."""
    instead = "{0}: wait for what should happen, or step the clock"
    for file in tree.ending(*CPP, ".qml"):
        if file.under("tests"):
            yield from file.matches(_SLEEP, file.code, instead)
    for file in tree.ending(".py", ".sh"):
        if file.under("tests"):
            yield from file.matches(_SLEEP_IN_SCRIPT, file.text, instead)


def unfinished(tree):
    """A note that something is still to be done."""
    for file in tree.ending(*SOURCES, "CMakeLists.txt", "/dev", ".md", ".toml", ".yml", ".json"):
        yield from file.matches(_UNFINISHED, file.text, "{0}: do it now, or file it where work is planned")
