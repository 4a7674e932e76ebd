#include "shared/base/log.h"

#include "shared/base/result.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <atomic>
#include <cstdio>

namespace strop::log {
namespace {

std::atomic<Level> threshold{Level::Info};

constexpr const char *levelNames[] = {"debug", "info", "warning", "error"};

void write(Level level, const char *event, QJsonObject line)
{
    if (level < threshold.load(std::memory_order_relaxed))
        return;
    line.insert(QLatin1String("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    line.insert(QLatin1String("level"), QLatin1String(levelNames[int(level)]));
    line.insert(QLatin1String("event"), QLatin1String(event));
    QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact);
    text += '\n';
    // One fwrite a line: stdio locks the stream, so lines of several threads never mix.
    std::fwrite(text.constData(), 1, size_t(text.size()), stderr);
}

QJsonObject toObject(Fields fields)
{
    QJsonObject object;
    for (const auto &[key, value] : fields)
        object.insert(QLatin1String(key), value);
    return object;
}

void fromQt(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const Level level = type == QtDebugMsg     ? Level::Debug
                        : type == QtInfoMsg    ? Level::Info
                        : type == QtWarningMsg ? Level::Warning
                                               : Level::Error;
    write(level, "qt", toObject({{"category", QLatin1String(context.category)}, {"message", text}}));
}

} // namespace

void setLevel(Level level)
{
    threshold.store(level, std::memory_order_relaxed);
}

void debug(const char *event, Fields fields)
{
    write(Level::Debug, event, toObject(fields));
}

void info(const char *event, Fields fields)
{
    write(Level::Info, event, toObject(fields));
}

void warning(const char *event, Fields fields)
{
    write(Level::Warning, event, toObject(fields));
}

void error(const char *event, Fields fields)
{
    write(Level::Error, event, toObject(fields));
}

void error(const char *event, const Error &cause, Fields fields)
{
    QJsonObject line = toObject(fields);
    line.insert(QLatin1String("code"), errorCodeName(cause.code));
    line.insert(QLatin1String("message"), cause.message);
    if (!cause.detail.isEmpty())
        line.insert(QLatin1String("detail"), cause.detail);
    write(Level::Error, event, std::move(line));
}

void captureQtMessages()
{
    qInstallMessageHandler(fromQt);
}

} // namespace strop::log
