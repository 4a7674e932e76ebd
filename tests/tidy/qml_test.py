"""What crosses to QML, and what QML may write down itself."""

import unittest

from fixture import RuleTest
from qml_border import context_property, typed_border
from qml_values import raw_colour, raw_size


class ContextProperty(RuleTest):
    def test_fails_on_one(self):
        text = 'engine.rootContext()->setContextProperty("app", &app);\n'
        self.assertEqual(["a.cpp:1"], self.found(context_property, {"a.cpp": text}))
        self.assert_clean(context_property, {"a.cpp": "// setContextProperty is for others\n"})


class TypedBorder(RuleTest):
    def test_fails_on_a_map_or_variant(self):
        for text in (
            "Q_PROPERTY(QVariantMap row READ row)\n",
            "Q_INVOKABLE [[nodiscard]] QVariantList rows(\n    int from) const;\n",
            "Q_INVOKABLE void put(const QJSValue &value);\n",
            "Q_SIGNALS: void changed(const QVariant &value);\n};\n",
        ):
            self.assertEqual(["a.h:1"], self.found(typed_border, {"a.h": text}), text)

    def test_lets_cpp_have_them(self):
        text = "Q_SIGNALS:\n void a();\npublic:\n QVariant data(int role) const;\n Q_INVOKABLE int b();\n"
        self.assert_clean(typed_border, {"a.h": text})


class RawColour(RuleTest):
    def found_in(self, text, path="qml/Controls/A.qml"):
        return self.found(raw_colour, {path: text})

    def test_fails_on_numbers_names_and_mixtures(self):
        for text in (
            'color: "#ff8800"\n',
            'border.color: "red"\n',
            'color: down ? "black" : Theme.ink\n',
            "color: Qt.rgba(0, 0, 0, 0.4)\n",
            "color: Qt.darker(Theme.ink)\n",
        ):
            self.assertEqual(["qml/Controls/A.qml:1"], self.found_in(text), text)

    def test_lets_the_theme_have_them_and_text_look_like_them(self):
        self.assertEqual([], self.found_in('color: "#ff8800"\n', "qml/Theme/Theme.qml"))
        self.assertEqual([], self.found_in('color: Theme.ink\ntext: "red" // "#ff8800"\n'))


class RawSize(RuleTest):
    def found_in(self, text, path="qml/Kiosk/A.qml"):
        return self.found(raw_size, {path: text})

    def test_fails_on_a_bare_number(self):
        for text in (
            "width: 240\n",
            "Layout.preferredHeight: 48\n",
            "anchors.leftMargin: Theme.space8 + 3\n",
            "font.pixelSize: open ? 20 : Theme.fontBody\n",
            "implicitWidth: parent.width\n    - 24\n",
            "duration: 300\n",
            "width: Math.max(120, x)\n",
        ):
            self.assertEqual(["qml/Kiosk/A.qml:1"], self.found_in(text), text)

    def test_lets_shape_and_ratio_be(self):
        for text in (
            "spacing: 0\n",
            "border.width: 2\n",
            "width: parent.width / 3 - 2 * Theme.space24\n",
            "Layout.preferredHeight: Theme.target * 2.5\n",
            "maximumLength: 12\n",
            "width: Theme.space16\nplace: 4\n",
        ):
            self.assertEqual([], self.found_in(text), text)

    def test_lets_the_window_and_the_theme_have_them(self):
        self.assertEqual([], self.found_in("width: 1280\nminimumHeight: 480\n", "qml/Desktop/Main.qml"))
        self.assertEqual(["qml/Desktop/Main.qml:1"], self.found_in("spacing: 12\n", "qml/Desktop/Main.qml"))
        self.assertEqual([], self.found_in("readonly property int railWidth: 96\n", "qml/Theme/Theme.qml"))


if __name__ == "__main__":
    unittest.main()
