"""Output, private data, habits and the look of files. What would offend here is written in two halves."""

import unittest

from files import file_name, whitespace
from fixture import RuleTest
from habits import pragma_once, singleton, sleep, unfinished, using_namespace
from output import LOG, raw_log, raw_output
from private_data import machine_path, secret


class Output(RuleTest):
    def test_fails_on_a_raw_log(self):
        for text in ('qDebug() << "x";\n', 'qWarning("x");\n', "qCCritical(all) << 1;\n"):
            self.assertEqual(["shared/net/a.cpp:1"], self.found(raw_log, {"shared/net/a.cpp": text}), text)
        self.assertEqual(["qml/A.qml:1"], self.found(raw_log, {"qml/A.qml": "onTapped: console.log(1)\n"}))

    def test_lets_the_log_catch_them_and_a_start_fail(self):
        self.assert_clean(raw_log, {LOG[0]: 'qWarning("x");\n', "a.cpp": 'qFatal("x"); log::debug("qDebug");\n'})

    def test_fails_on_raw_output_outside_a_main(self):
        for text in (
            "std::cout << 1;\n",
            'std::fprintf(stderr, "x");\n',
            "QTextStream out(stdout);\n",
            "QTextStream(stderr) << 1;\n",
        ):
            self.assertEqual(["server/hub/a.cpp:1"], self.found(raw_output, {"server/hub/a.cpp": text}), text)
            self.assert_clean(raw_output, {"server/app/main.cpp": text, "tests/bench/a.cpp": text})
        self.assert_clean(raw_output, {"a.cpp": "void print(QTextStream &out);\nstd::snprintf(b, 4, f);\n"})


class PrivateData(RuleTest):
    def test_fails_on_a_path_of_a_machine(self):
        for path in (
            "/ho" + "me/anna/x",
            "/r" + "oot/x",
            "/wo" + "rk/x",
            "/Use" + "rs/anna",
            "C:" + "\\Temp",
            "D:" + "\\\\data",
        ):
            self.assertEqual(["README.md:1"], self.found(machine_path, {"README.md": f"See {path}.\n"}), path)

    def test_lets_addresses_and_escapes_be(self):
        texts = "https://example.com/ho" + "me/x, $HOME/x, src/wo" + "rk/x, 'Verbs:\\n'\n"
        self.assert_clean(machine_path, {"a.md": texts})

    def test_fails_on_a_key(self):
        for key in (
            "AKIA" + "A" * 16,
            "ghp_" + "a" * 36,
            "-----BEGIN " + "PRIVATE KEY-----",
            "api_" + 'key = "' + "a" * 24 + '"',
        ):
            self.assertEqual(["a.txt:1"], self.found(secret, {"a.txt": key + "\n"}), key)
        self.assert_clean(secret, {"a.cpp": 'password = "short"; token: "a word, not a key, of some length"\n'})


class Habits(RuleTest):
    def test_fails_on_a_singleton(self):
        self.assertEqual(["a.h:1"], self.found(singleton, {"a.h": "static Clock &instance();\n"}))
        self.assertEqual(["a.cpp:1"], self.found(singleton, {"a.cpp": "Clock::instance().now();\n"}))
        text = "QCoreApplication::instance()->quit();\nstatic int count(int instance);\n"
        self.assert_clean(singleton, {"a.cpp": text})

    def test_fails_on_a_header_that_opens_a_namespace(self):
        self.assertEqual(["a.h:1"], self.found(using_namespace, {"a.h": "using namespace strop;\n"}))
        self.assert_clean(using_namespace, {"a.cpp": "using namespace strop;\n", "a.h": "using strop::Money;\n"})

    def test_fails_on_a_header_without_pragma_once(self):
        self.assertEqual(["a.h:1"], self.found(pragma_once, {"a.h": "#include <x>\n#pragma once\n"}))
        self.assert_clean(pragma_once, {"a.h": "// Why.\n\n#pragma once\n"})

    def test_fails_on_a_test_that_sleeps(self):
        for text in (
            "QThread::msleep(5);\n",
            "std::this_thread::sleep_for(5ms);\n",
            "QTest::qWait(5);\n",
            "wait(50)\n",
        ):
            self.assertEqual(["tests/unit/a.cpp:1"], self.found(sleep, {"tests/unit/a.cpp": text}), text)
        self.assertEqual(["tests/a.sh:1"], self.found(sleep, {"tests/a.sh": "sl" + "eep 1\n"}))
        text = "condition.wait(lock); QTRY_VERIFY(asleep());\n"
        self.assert_clean(sleep, {"tests/a.cpp": text, "a.cpp": "msleep(5);\n"})

    def test_fails_on_a_note_of_unfinished_work(self):
        self.assertEqual(["a.cpp:1"], self.found(unfinished, {"a.cpp": "// TO" + "DO later\n"}))
        self.assertEqual(["a.md:1"], self.found(unfinished, {"a.md": "FIX" + "ME\n"}))
        self.assert_clean(unfinished, {"a.sh": "mktemp strop.XXXXXX\n"})


class Files(RuleTest):
    def test_fails_on_blanks_tabs_and_a_missing_newline(self):
        self.assertEqual(["a.md:1"], self.found(whitespace, {"a.md": "word \nword\n"}))
        self.assertEqual(["a.md:1"], self.found(whitespace, {"a.md": "word\r\n"}))
        self.assertEqual(["a.cpp:2"], self.found(whitespace, {"a.cpp": "int a;\n\tint b;\n"}))
        self.assertEqual(["a.md:2"], self.found(whitespace, {"a.md": "word\nword"}))
        self.assert_clean(whitespace, {"a.cpp": "int a;\n", "empty.txt": ""})

    def test_fails_on_a_name_of_another_kind(self):
        self.assertEqual(["OpLog.cpp"], self.found(file_name, {"OpLog.cpp": ""}))
        self.assertEqual(["qml/day_grid.qml"], self.found(file_name, {"qml/day_grid.qml": ""}))
        text = "TEST(A, B)\n{\n}\n"
        self.assertEqual(["tests/tests_of_log.cpp"], self.found(file_name, {"tests/tests_of_log.cpp": text}))
        self.assert_clean(file_name, {"op_log.h": "", "qml/DayGrid.qml": "", "tests/qml/tst_button.qml": ""})


if __name__ == "__main__":
    unittest.main()
