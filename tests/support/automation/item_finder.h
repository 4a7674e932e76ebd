#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QList>

class QQuickItem;
class QQuickWindow;

namespace strop::automation {

/// The window of the application under test; none before it is shown.
[[nodiscard]] QQuickWindow *appWindow();

/// What a person could see of a target, {"name"|"accessible"|"text": …, "index": n}, in the order of the
/// scene. Items count only when they and all their parents are visible, and their centre lies in the window
/// or can be scrolled there.
[[nodiscard]] QList<QQuickItem *> visibleItems(const QJsonObject &target);

/// The one that is meant. NotFound lists what is there instead.
[[nodiscard]] Result<QQuickItem *> findItem(const QJsonObject &target);

/// Scrolls what is around an item until its centre is in sight, as a person would.
void reveal(QQuickItem *item);

/// The text that an item shows, or its accessible name.
[[nodiscard]] QString textOf(QQuickItem *item);
[[nodiscard]] QString accessibleNameOf(QQuickItem *item);

/// Geometry, texts and state.
[[nodiscard]] QJsonObject describe(QQuickItem *item);

/// Every visible item with a name or a text.
[[nodiscard]] QJsonArray describeAll();

} // namespace strop::automation
