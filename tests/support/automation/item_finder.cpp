#include "tests/support/automation/item_finder.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QJsonArray>
#include <QQuickItem>
#include <QQuickWindow>

namespace strop::automation {
namespace {

void collect(QQuickItem *item, const std::function<void(QQuickItem *)> &visit)
{
    if (!item->isVisible() || item->opacity() <= 0)
        return;
    visit(item);
    for (QQuickItem *child : item->childItems())
        collect(child, visit);
}

bool onScreen(QQuickItem *item)
{
    const QPointF centre = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    return item->width() > 0 && item->height() > 0 &&
           QRectF(QPointF(0, 0), QSizeF(item->window()->size())).contains(centre);
}

QQuickItem *scrollerAround(QQuickItem *item)
{
    QQuickItem *around = item->parentItem();
    while (around && !around->inherits("QQuickFlickable"))
        around = around->parentItem();
    return around;
}

bool canBeSeen(QQuickItem *item)
{
    QQuickItem *scroller = scrollerAround(item);
    return item->width() > 0 && item->height() > 0 && (onScreen(item) || (scroller && onScreen(scroller)));
}

/// Moves the content along one axis so that `centre`, in the scroller's coordinates, comes to its middle.
void scroll(QQuickItem *scroller, const char *position, qreal centre, qreal visible, qreal content)
{
    if (centre >= 0 && centre < visible)
        return;
    const qreal wanted = scroller->property(position).toReal() + centre - visible / 2;
    scroller->setProperty(position, qBound(0.0, wanted, qMax(0.0, content - visible)));
}

bool matches(QQuickItem *item, const QJsonObject &target)
{
    if (target.contains(QStringLiteral("name")))
        return item->objectName() == target.value(QStringLiteral("name")).toString();
    if (target.contains(QStringLiteral("accessible")))
        return accessibleNameOf(item) == target.value(QStringLiteral("accessible")).toString();
    if (target.contains(QStringLiteral("containing")))
        return item->property("text").toString().contains(
            target.value(QStringLiteral("containing")).toString());
    return !target.value(QStringLiteral("text")).toString().isEmpty() &&
           item->property("text").toString() == target.value(QStringLiteral("text")).toString();
}

} // namespace

QQuickWindow *appWindow()
{
    for (QWindow *window : QGuiApplication::topLevelWindows()) {
        if (auto *quick = qobject_cast<QQuickWindow *>(window); quick && quick->isVisible())
            return quick;
    }
    return nullptr;
}

QList<QQuickItem *> visibleItems(const QJsonObject &target)
{
    QList<QQuickItem *> found;
    if (QQuickWindow *window = appWindow()) {
        collect(window->contentItem(), [&](QQuickItem *item) {
            if (matches(item, target) && canBeSeen(item))
                found.append(item);
        });
    }
    return found;
}

Result<QQuickItem *> findItem(const QJsonObject &target)
{
    const QList<QQuickItem *> found = visibleItems(target);
    const int index = target.value(QStringLiteral("index")).toInt();
    if (index < found.size())
        return found.at(index);
    QStringList there;
    for (const QJsonValue &one : describeAll())
        there << one.toObject().value(QStringLiteral("name")).toString() + u'=' +
                     one.toObject().value(QStringLiteral("text")).toString();
    return fail(
        ErrorCode::NotFound,
        QStringLiteral("Nothing visible matches. There are: %1").arg(there.join(QStringLiteral("; "))));
}

void reveal(QQuickItem *item)
{
    for (QQuickItem *scroller = scrollerAround(item); scroller; scroller = scrollerAround(scroller)) {
        const QPointF centre = item->mapToItem(scroller, QPointF(item->width() / 2, item->height() / 2));
        scroll(scroller, "contentX", centre.x(), scroller->width(),
               scroller->property("contentWidth").toReal());
        scroll(scroller, "contentY", centre.y(), scroller->height(),
               scroller->property("contentHeight").toReal());
    }
}

QString textOf(QQuickItem *item)
{
    const QString text = item->property("text").toString();
    return text.isEmpty() ? accessibleNameOf(item) : text;
}

QString accessibleNameOf(QQuickItem *item)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(item);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

QJsonObject describe(QQuickItem *item)
{
    const QPointF at = item->mapToScene(QPointF(0, 0));
    return {{QStringLiteral("name"), item->objectName()},
            {QStringLiteral("text"), textOf(item)},
            {QStringLiteral("x"), at.x()},
            {QStringLiteral("y"), at.y()},
            {QStringLiteral("width"), item->width()},
            {QStringLiteral("height"), item->height()},
            {QStringLiteral("enabled"), item->isEnabled()},
            {QStringLiteral("focus"), item->hasActiveFocus()}};
}

QJsonArray describeAll()
{
    QJsonArray all;
    if (QQuickWindow *window = appWindow()) {
        collect(window->contentItem(), [&](QQuickItem *item) {
            if (onScreen(item) &&
                (!item->objectName().isEmpty() || !item->property("text").toString().isEmpty()))
                all.append(describe(item));
        });
    }
    return all;
}

} // namespace strop::automation
