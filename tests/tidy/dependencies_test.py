"""Layers and cycles."""

import unittest

from cycles import cycles
from fixture import RuleTest
from layers import TABLE, layers

TABLE_TEXT = """
[uses]
"shared/base" = []
"shared/net" = ["shared/base"]
"client/*" = ["shared/net"]
"client/app" = ["client/*"]
"qml/Desktop" = ["client/app"]
"""

FOLDERS = {
    TABLE: TABLE_TEXT,
    "shared/base/base.h": "",
    "shared/net/net.h": "",
    "client/app/CMakeLists.txt": "strop_qml_module(client_app URI Strop.Client.App)",
    "client/app/app.h": "",
    "client/calendar/CMakeLists.txt": "strop_qml_module(\n  client_calendar\n  URI Strop.Client.Calendar)",
    "client/calendar/calendar.h": "",
    "client/devices/devices.h": "",
    "qml/Desktop/Main.qml": "import QtQuick\n",
}


class Layering(RuleTest):
    def found_with(self, path, text):
        return self.found(layers, FOLDERS | {path: text})

    def test_lets_a_folder_use_what_is_below_through_others_too(self):
        self.assert_clean(layers, FOLDERS | {"client/calendar/a.cpp": '#include "shared/base/base.h"\n'})
        self.assert_clean(layers, FOLDERS | {"client/app/a.cpp": '#include "client/calendar/calendar.h"\n'})

    def test_fails_on_an_include_from_above(self):
        self.assertEqual(["shared/base/a.h:2"], self.found_with("shared/base/a.h", '\n#include "shared/net/net.h"\n'))

    def test_fails_on_a_sibling_feature(self):
        text = '#include "client/devices/devices.h"\n'
        self.assertEqual(["client/calendar/a.cpp:1"], self.found_with("client/calendar/a.cpp", text))

    def test_fails_on_a_qml_module_that_the_folder_may_not_import(self):
        self.assert_clean(layers, FOLDERS | {"qml/Desktop/A.qml": "import Strop.Client.Calendar\n"})
        text = "import Strop.Client.App\n"
        self.assertEqual(["client/devices/A.qml:1"], self.found_with("client/devices/A.qml", text))

    def test_fails_on_a_folder_without_a_line_and_a_line_without_a_folder(self):
        self.assertEqual(["server/hub"], self.found_with("server/hub/hub.h", ""))
        self.assertEqual([TABLE], self.found_with(TABLE, TABLE_TEXT + '"shared/gone" = []\n'))

    def test_fails_on_an_include_that_is_not_written_from_the_root(self):
        self.assertEqual(["shared/net/a.cpp:1"], self.found_with("shared/net/a.cpp", '#include "net.h"\n'))
        self.assert_clean(layers, FOLDERS | {"shared/net/a.cpp": '// #include "net.h"\n#include "a.moc"\n'})


class Cycles(RuleTest):
    def test_fails_on_files_that_include_each_other(self):
        files = {"a/a.h": '#include "a/b.h"\n', "a/b.h": '#include "a/c.h"\n', "a/c.h": '#include "a/a.h"\n'}
        self.assertEqual(["a/a.h"], self.found(cycles, files))
        self.assert_clean(cycles, files | {"a/c.h": ""})

    def test_fails_on_folders_that_include_each_other_through_other_files(self):
        files = {"a/a.h": '#include "b/b.h"\n', "a/leaf.h": "", "b/b.h": "", "b/other.h": '#include "a/leaf.h"\n'}
        self.assertEqual(["a"], self.found(cycles, files))
        self.assert_clean(cycles, files | {"b/other.h": ""})


if __name__ == "__main__":
    unittest.main()
