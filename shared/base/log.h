#pragma once

#include <QJsonValue>
#include <QString>
#include <initializer_list>
#include <utility>

namespace strop {

struct Error;

/// Structured logs: one JSON object a line on standard error, `{"time":…,"level":…,"event":…,…}`.
/// Thread-safe. Never pass a customer's name, phone, password, code or key.
namespace log {

enum class Level { Debug, Info, Warning, Error };

using Fields = std::initializer_list<std::pair<const char *, QJsonValue>>;

/// Lines below this level are dropped. Info at the start.
void setLevel(Level level);

void debug(const char *event, Fields fields = {});
void info(const char *event, Fields fields = {});
void warning(const char *event, Fields fields = {});
void error(const char *event, Fields fields = {});
void error(const char *event, const Error &cause, Fields fields = {});

/// Sends Qt's own messages (qWarning in a library, QML warnings) through the same lines.
void captureQtMessages();

} // namespace log
} // namespace strop
