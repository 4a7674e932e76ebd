import unittest

from fixture import RuleTest
from folder_map import MAP, folder_map


def tree(map_text):
    return {
        MAP: f"# Strop\n\n{map_text}\n\n## After\n- `not/here`\n",
        "shared/CMakeLists.txt": "",
        "shared/sync/outbox.h": "",
        "tests/unit/sync/outbox_test.cpp": "",
    }


class FolderMap(RuleTest):
    def test_reads_rows_and_items(self):
        text = "## The map\n| Folder | |\n| `shared/sync` | … |\n- `tests/unit/**`: mirrors"
        self.assert_clean(folder_map, tree(text))

    def test_fails_on_a_folder_without_a_line(self):
        text = "## The map\n| `shared/sync` |\n| `tests/unit` |"
        self.assertEqual(["tests/unit/sync"], self.found(folder_map, tree(text)))

    def test_fails_on_a_line_without_a_folder(self):
        text = "## The map\n| `shared/sync` |\n| `tests/**` |\n| `shared/gone` |"
        self.assertEqual([f"{MAP}:6"], self.found(folder_map, tree(text)))

    def test_fails_without_a_map(self):
        self.assertEqual([MAP], self.found(folder_map, tree("## Another heading")))


if __name__ == "__main__":
    unittest.main()
