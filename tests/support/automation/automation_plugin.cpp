#include "tests/support/automation/automation_server.h"

#include <QGenericPlugin>

namespace strop::automation {

/// Loaded into the real programs from outside, so that they hold no test code:
/// QT_QPA_GENERIC_PLUGINS=strop_automation:<socket> QT_PLUGIN_PATH=<build>/tests/plugins
class AutomationPlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "automation.json")
public:
    QObject *create(const QString &, const QString &socketPath) override
    {
        return new AutomationServer(socketPath);
    }
};

} // namespace strop::automation

#include "automation_plugin.moc"
