"""No two files, and no two folders, include each other, however long the way round."""

from dependencies import includes
from tree import Offence


def cycles(tree):
    """A cycle of includes between files or between folders."""
    files = {}
    folders = {}
    for use in includes(tree):
        if use.target:
            files.setdefault(use.file.path, set()).add(use.target)
            if use.file.folder != use.target_folder:
                folders.setdefault(use.file.folder, set()).add(use.target_folder)
    for graph in (files, folders):
        for cycle in _cycles_of(graph):
            yield Offence(cycle[0], 0, "includes itself: " + " > ".join(cycle))


def _cycles_of(graph):
    """The cycles that a depth-first walk closes, each from a node back to itself. None if and only if there is none."""
    done = set()

    def walk(node, path):
        if node in path:
            yield path[path.index(node) :] + [node]
            return
        if node in done:
            return
        for target in sorted(graph.get(node, ())):
            yield from walk(target, path + [node])
        done.add(node)

    for node in sorted(graph):
        yield from walk(node, [])
