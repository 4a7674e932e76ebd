"""Holds the tree to its style and its layers: python3 tidy.py [--root DIR] [RULE…]

Prints each offence as path:line: what is wrong [rule]. Exits with 1 if there is one.
"""

import argparse
import sys
from pathlib import Path

import cycles
import files
import folder_map
import habits
import layers
import output
import private_data
import qml_border
import qml_values
import sizes
from tree import Tree

RULES = {
    rule.__name__: rule
    for rule in (
        sizes.file_length,
        sizes.function_length,
        layers.layers,
        cycles.cycles,
        folder_map.folder_map,
        output.raw_log,
        output.raw_output,
        qml_border.context_property,
        qml_border.typed_border,
        qml_values.raw_colour,
        qml_values.raw_size,
        private_data.machine_path,
        private_data.secret,
        habits.singleton,
        habits.using_namespace,
        habits.pragma_once,
        habits.sleep,
        habits.unfinished,
        files.whitespace,
        files.file_name,
    )
}


def main():
    what = "\n".join(f"  {name:17} {rule.__doc__.splitlines()[0]}" for name, rule in RULES.items())
    parser = argparse.ArgumentParser(
        description="Holds the tree to its style and its layers.",
        epilog="Each rule finds:\n" + what,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2], help="the tree to look at")
    parser.add_argument("rules", nargs="*", metavar="RULE", help="the rules to apply; default: all")
    arguments = parser.parse_args()
    for name in arguments.rules:
        if name not in RULES:
            parser.error(f"there is no rule {name}")

    tree = Tree(arguments.root)
    found = 0
    for name in arguments.rules or RULES:
        for offence in sorted(RULES[name](tree)):
            print(f"{offence} [{name}]")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
