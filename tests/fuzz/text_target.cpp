#include "server/app/config.h"
#include "server/http/peer_key.h"
#include "shared/base/role.h"
#include "shared/domain/wall_time.h"
#include "shared/mutators/registry.h"
#include "shared/protocol/pairing.h"
#include "tests/fuzz/targets.h"

#include <QJsonDocument>

namespace strop::fuzz {
namespace {

void readSettings(const QStringList &arguments, const QByteArray &file)
{
    const auto line =
        server::readCommandLine(arguments, {}, [&](const QString &) -> Result<QByteArray> { return file; });
    if (!line)
        return promise(!line.error().message.isEmpty(), "what is wrong is said");
    if (line->request == server::CommandLine::Request::Run)
        promise(!line->config.dataDir.isEmpty() && line->config.maxConnections > 0 &&
                    line->config.heartbeat > Millis(0) && line->config.maxMessageBytes > 0,
                "settings that were taken can be run with");
}

void readHours(const QString &text)
{
    const Result<domain::WallIntervals> intervals = domain::parseWallIntervals(text);
    if (!intervals)
        return promise(intervals.error().code == ErrorCode::InvalidArgument, "what is wrong is said");
    int last = -1;
    for (const domain::WallInterval &one : *intervals) {
        promise(last < one.from && one.from < one.to && one.to <= 24 * 60, "hours are in order and apart");
        last = one.to;
    }
    promise(domain::parseWallIntervals(domain::formatWallIntervals(*intervals)) == *intervals,
            "hours are written as they were meant");
}

void readZone(const QString &name)
{
    const std::optional<QTimeZone> zone = domain::zoneNamed(name);
    if (!zone)
        return;
    promise(zone->isValid(), "a zone is one that Qt knows");
    const domain::TimeSpan day = domain::daySpan(QDate(2026, 3, 29), *zone);
    promise(day.end - day.start > std::chrono::hours(20) && day.end - day.start < std::chrono::hours(28),
            "a day is about as long as one");
}

void readCode(const QString &typed)
{
    const QString code = protocol::normalisedPairingCode(typed);
    promise(protocol::normalisedPairingCode(code) == code, "a comparable code stays as it is");
    promise(protocol::normalisedPairingCode(protocol::displayedPairingCode(code)) == code,
            "a code as people read it is the same code");
    (void)protocol::requireEmail(typed).has_value();
}

void readPeer(const QByteArray &forwardedFor)
{
    const QHostAddress host = server::lastForwarded(forwardedFor);
    if (!host.isNull())
        promise(!server::peerKey(host).isEmpty() && server::peerKey(host).size() < 64,
                "a peer's key is short");
}

void readNames(const QString &name)
{
    if (const auto role = roleFromName(name))
        promise(roleName(*role) == name, "a role has one name");
    (void)errorCodeFromName(name);
    if (const auto status = domain::statusFromName(name))
        promise(domain::statusName(*status) == name, "a status has one name");
}

/// "appointment.book {…}", as a script writes it.
void readTypedMutation(const QByteArray &line)
{
    const qsizetype space = line.indexOf(' ');
    const auto made = mutators::mutationFromJson(QString::fromUtf8(line.left(space)),
                                                 QJsonDocument::fromJson(line.mid(space + 1)).object());
    if (!made)
        return promise(!made.error().message.isEmpty(), "what is wrong is said");
    const auto again = mutators::decodeMutation(mutators::encodeMutation(*made));
    promise(again.has_value() && *again == *made, "a typed write is one that the wire takes");
}

} // namespace

void text(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    const QByteArray rest = bytes.mid(1);
    const QString words = QString::fromUtf8(rest);
    switch (quint8(bytes.front()) % 8) {
    case 0:
        return readSettings({QStringLiteral("--config"), QStringLiteral("x")}, rest);
    case 1:
        return readSettings(words.split(QLatin1Char('\n')), {});
    case 2:
        return readHours(words);
    case 3:
        return readZone(words);
    case 4:
        return readCode(words);
    case 5:
        return readPeer(rest);
    case 6:
        return readNames(words);
    default:
        return readTypedMutation(rest);
    }
}

} // namespace strop::fuzz
