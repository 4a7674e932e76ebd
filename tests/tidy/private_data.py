"""Nothing of one machine or of one person is in the tree: no path of a home folder, no key."""

import re

_PATH = re.compile(r"(?<![\w.:/$}~-])/(?:home|root|work|opt|mnt|tmp|Users)/\w|(?<!\w)[A-Z]:\\{1,2}[A-Za-z]{2,}")
_KEY = re.compile(
    r"""-----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY
      | \b(?:AKIA[0-9A-Z]{16} | gh[opsru]_\w{30,} | github_pat_\w{30,} | xox[abprs]-[\w-]{10,} | AIza[\w-]{35}
             | sk-[\w-]{24,} | eyJ[\w-]{20,}\.eyJ[\w-]{20,})
      | \b(?:api_?key|secret|token|password)["']?[ ]*[:=][ ]*["'][A-Za-z0-9+/_=-]{20,}["']""",
    re.VERBOSE,
)


def machine_path(tree):
    """An absolute path that only one machine has."""
    for file in tree.texts():
        yield from file.matches(_PATH, file.text, "{0}…: a path of one machine")


def secret(tree):
    """Something that looks like a key or a password."""
    for file in tree.texts():
        for match in _KEY.finditer(file.text):
            yield file.offence_at(match.start(), "looks like a key; whoever reads the tree has it now")
