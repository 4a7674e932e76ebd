#include "tests/support/fake_world/fake_device.h"

#include "shared/protocol/codec.h"
#include "shared/sync/sealed_customer.h"
#include "tests/support/fake_world/folder_image.h"
#include "tests/unit/expect.h"

namespace strop::test {
namespace {

constexpr Millis tickInterval{1000};

/// Errors that trying again cannot mend, as net::SyncConnection has them.
bool needsPerson(ErrorCode code)
{
    return code == ErrorCode::Unauthenticated || code == ErrorCode::UpdateNeeded;
}

} // namespace

FakeDevice::FakeDevice(EventQueue &time, FakeServer &server, const QString &folder,
                       sync::DeviceIdentity identity, Instant wall, quint64 seed)
    : m_time(time)
    , m_server(server)
    , m_folder(folder)
    , m_identity(std::move(identity))
    , m_clock(time, wall)
    , m_random(seed)
    , m_identities{m_identity.enrolment.device}
{}

FakeDevice::~FakeDevice() = default;

Result<void> FakeDevice::start()
{
    // A kill may have come between the new identity and its being told of; a folder that is gone says
    // nothing.
    if (const auto known = sync::loadIdentity(m_folder))
        identify(*known);
    const protocol::Enrolment &enrolment = m_identity.enrolment;
    STROP_TRY_ASSIGN(m_replica,
                     sync::Replica::open(m_folder, {enrolment.business, enrolment.device, enrolment.role},
                                         m_clock, m_random));
    sync::Link &link = *this;
    m_session = std::make_unique<sync::Session>(*m_replica, enrolment.device, m_identity.key, link, m_clock);
    m_session->setListener([this](sync::SessionState state) {
        if (state == sync::SessionState::Live)
            m_backoff.reset();
    });
    m_session->setIdentityListener([this](const sync::DeviceIdentity &identity) { identify(identity); });
    m_run = std::make_shared<int>(0);
    m_problem.reset();
    later(Millis(0), [this] { connect(); });
    later(tickInterval, [this] { tick(); });
    return {};
}

void FakeDevice::identify(const sync::DeviceIdentity &identity)
{
    m_identity = identity;
    if (m_identities.back() != id())
        m_identities.push_back(id());
}

void FakeDevice::stop()
{
    if (m_connection)
        m_connection->close(End::Device);
    disappear();
}

void FakeDevice::kill()
{
    const FolderImage left(m_folder);
    cutConnection();
    disappear();
    left.restore(m_folder);
}

void FakeDevice::disappear()
{
    m_run.reset();
    m_reconnecting = false;
    if (m_connection)
        m_connection->listen(End::Device, {});
    m_connection.reset();
    m_session.reset();
    m_replica.reset();
}

Result<qint64> FakeDevice::mutate(const mutators::Mutation &asked)
{
    mutators::Mutation mutation = asked;
    mutation.uuid = Uuid::v7(m_clock.now(), m_random);
    const Result<qint64> id = m_replica->mutate(mutation);
    if (id) {
        m_acknowledged[mutation.uuid] = mutators::encodeMutation(mutation);
        m_session->push();
    }
    return id;
}

mutators::AppointmentBook FakeDevice::cutAt(StaffId barber, Instant start)
{
    mutators::AppointmentBook booking;
    booking.id = newId<AppointmentId>(m_clock, m_random);
    booking.visitId = newId<VisitId>(m_clock, m_random);
    booking.shopId = m_shop.id;
    booking.staffId = barber;
    booking.serviceId = m_shop.cut;
    booking.start = start;
    return booking;
}

Result<AppointmentId> FakeDevice::book(StaffId barber, Instant start)
{
    if (role() == Role::Kiosk)
        return bookFor({QStringLiteral("Guest %1").arg(m_acknowledged.size()),
                        QStringLiteral("+4930%1").arg(1'000'000 + int(m_acknowledged.size()))},
                       barber, start);
    const mutators::AppointmentBook booking = cutAt(barber, start);
    STROP_TRY(write(booking));
    return booking.id;
}

Result<AppointmentId> FakeDevice::bookFor(const mutators::CustomerCard &guest, StaffId barber, Instant start)
{
    mutators::AppointmentBook booking = cutAt(barber, start);
    booking.source = domain::Source::Kiosk;
    STROP_TRY_ASSIGN(booking.sealedCustomer, seal(guest));
    STROP_TRY(write(booking));
    return booking.id;
}

Result<QByteArray> FakeDevice::seal(const mutators::CustomerCard &guest)
{
    STROP_TRY_ASSIGN(const auto business,
                     m_replica->rows().get<domain::Business>(m_identity.enrolment.business));
    return sync::sealCustomer(guest, business.value_or(domain::Business()));
}

Result<qint64> FakeDevice::move(AppointmentId appointment, StaffId barber, Instant start)
{
    return write(mutators::AppointmentMove{appointment, barber, start});
}

Result<qint64> FakeDevice::cancel(AppointmentId appointment)
{
    return write(mutators::AppointmentCancel{appointment});
}

Result<void> FakeDevice::dismissRejection(qint64 id)
{
    for (const sync::Rejection &one : rejections()) {
        if (one.id == id)
            m_dismissed.insert(one.mutation.uuid);
    }
    return m_replica->dismissRejection(id);
}

void FakeDevice::request(const QString &method, const QCborMap &arguments, sync::Session::Answer answer)
{
    m_session->request(method, arguments, std::move(answer));
}

const std::vector<sync::Rejection> &FakeDevice::rejections()
{
    return m_replica->outbox().rejections();
}

std::optional<domain::Appointment> FakeDevice::appointment(AppointmentId id)
{
    return must(m_replica->rows().get<domain::Appointment>(id));
}

void FakeDevice::goOffline()
{
    m_network->reachable = false;
    cutConnection();
}

void FakeDevice::goOnline()
{
    m_network->reachable = true;
}

void FakeDevice::cutConnection()
{
    if (m_connection)
        m_connection->cut();
}

void FakeDevice::hold(End from)
{
    m_network->from(from).held = true;
}

void FakeDevice::release(End from)
{
    m_network->from(from).held = false;
    if (m_connection)
        m_connection->resume(from);
}

void FakeDevice::fallSilent()
{
    m_network->silent = true;
}

void FakeDevice::speakAgain()
{
    m_network->silent = false;
    release(End::Device);
    release(End::Server);
}

void FakeDevice::send(const QByteArray &message)
{
    if (m_connection)
        m_connection->send(End::Device, message);
}

void FakeDevice::close(const Error &reason)
{
    m_interruptions.push_back(reason);
    if (needsPerson(reason.code))
        m_problem = reason;
    if (m_connection)
        m_connection->close(End::Device); // heard of in a later event
}

void FakeDevice::later(Millis delay, std::function<void()> event)
{
    m_time.post(delay, [run = std::weak_ptr(m_run), event = std::move(event)] {
        if (run.lock())
            event();
    });
}

void FakeDevice::connect()
{
    m_reconnecting = false;
    if (m_connection || m_problem)
        return;
    auto connection = std::make_shared<Connection>(m_time, m_network);
    if (!m_network->reachable || m_network->silent || !m_server.isRunning())
        return lost();
    m_connection = std::move(connection);
    later(m_network->from(End::Device).delay, [this, attempt = m_connection] {
        if (m_connection == attempt)
            connected();
    });
}

void FakeDevice::connected()
{
    if (!m_connection->isOpen(End::Device))
        return lost(); // it was cut before it stood
    m_connection->listen(
        End::Device, {[this](const QByteArray &message) {
                          m_heard.push_back(must(protocol::decode(message, protocol::maxServerMessageBytes)));
                          m_session->receive(message);
                      },
                      [this] { lost(); }});
    m_session->linkUp();
    if (!m_server.accept(m_connection))
        m_connection->cut();
}

void FakeDevice::lost()
{
    if (std::exchange(m_connection, nullptr))
        m_session->linkDown();
    if (!m_problem && !std::exchange(m_reconnecting, true))
        later(m_backoff.next(), [this] { connect(); });
}

void FakeDevice::tick()
{
    m_session->tick();
    later(tickInterval, [this] { tick(); });
}

} // namespace strop::test
