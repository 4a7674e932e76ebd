"""Proves that the scanner finds each function whole, and nothing else."""

import unittest

from scanner import cpp_functions, qml_functions, without_comments, without_comments_and_strings


def cpp(text):
    return [(function.first, function.last) for function in cpp_functions(without_comments_and_strings(text))]


def qml(text):
    return [(function.first, function.last) for function in qml_functions(text)]


class Stripping(unittest.TestCase):
    def test_keeps_every_line_and_column(self):
        text = 'int a = 1; /* {\n} */ auto s = "/* {";  // {\nint b;'
        stripped = without_comments_and_strings(text)
        self.assertEqual([len(line) for line in text.split("\n")], [len(line) for line in stripped.split("\n")])
        self.assertNotIn("{", stripped)
        self.assertEqual(text.index("int b"), stripped.index("int b"))

    def test_knows_a_separator_of_digits_from_a_character(self):
        self.assertEqual("x = 10'000; y = ' '; z = 1'0;", without_comments_and_strings("x = 10'000; y = '{'; z = 1'0;"))

    def test_knows_a_raw_string(self):
        stripped = without_comments_and_strings('auto j = R"({"a": "b // c"})"; int x;')
        self.assertNotIn("{", stripped)
        self.assertIn("int x", stripped)

    def test_can_leave_strings_alone(self):
        self.assertEqual('import "a//b"     ', without_comments('import "a//b" // c'))


class CppFunctions(unittest.TestCase):
    def test_are_found_in_namespaces_and_classes(self):
        text = """namespace n {
class C : public B {
    int f() const { return 1; }
};
int
g()
{
}
}"""
        self.assertEqual([(3, 3), (5, 8)], cpp(text))

    def test_hold_their_lambdas_and_local_types(self):
        text = """void f() {
    auto g = [](int x) {
        return x; };
    struct S { int h() { return 1; } };
}"""
        self.assertEqual([(1, 5)], cpp(text))

    def test_begin_at_the_signature_and_not_at_the_comment_or_macro_above(self):
        text = """class C {
    Q_PROPERTY(int a READ a)
public:
    // Why.
    C()
    {
    }
};"""
        self.assertEqual([(5, 7)], cpp(text))

    def test_may_have_a_list_of_initialisers_with_braces(self):
        text = """C::C(int a)
    : B(a)
    , m_b{a}
{
}"""
        self.assertEqual([(1, 5)], cpp(text))
        self.assertEqual([(1, 2)], cpp("C::C() : m_b{1} {\n}"))

    def test_may_tell_their_type_behind_an_arrow(self):
        self.assertEqual([(1, 2)], cpp("auto f() -> std::vector<int> {\n}"))

    def test_of_tests_count_like_others(self):
        self.assertEqual([(1, 3)], cpp("TEST(Suite, Reads)\n{\n}"))

    def test_are_neither_tables_nor_types_nor_macros(self):
        for text in (
            "constexpr int t[] = {\n f(1),\n};",
            "std::array x{\n C{1}};",
            "enum class E {\n A };",
            "#define M(x) \\\n { x }\n",
            "struct alignas(8) S {\n int a;\n};",
            "template <typename T, class U = int>\nstruct S {\n int m{3};\n};",
        ):
            self.assertEqual([], cpp(text), text)


class QmlFunctions(unittest.TestCase):
    def test_are_functions_handlers_and_binding_blocks(self):
        text = """Item {
    function f(a: int): int {
        if (a) {
        }
    }
    onTapped: {
    }
    width: {
        return 1;
    }
    Text {
    }
}"""
        self.assertEqual([(2, 5), (6, 7), (8, 10)], qml(text))

    def test_are_not_objects_bound_to_a_property(self):
        self.assertEqual([], qml("Item {\n property Scale s: Scale {\n  x: 1\n }\n}"))


if __name__ == "__main__":
    unittest.main()
