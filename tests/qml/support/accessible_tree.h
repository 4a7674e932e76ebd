#pragma once

#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace strop::test {

/// What a screen reader finds, for tests in QML.
class AccessibleTree final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    /// Everything in a window that can be used, in order: "Button: Book", "EditableText: Phone". What is not
    /// visible is left out, and so is what is disabled by nothing but its own window. A part without a name
    /// reads "Button: ".
    Q_INVOKABLE [[nodiscard]] QStringList controls(QQuickItem *anyItem) const;

    /// Those of controls() without a name, and whatever takes the keyboard focus without one.
    Q_INVOKABLE [[nodiscard]] QStringList nameless(QQuickItem *anyItem) const;

    Q_INVOKABLE [[nodiscard]] QString nameOf(QObject *item) const;

    /// The role as Qt calls it: "Button", "PageTab".
    Q_INVOKABLE [[nodiscard]] QString roleOf(QObject *item) const;

    Q_INVOKABLE [[nodiscard]] QString descriptionOf(QObject *item) const;

    /// Presses it as a screen reader does. False when it has no such action.
    Q_INVOKABLE bool press(QObject *item) const;
};

} // namespace strop::test
