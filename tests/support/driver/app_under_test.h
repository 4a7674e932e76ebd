#pragma once

#include "tests/support/driver/program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTemporaryDir>

namespace strop::test {

/// Which item is meant.
struct Target
{
    QJsonObject json;

    static Target named(const QString &objectName, int index = 0)
    {
        return {{{QStringLiteral("name"), objectName}, {QStringLiteral("index"), index}}};
    }
    static Target text(const QString &text, int index = 0)
    {
        return {{{QStringLiteral("text"), text}, {QStringLiteral("index"), index}}};
    }
    static Target containing(const QString &text) { return {{{QStringLiteral("containing"), text}}}; }
    static Target accessible(const QString &name) { return {{{QStringLiteral("accessible"), name}}}; }
};

/// A real Qt Quick program with the automation plugin in it, driven through its real window. Blocking calls,
/// each of which answers with what went wrong. Ends with this object.
class AppUnderTest
{
public:
    /// Without `visible` the program draws offscreen.
    AppUnderTest(const Programs &programs, const char *program, const QStringList &arguments,
                 bool visible = false);
    ~AppUnderTest();

    Result<void> start();

    /// The end that closing the window is; InvalidArgument for an exit code other than 0. kill() is SIGKILL,
    /// in the middle of whatever it does.
    Result<void> quit();
    void kill();

    Result<void> tap(const Target &target);
    Result<void> drag(const Target &target, int dx, int dy);
    Result<void> type(const QString &text);
    Result<void> key(const QString &key);
    Result<void> waitFor(const Target &target, int timeoutMs = 10'000);
    Result<void> waitUntilGone(const Target &target, int timeoutMs = 10'000);
    Result<QString> text(const Target &target);
    Result<QJsonValue> property(const Target &target, const QString &property);
    Result<QJsonArray> find(const Target &target);
    Result<QJsonObject> focusItem();
    Result<QJsonArray> tree();
    Result<void> grab(const QString &path);
    Result<void> resize(int width, int height);

    /// Taps a field and replaces what is in it.
    Result<void> fill(const QString &objectName, const QString &text);

    /// Calls `finished` when the program ends by itself. For a caller with an event loop.
    void whenFinished(std::function<void()> finished);

    /// What it wrote to standard error.
    [[nodiscard]] QByteArray log();

private:
    Result<QJsonObject> ask(const char *what, QJsonObject request = {}, int timeoutMs = 20'000);
    Result<void> tell(const char *what, QJsonObject request = {}, int timeoutMs = 20'000);

    QString m_program;
    QStringList m_arguments;
    QTemporaryDir m_folder;
    QProcess m_process;
    QLocalSocket m_socket;
    QByteArray m_log;
};

} // namespace strop::test
