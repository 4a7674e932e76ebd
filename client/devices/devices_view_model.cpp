#include "client/devices/devices_view_model.h"

#include "client/devices/kiosk_address.h"

#include <QCborArray>
#include <QNetworkInterface>

namespace strop::client {
namespace {

constexpr Millis second{1000};

/// How soon a code that let a kiosk in is seen to be spent.
constexpr Millis pollEvery = 2 * second;

QCborValue field(const QCborMap &map, const char *name)
{
    return map.value(QString::fromLatin1(name));
}

/// The epoch for what is no integer: toInteger() of a double beyond 64 bits is undefined behaviour.
Instant instant(const QCborMap &map, const char *name)
{
    const QCborValue value = field(map, name);
    return instantFromMs(value.isInteger() ? value.toInteger() : 0);
}

} // namespace

DevicesViewModel::DevicesViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue,
                                   const Clock &clock, const QString &serverAddress,
                                   OwnAddresses ownAddresses)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_clock(clock)
    , m_server(serverAddress)
    , m_ownAddresses(std::move(ownAddresses))
    , m_devices([](const DeviceLine &device) { return device.id; })
{
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (m_clock.now() >= m_expires) {
            forgetCode();
            refresh();
        }
        Q_EMIT changed();
    });
    connect(&m_poll, &QTimer::timeout, this, &DevicesViewModel::refresh);
    connect(&m_host, &net::ReplicaHost::statusChanged, this, &DevicesViewModel::takeStatus);
}

QList<QHostAddress> DevicesViewModel::addressesOfThisComputer()
{
    return QNetworkInterface::allAddresses();
}

void DevicesViewModel::takeStatus()
{
    const bool wasLive = std::exchange(m_live, m_host.status().state == sync::SessionState::Live);
    if (m_live && !wasLive)
        refresh();
}

QString DevicesViewModel::serverAddress() const
{
    return kioskAddress(m_server, m_ownAddresses()).toString();
}

QString DevicesViewModel::addressHint() const
{
    return serverAddress() == m_server.toString()
               ? QString()
               : tr("A kiosk on this computer can also use %1").arg(m_server.host());
}

QString DevicesViewModel::timeLeft() const
{
    if (m_code.isEmpty())
        return {};
    const qint64 seconds = qMax<qint64>(0, (m_expires - m_clock.now()) / second);
    return tr("Valid for %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

void DevicesViewModel::setProblem(const QString &problem)
{
    m_problem = problem;
    Q_EMIT changed();
}

void DevicesViewModel::refresh()
{
    m_host.request(QStringLiteral("devices.list"), {}, [this](const Result<QCborMap> &answer) {
        if (!answer)
            return setProblem(answer.error().message);
        takeDevices(*answer);
        setProblem({});
    });
}

void DevicesViewModel::forgetCode()
{
    m_code.clear();
    m_second.stop();
    m_poll.stop();
}

void DevicesViewModel::greet(const QString &id, const QString &name)
{
    if (m_code.isEmpty() || m_before.contains(id))
        return;
    forgetCode();
    m_news = tr("Kiosk paired: %1").arg(name);
}

void DevicesViewModel::takeDevices(const QCborMap &answer)
{
    const auto roleText = [](const QString &role) {
        return role == QStringLiteral("kiosk")   ? tr("Kiosk")
               : role == QStringLiteral("owner") ? tr("Owner's desktop")
                                                 : role;
    };
    std::vector<DeviceLine> lines;
    for (const QCborValue &value : field(answer, "devices").toArray()) {
        const QCborMap device = value.toMap();
        if (field(device, "revoked").toBool())
            continue;
        const DeviceId id{Uuid::fromBytes(field(device, "id").toByteArray()).value_or(Uuid())};
        if (field(device, "role").toString() == QString(roleName(Role::Kiosk)))
            greet(id.toString(), field(device, "name").toString());
        const Instant enrolled = instant(device, "enrolled");
        lines.push_back(
            {id.toString(), field(device, "name").toString(), roleText(field(device, "role").toString()),
             m_catalogue.locale().toString(toUtcDateTime(enrolled).toLocalTime(), QLocale::ShortFormat),
             id == m_host.enrolment().device});
    }
    m_devices.show(lines);
}

void DevicesViewModel::pairKiosk()
{
    if (std::exchange(m_busy, true))
        return;
    m_news.clear();
    Q_EMIT changed();
    // Who is in already is asked first: whoever is in later came by the code.
    m_host.request(QStringLiteral("devices.list"), {}, [this](const Result<QCborMap> &answer) {
        if (answer) {
            takeDevices(*answer);
            return askForCode();
        }
        m_busy = false;
        setProblem(answer.error().message);
    });
}

void DevicesViewModel::askForCode()
{
    m_before.clear();
    for (const DeviceLine &device : m_devices.rows())
        m_before << device.id;
    const QCborMap arguments{{QStringLiteral("role"), QStringLiteral("kiosk")},
                             {QStringLiteral("shop"), m_catalogue.shop().id.uuid.toBytes()}};
    m_host.request(QStringLiteral("pairing.create"), arguments, [this](const Result<QCborMap> &answer) {
        m_busy = false;
        if (!answer)
            return setProblem(answer.error().message);
        m_code = protocol::displayedPairingCode(field(*answer, "code").toString());
        m_expires = instant(*answer, "expires");
        m_second.start(second);
        m_poll.start(pollEvery);
        setProblem({});
    });
}

void DevicesViewModel::revoke(const QString &id)
{
    const QByteArray bytes = Uuid::fromString(id).value_or(Uuid()).toBytes();
    m_host.request(QStringLiteral("devices.revoke"), {{QStringLiteral("id"), bytes}},
                   [this](const Result<QCborMap> &answer) {
                       if (!answer)
                           return setProblem(answer.error().message);
                       refresh();
                   });
}

} // namespace strop::client
