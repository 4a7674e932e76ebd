#include <QAccessible>
#include <QQmlEngine>
#include <QStandardPaths>
#include <QtQuickTest>

/// What every test program needs before its first page.
class Setup final : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void applicationAvailable()
    {
        QStandardPaths::setTestModeEnabled(true);
        // As a screen reader does: the controls fill in what they tell it only while somebody listens.
        QAccessible::setActive(true);
    }
    void qmlEngineAvailable(QQmlEngine *engine) { engine->addImportPath(QStringLiteral("qrc:/qt/qml")); }
};

QUICK_TEST_MAIN_WITH_SETUP(strop, Setup)

#include "main.moc"
