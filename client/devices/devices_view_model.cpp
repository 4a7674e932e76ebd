#include "client/devices/devices_view_model.h"

#include <QCborArray>

namespace strop::client {
namespace {

constexpr Millis second{1000};

QCborValue field(const QCborMap &map, const char *name)
{
    return map.value(QString::fromLatin1(name));
}

} // namespace

DevicesViewModel::DevicesViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue,
                                   const Clock &clock, const QString &serverAddress)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_clock(clock)
    , m_serverAddress(serverAddress)
    , m_devices([](const DeviceLine &device) { return device.id; })
{
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (m_clock.now() >= m_expires) {
            m_second.stop();
            m_code.clear();
            refresh();
        }
        Q_EMIT changed();
    });
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
        const Instant enrolled = instantFromMs(field(device, "enrolled").toInteger());
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
    Q_EMIT changed();
    const QCborMap arguments{{QStringLiteral("role"), QStringLiteral("kiosk")},
                             {QStringLiteral("shop"), m_catalogue.shop().id.uuid.toBytes()}};
    m_host.request(QStringLiteral("pairing.create"), arguments, [this](const Result<QCborMap> &answer) {
        m_busy = false;
        if (!answer)
            return setProblem(answer.error().message);
        m_code = protocol::displayedPairingCode(field(*answer, "code").toString());
        m_expires = instantFromMs(field(*answer, "expires").toInteger());
        m_second.start(second);
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
