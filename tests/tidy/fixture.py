"""A small tree in a temporary folder, for proving that a rule can fail."""

import tempfile
import unittest
from pathlib import Path

from tree import Tree


class RuleTest(unittest.TestCase):
    def tree(self, files):
        """`files` maps a path to its text."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for path, text in files.items():
            file = Path(folder.name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return Tree(folder.name)

    def found(self, rule, files):
        """The places of the offences, as path or path:line."""
        return [str(offence).split(": ")[0] for offence in sorted(rule(self.tree(files)))]

    def assert_clean(self, rule, files):
        self.assertEqual([], [str(offence) for offence in rule(self.tree(files))])
