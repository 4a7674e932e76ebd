#pragma once

#include "tests/unit/paired_folder.h"
#include "tests/unit/virtual_clock.h"

#include <QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

namespace strop::test {

/// An application under test with a folder and a clock of its own. The clock stands at ten o'clock on a
/// Tuesday in Madrid, and no server is in reach.
class TestDevice : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    QML_ELEMENT
    QML_UNCREATABLE("Create a TestDesktop or a TestKiosk.")

    /// What the application finds. Set at creation.
    Q_PROPERTY(Scene scene MEMBER m_scene)

public:
    enum class Scene {
        Usual,     ///< The Madrid shop with today's diary.
        Unpaired,  ///< A fresh folder.
        Unsent,    ///< Paired, but nothing has come from the server yet.
        NoBarbers, ///< A shop without anybody to work in it.
        Refused,   ///< The usual, with a write that the server refused and one that waits.
        TooNew,    ///< A folder that a newer program wrote.
    };
    Q_ENUM(Scene)

    Q_INVOKABLE void passMinutes(int minutes) { m_clock.pass(std::chrono::minutes(minutes)); }

protected:
    explicit TestDevice(Role role);

    [[nodiscard]] QString folder() const { return m_paired ? m_paired->path() : m_fresh.path(); }
    virtual void start() = 0;

    /// Nobody listens there.
    const QString m_server = QStringLiteral("http://127.0.0.1:1");
    VirtualClock m_clock;
    SystemRandom m_random;

private:
    void classBegin() override {}
    void componentComplete() override;
    void prepare();

    const Role m_role;
    Scene m_scene = Scene::Usual;
    const QTemporaryDir m_fresh;
    std::unique_ptr<PairedFolder> m_paired;
};

} // namespace strop::test
