"""Dependencies go one way. The table is layers.toml."""

import re
import tomllib

from dependencies import imports, includes
from tree import CPP, Offence

TABLE = "tests/tidy/layers.toml"


class Layers:
    def __init__(self, uses):
        self._uses = uses

    def entry(self, folder):
        """The line of the table that speaks of the folder, or None."""
        fitting = [entry for entry in self._uses if covers(entry, folder)]
        return max(fitting, key=lambda entry: ("*" not in entry, len(entry)), default=None)

    def reach(self, folder):
        """The names and patterns of all that the folder may use, through others too."""
        reached = set()
        waiting = [self.entry(folder)]
        while waiting:
            for used in self._uses.get(waiting.pop(), ()):
                if used not in reached:
                    reached.add(used)
                    waiting.append(used if used in self._uses else self.entry(used))
        return reached

    def allows(self, folder, used):
        return folder == used or any(covers(entry, used) for entry in self.reach(folder))

    def unused(self, folders):
        return [entry for entry in self._uses if not any(self.entry(folder) == entry for folder in folders)]


def covers(entry, folder):
    pattern = re.escape(entry).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.fullmatch(pattern, folder) is not None


def layers(tree):
    """An include or import against the layer table."""
    table = Layers(tomllib.loads(tree.file(TABLE).text)["uses"])
    folders = sorted({file.folder for file in tree.ending(*CPP, ".qml")})
    for folder in folders:
        if table.entry(folder) is None:
            yield Offence(folder, 0, f"is not in {TABLE}")
    for entry in table.unused(folders):
        yield Offence(TABLE, 0, f'"{entry}" stands for no folder')
    for use in (*includes(tree), *imports(tree)):
        if not use.target:
            yield use.file.offence_at(use.position, f"{use.written} is not in the tree; write it from the root")
        elif table.entry(use.file.folder) and not table.allows(use.file.folder, use.target_folder):
            yield use.file.offence_at(use.position, f"{use.file.folder} may not use {use.target_folder} ({TABLE})")
