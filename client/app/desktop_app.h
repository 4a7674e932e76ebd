#pragma once

#include "client/calendar/calendar_view_model.h"
#include "client/devices/devices_view_model.h"
#include "client/onboarding/onboarding_view_model.h"
#include "client/onboarding/shop_starter.h"
#include "client/sync_status/sync_status_view_model.h"

namespace strop::client {

/// The desktop's composition root, as QML sees it: the first run while the folder is not paired, then the
/// view-models over the replica. Lives on the UI thread.
class DesktopApp final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by main.")

    Q_PROPERTY(Stage stage READ stage NOTIFY stageChanged)

    /// Why the data could not be opened, and what to do.
    Q_PROPERTY(QString failure READ failure NOTIFY stageChanged)

    Q_PROPERTY(strop::client::OnboardingViewModel *onboarding READ onboarding CONSTANT)
    Q_PROPERTY(strop::client::CalendarViewModel *calendar READ calendar NOTIFY stageChanged)
    Q_PROPERTY(strop::client::SyncStatusViewModel *syncStatus READ syncStatus NOTIFY stageChanged)
    Q_PROPERTY(strop::client::DevicesViewModel *devices READ devices NOTIFY stageChanged)

public:
    enum class Stage { FirstRun, Running, Failed };
    Q_ENUM(Stage)

    /// `folder` holds the device's data; `server` is the address proposed on the first run.
    DesktopApp(const QString &folder, const QString &server, const Clock &clock, Random &random);

    /// Opens the folder if it is paired.
    void start();

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] OnboardingViewModel *onboarding() { return &m_onboarding; }
    [[nodiscard]] CalendarViewModel *calendar() const { return m_screens ? &m_screens->calendar : nullptr; }
    [[nodiscard]] SyncStatusViewModel *syncStatus() const
    {
        return m_screens ? &m_screens->syncStatus : nullptr;
    }
    [[nodiscard]] DevicesViewModel *devices() const { return m_screens ? &m_screens->devices : nullptr; }

Q_SIGNALS:
    void stageChanged();

private:
    /// Everything that needs a paired folder.
    struct Screens
    {
        Screens(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                Random &random);

        net::ReplicaHost host;
        ShopStarter starter;
        net::ShopCatalogue catalogue;
        CalendarViewModel calendar;
        SyncStatusViewModel syncStatus;
        DevicesViewModel devices;
    };

    void run(const sync::DeviceIdentity &identity, const std::vector<mutators::Mutation> &writes);
    void fail(const Error &error);

    QString m_folder;
    const Clock &m_clock;
    Random &m_random;
    Stage m_stage = Stage::FirstRun;
    QString m_failure;
    OnboardingViewModel m_onboarding;
    std::unique_ptr<Screens> m_screens;
};

} // namespace strop::client
