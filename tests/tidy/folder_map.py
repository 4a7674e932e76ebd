"""ARCHITECTURE.md has a line for each folder, and no line for a folder that is gone.

Under its heading "The map", each table row or list item that begins with a path in backticks speaks of that folder.
A path that ends with `/**` speaks of all the folders below it too. A folder that holds nothing but its CMakeLists.txt
needs no line.
"""

import re

from tree import Offence

MAP = "ARCHITECTURE.md"
_SECTION = re.compile(r"^## The map[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^[ \t]*[|*-][ \t]*`([^`\s]+)`", re.MULTILINE)


def folder_map(tree):
    """A folder is missing from ARCHITECTURE.md, or is named there and missing."""
    file = tree.file(MAP)
    section = _SECTION.search(file.text) if file else None
    if not section:
        yield Offence(MAP, 0, 'has no section "## The map"')
        return
    entries = [(match[1].rstrip("/"), section.start(1) + match.start(1)) for match in _ENTRY.finditer(section[1])]
    folders = {file.folder for file in tree.files if file.folder}
    for entry, position in entries:
        named = entry.removesuffix("/**")
        if not any(folder == named or folder.startswith(named + "/") for folder in folders):
            yield file.offence_at(position, f"names `{named}`, which is no folder")
    names = [entry for entry, _ in entries]
    telling = {file.folder for file in tree.files if file.folder and file.name != "CMakeLists.txt"}
    for folder in sorted(telling):
        if not any(_speaks_of(entry, folder) for entry in names):
            yield Offence(folder, 0, f"is not in the map of {MAP}")


def _speaks_of(entry, folder):
    named = entry.removesuffix("/**")
    return folder == named or (entry != named and folder.startswith(named + "/"))
