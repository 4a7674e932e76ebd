#include "tests/support/automation/commands.h"

#include "tests/support/automation/item_finder.h"

#include <QJsonArray>
#include <QKeySequence>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

namespace strop::automation {
namespace {

QJsonObject targetOf(const QJsonObject &request)
{
    return request.value(QStringLiteral("target")).toObject();
}

QPoint centreOf(QQuickItem *item)
{
    return item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint();
}

Result<QJsonObject> tap(const QJsonObject &request)
{
    STROP_TRY_ASSIGN(QQuickItem * item, findItem(targetOf(request)));
    if (!item->isEnabled())
        return fail(ErrorCode::Conflict, QStringLiteral("\"%1\" is disabled.").arg(textOf(item)));
    reveal(item);
    QTest::mouseClick(item->window(), Qt::LeftButton, Qt::NoModifier, centreOf(item));
    return QJsonObject();
}

Result<QJsonObject> drag(const QJsonObject &request)
{
    STROP_TRY_ASSIGN(QQuickItem * item, findItem(targetOf(request)));
    reveal(item);
    QQuickWindow *window = item->window();
    const QPoint from = centreOf(item);
    const QPoint by(request.value(QStringLiteral("dx")).toInt(), request.value(QStringLiteral("dy")).toInt());
    const int steps = qBound(2, request.value(QStringLiteral("steps")).toInt(8), 100);
    QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, from);
    for (int step = 1; step <= steps; ++step)
        QTest::mouseMove(window, from + by * step / steps);
    QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, from + by);
    return QJsonObject();
}

Result<QJsonObject> type(const QJsonObject &request)
{
    QQuickWindow *window = appWindow();
    if (!window || !window->activeFocusItem())
        return fail(ErrorCode::Conflict, QStringLiteral("Nothing has the focus."));
    for (const QChar &letter : request.value(QStringLiteral("text")).toString())
        QTest::sendKeyEvent(QTest::Click, window, Qt::Key_unknown, QString(letter), Qt::NoModifier);
    return QJsonObject();
}

Result<QJsonObject> key(const QJsonObject &request)
{
    QQuickWindow *window = appWindow();
    const QKeySequence sequence(request.value(QStringLiteral("key")).toString(), QKeySequence::PortableText);
    if (!window || sequence.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no window or no such key."));
    const QKeyCombination one = sequence[0];
    QTest::keyClick(window, one.key(), one.keyboardModifiers());
    return QJsonObject();
}

Result<QJsonObject> text(const QJsonObject &request)
{
    STROP_TRY_ASSIGN(QQuickItem * item, findItem(targetOf(request)));
    return QJsonObject{{QStringLiteral("text"), textOf(item)}};
}

Result<QJsonObject> find(const QJsonObject &request)
{
    QJsonArray items;
    for (QQuickItem *item : visibleItems(targetOf(request)))
        items.append(describe(item));
    return QJsonObject{{QStringLiteral("items"), items}};
}

Result<QJsonObject> property(const QJsonObject &request)
{
    STROP_TRY_ASSIGN(QQuickItem * item, findItem(targetOf(request)));
    const QByteArray name = request.value(QStringLiteral("property")).toString().toUtf8();
    return QJsonObject{{QStringLiteral("value"), QJsonValue::fromVariant(item->property(name.constData()))}};
}

Result<QJsonObject> focus(const QJsonObject &)
{
    QQuickWindow *window = appWindow();
    QQuickItem *item = window ? window->activeFocusItem() : nullptr;
    return QJsonObject{{QStringLiteral("item"), item ? describe(item) : QJsonObject()}};
}

Result<QJsonObject> grab(const QJsonObject &request)
{
    const QString path = request.value(QStringLiteral("path")).toString();
    QQuickWindow *window = appWindow();
    if (!window || !window->grabWindow().save(path))
        return fail(ErrorCode::StorageFailure,
                    QStringLiteral("The picture %1 could not be written.").arg(path));
    return QJsonObject();
}

Result<QJsonObject> resize(const QJsonObject &request)
{
    if (QQuickWindow *window = appWindow())
        window->resize(request.value(QStringLiteral("width")).toInt(),
                       request.value(QStringLiteral("height")).toInt());
    return QJsonObject();
}

Result<QJsonObject> tree(const QJsonObject &)
{
    return QJsonObject{{QStringLiteral("items"), describeAll()}};
}

struct Command
{
    const char *name;
    Result<QJsonObject> (*run)(const QJsonObject &request);
};

constexpr Command commands[] = {{"tap", tap},   {"drag", drag},     {"type", type},         {"key", key},
                                {"text", text}, {"find", find},     {"property", property}, {"focus", focus},
                                {"grab", grab}, {"resize", resize}, {"tree", tree}};

} // namespace

Result<QJsonObject> runCommand(const QJsonObject &request)
{
    const QString name = request.value(QStringLiteral("do")).toString();
    for (const Command &command : commands) {
        if (name == QLatin1String(command.name))
            return command.run(request);
    }
    return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no command \"%1\".").arg(name));
}

} // namespace strop::automation
