"""The command line, and that every rule is run."""

import subprocess
import sys
import unittest
from pathlib import Path

from fixture import RuleTest
from tidy import RULES

HERE = Path(__file__).resolve().parent


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-B", HERE / "tidy.py", *arguments], capture_output=True, text=True, check=False
    )


class CommandLine(RuleTest):
    def test_names_the_place_and_the_rule_and_fails(self):
        tree = self.tree({"shared/net/a.h": "int a;\n"})
        result = run("--root", str(tree.root), "pragma_once", "whitespace")
        self.assertEqual(1, result.returncode)
        self.assertEqual("shared/net/a.h:1: a header begins with #pragma once [pragma_once]\n", result.stdout)

    def test_says_nothing_of_a_clean_tree(self):
        result = run("--root", str(self.tree({"shared/net/a.h": "#pragma once\n"}).root), "pragma_once")
        self.assertEqual((0, "", ""), (result.returncode, result.stdout, result.stderr))

    def test_knows_its_rules(self):
        self.assertEqual(2, run("no_such_rule").returncode)

    def test_leaves_out_what_git_ignores(self):
        tree = self.tree({".gitignore": "out/\n", "out/a.h": "", "kept/a.h": ""})
        subprocess.run(["git", "init", "--quiet", tree.root], check=True)
        self.assertEqual("kept/a.h:1:", run("--root", str(tree.root), "pragma_once").stdout.split(" ")[0])
        self.assertEqual(1, run("--root", str(tree.root), "pragma_once").stdout.count("\n"))

    def test_leaves_out_the_build_folder_of_an_export(self):
        tree = self.tree({"build/dev/a.h": "", "kept/a.h": ""})
        self.assertEqual(1, run("--root", str(tree.root), "pragma_once").stdout.count("\n"))


class Rules(unittest.TestCase):
    def test_are_each_a_test_of_the_build(self):
        listed = (HERE / "CMakeLists.txt").read_text().partition("set(rules")[2].partition(")")[0].split()
        self.assertEqual(list(RULES), listed)

    def test_are_each_proven_to_fail(self):
        proofs = "".join(path.read_text() for path in HERE.glob("*_test.py"))
        self.assertEqual([], [rule for rule in RULES if f"self.found({rule}, " not in proofs])

    def test_have_their_proofs_run(self):
        listed = (HERE / "CMakeLists.txt").read_text().partition("set(proofs")[2].partition(")")[0].split()
        self.assertEqual(sorted(path.stem for path in HERE.glob("*_test.py")), listed)


if __name__ == "__main__":
    unittest.main()
