#pragma once

#include "shared/mutators/customer_card.h"
#include "shared/net/backoff.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/session.h"
#include "tests/support/fake_world/fake_server.h"
#include "tests/support/fake_world/fake_shop.h"

#include <map>
#include <set>

namespace strop::test {

/// The real replica and session of a desktop or a kiosk over a real folder, on virtual time. Connects and
/// connects again as net::SyncConnection does.
class FakeDevice final : private sync::Link
{
public:
    /// `time` and `server` outlive the device.
    FakeDevice(EventQueue &time, FakeServer &server, const QString &folder, sync::DeviceIdentity identity,
               Instant wall, quint64 seed);
    ~FakeDevice() override;

    // Its life

    Result<void> start();
    void stop();
    void kill(); ///< SIGKILL: what is in memory is gone, what was written is there.
    [[nodiscard]] bool isRunning() const { return m_replica != nullptr; }

    // What people do at it. An id or a success means that it was confirmed to them.

    Result<qint64> mutate(const mutators::Mutation &mutation);
    template <typename Args>
    Result<qint64> write(const Args &args)
    {
        return mutate(mutators::makeMutation(args));
    }

    /// Books a cut; at a kiosk for a guest of its own.
    Result<AppointmentId> book(StaffId barber, Instant start);

    /// Books a cut at a kiosk for somebody, sealed, as the booking flow does.
    Result<AppointmentId> bookFor(const mutators::CustomerCard &guest, StaffId barber, Instant start);
    Result<qint64> move(AppointmentId appointment, StaffId barber, Instant start);
    Result<qint64> cancel(AppointmentId appointment);
    Result<void> dismissRejection(qint64 id);
    void request(const QString &method, const QCborMap &arguments, sync::Session::Answer answer);

    // Its network

    void goOffline();
    void goOnline();
    void cutConnection();
    void hold(End from); ///< Messages pile up in that direction.
    void release(End from);
    void fallSilent(); ///< A dead router: nobody hears anything, nobody is told.
    void speakAgain();
    [[nodiscard]] Network &network() { return *m_network; }

    // What it holds. Only while it runs.

    [[nodiscard]] sync::Replica &replica() { return *m_replica; }
    [[nodiscard]] sync::Session &session() { return *m_session; }
    [[nodiscard]] const std::vector<sync::Rejection> &rejections();
    [[nodiscard]] std::optional<domain::Appointment> appointment(AppointmentId id);
    [[nodiscard]] bool isConnected() const { return m_connection != nullptr; }
    [[nodiscard]] bool isQuiet() const { return !m_connection || m_connection->isQuiet(); }

    /// Set when the server refused it for good; it does not connect any more.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

    /// Why connections have ended, the newest last.
    [[nodiscard]] const std::vector<Error> &interruptions() const { return m_interruptions; }

    /// How many messages of a kind the server has sent it.
    template <typename Kind>
    [[nodiscard]] int heard() const
    {
        return int(std::count_if(m_heard.begin(), m_heard.end(), [](const protocol::Message &one) {
            return std::holds_alternative<Kind>(one);
        }));
    }

    [[nodiscard]] const sync::DeviceIdentity &identity() const { return m_identity; }
    [[nodiscard]] DeviceId id() const { return m_identity.enrolment.device; }
    [[nodiscard]] Role role() const { return m_identity.enrolment.role; }
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] VirtualClock &clock() { return m_clock; }

    /// Every write that was confirmed to somebody, by its uuid, in its canonical bytes. Outlives kills.
    [[nodiscard]] const std::map<Uuid, QByteArray> &acknowledged() const { return m_acknowledged; }

    /// Those of its writes whose rejection somebody has dealt with.
    [[nodiscard]] const std::set<Uuid> &dismissed() const { return m_dismissed; }

    /// Every identity that it had, the present one last.
    [[nodiscard]] const std::vector<DeviceId> &identities() const { return m_identities; }

private:
    void send(const QByteArray &message) override;
    void close(const Error &reason) override;

    void identify(const sync::DeviceIdentity &identity);
    [[nodiscard]] mutators::AppointmentBook cutAt(StaffId barber, Instant start);
    [[nodiscard]] Result<QByteArray> seal(const mutators::CustomerCard &guest);
    void later(Millis delay, std::function<void()> event);
    void connect();
    void connected();
    void lost();
    void tick();
    void disappear();

    EventQueue &m_time;
    FakeServer &m_server;
    QString m_folder;
    sync::DeviceIdentity m_identity;
    VirtualClock m_clock;
    SeededRandom m_random;
    FakeShop m_shop;
    std::shared_ptr<Network> m_network = std::make_shared<Network>();
    std::unique_ptr<sync::Replica> m_replica;
    std::unique_ptr<sync::Session> m_session;
    net::Backoff m_backoff{m_random};
    std::shared_ptr<Connection> m_connection;
    std::shared_ptr<int> m_run; ///< Events of a run that has ended do nothing.
    bool m_reconnecting = false;
    std::optional<Error> m_problem;
    std::vector<Error> m_interruptions;
    std::vector<protocol::Message> m_heard;
    std::map<Uuid, QByteArray> m_acknowledged;
    std::set<Uuid> m_dismissed;
    std::vector<DeviceId> m_identities;
};

} // namespace strop::test
