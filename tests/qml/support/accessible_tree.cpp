#include "tests/qml/support/accessible_tree.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QQuickWindow>
#include <functional>

namespace strop::test {
namespace {

using Visit = std::function<void(QAccessibleInterface &)>;

QString roleName(QAccessible::Role role)
{
    return QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
}

bool canBeUsed(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::ListItem:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
        return true;
    default:
        return false;
    }
}

void walk(QAccessibleInterface *node, const Visit &visit)
{
    if (!node || node->state().invisible)
        return;
    visit(*node);
    for (int i = 0; i < node->childCount(); ++i)
        walk(node->child(i), visit);
}

void walkItems(QQuickItem *item, const std::function<void(QQuickItem &)> &visit)
{
    if (!item->isVisible())
        return;
    visit(*item);
    for (QQuickItem *child : item->childItems())
        walkItems(child, visit);
}

} // namespace

QStringList AccessibleTree::controls(QQuickItem *anyItem) const
{
    QStringList found;
    walk(QAccessible::queryAccessibleInterface(anyItem->window()), [&](QAccessibleInterface &node) {
        if (canBeUsed(node.role()))
            found << roleName(node.role()) + QStringLiteral(": ") + node.text(QAccessible::Name);
    });
    return found;
}

QStringList AccessibleTree::nameless(QQuickItem *anyItem) const
{
    QStringList found;
    for (const QString &control : controls(anyItem)) {
        if (control.endsWith(QStringLiteral(": ")))
            found << control;
    }
    walkItems(anyItem->window()->contentItem(), [&](QQuickItem &item) {
        if (item.activeFocusOnTab() && item.isEnabled() && nameOf(&item).isEmpty())
            found << QStringLiteral("focus: %1 %2")
                         .arg(QString::fromLatin1(item.metaObject()->className()), item.objectName());
    });
    return found;
}

QString AccessibleTree::nameOf(QObject *item) const
{
    QAccessibleInterface *node = QAccessible::queryAccessibleInterface(item);
    return node ? node->text(QAccessible::Name) : QString();
}

QString AccessibleTree::roleOf(QObject *item) const
{
    QAccessibleInterface *node = QAccessible::queryAccessibleInterface(item);
    return node ? roleName(node->role()) : QString();
}

QString AccessibleTree::descriptionOf(QObject *item) const
{
    QAccessibleInterface *node = QAccessible::queryAccessibleInterface(item);
    return node ? node->text(QAccessible::Description) : QString();
}

bool AccessibleTree::press(QObject *item) const
{
    QAccessibleInterface *node = QAccessible::queryAccessibleInterface(item);
    QAccessibleActionInterface *actions = node ? node->actionInterface() : nullptr;
    if (!actions || !actions->actionNames().contains(QAccessibleActionInterface::pressAction()))
        return false;
    actions->doAction(QAccessibleActionInterface::pressAction());
    return true;
}

} // namespace strop::test
