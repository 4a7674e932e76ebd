#pragma once

#include "shared/base/result.h"

#include <QJsonObject>

namespace strop::automation {

/// Does what a request asks for, at once: {"do":
/// "tap"|"drag"|"type"|"key"|"text"|"find"|"property"|"focus"|"grab"|"resize"| "tree", …}. Input goes the way
/// of the platform's own events.
[[nodiscard]] Result<QJsonObject> runCommand(const QJsonObject &request);

} // namespace strop::automation
