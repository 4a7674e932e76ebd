import unittest

from fixture import RuleTest
from sizes import file_length, function_length


def lines(count):
    return "\n" * count


class FileLength(RuleTest):
    def test_fails_above_the_most_of_each_kind(self):
        files = {f"folder/ok_{i}{ending}": lines(1) for i in range(30) for ending in (".cpp", ".qml")}
        self.assert_clean(file_length, files | {"folder/a.cpp": lines(600), "folder/A.qml": lines(300)})
        self.assertEqual(["folder/a.cpp"], self.found(file_length, files | {"folder/a.cpp": lines(601)}))
        self.assertEqual(["folder/A.qml"], self.found(file_length, files | {"folder/A.qml": lines(301)}))

    def test_fails_when_more_than_one_in_twenty_comes_close(self):
        files = {f"folder/ok_{i}.h": lines(1) for i in range(19)}
        self.assert_clean(file_length, files | {"folder/a.h": lines(251)})
        more = {"folder/a.h": lines(251), "folder/b.h": lines(252)}
        self.assertEqual(["folder/a.h"], self.found(file_length, files | more))

    def test_fails_on_a_main_that_does_work(self):
        self.assert_clean(file_length, {"folder/main.cpp": lines(80)})
        self.assertEqual(["folder/main.cpp"], self.found(file_length, {"folder/main.cpp": lines(81)}))


class FunctionLength(RuleTest):
    def test_fails_on_a_long_function_of_cpp(self):
        self.assert_clean(function_length, {"a.cpp": "void f() {" + lines(69) + "}\n"})
        self.assertEqual(["a.cpp:2"], self.found(function_length, {"a.cpp": "\nvoid f() {" + lines(70) + "}\n"}))

    def test_fails_on_a_long_function_of_qml(self):
        text = "Item {\n function f() {" + lines(70) + "}\n}\n"
        self.assertEqual(["A.qml:2"], self.found(function_length, {"A.qml": text}))


if __name__ == "__main__":
    unittest.main()
