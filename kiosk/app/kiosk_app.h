#pragma once

#include "kiosk/booking/booking_flow.h"
#include "kiosk/device/connection_status.h"
#include "kiosk/device/idle_guard.h"
#include "kiosk/device/kiosk_pairing.h"

namespace strop::kiosk {

/// The kiosk's composition root, as QML sees it: pairing while the folder is not paired or the server does
/// not let this kiosk in any more, then the booking flow over the replica. Lives on the UI thread.
class KioskApp final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by main.")

    Q_PROPERTY(Stage stage READ stage NOTIFY stageChanged)

    /// Why the data could not be opened, or why the server refuses this kiosk, and what to do.
    Q_PROPERTY(QString failure READ failure NOTIFY stageChanged)

    Q_PROPERTY(strop::kiosk::KioskPairing *pairing READ pairing CONSTANT)
    Q_PROPERTY(strop::kiosk::BookingFlow *flow READ flow NOTIFY stageChanged)
    Q_PROPERTY(strop::kiosk::ConnectionStatus *connection READ connection NOTIFY stageChanged)
    Q_PROPERTY(strop::kiosk::IdleGuard *idle READ idle CONSTANT)

public:
    enum class Stage { Unpaired, Running, Refused, Failed };
    Q_ENUM(Stage)

    KioskApp(const QString &folder, const QString &server, const Clock &clock, Random &random);

    /// Opens the folder if it is paired.
    void start();

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] KioskPairing *pairing() { return &m_pairing; }
    [[nodiscard]] BookingFlow *flow() const { return m_screens ? &m_screens->flow : nullptr; }
    [[nodiscard]] ConnectionStatus *connection() const
    {
        return m_screens ? &m_screens->connection : nullptr;
    }
    [[nodiscard]] IdleGuard *idle() { return &m_idle; }

Q_SIGNALS:
    void stageChanged();

private:
    /// Everything that needs a paired folder.
    struct Screens
    {
        Screens(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                Random &random);

        net::ReplicaHost host;
        net::ShopCatalogue catalogue;
        BookingFlow flow;
        ConnectionStatus connection;
    };

    void run(const sync::DeviceIdentity &identity);
    void watchRefusal();
    void fail(const Error &error);

    QString m_folder;
    const Clock &m_clock;
    Random &m_random;
    Stage m_stage = Stage::Unpaired;
    QString m_failure;
    KioskPairing m_pairing;
    IdleGuard m_idle;
    std::unique_ptr<Screens> m_screens;
};

} // namespace strop::kiosk
