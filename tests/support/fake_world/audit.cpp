#include "tests/support/fake_world/audit.h"

#include "tests/support/agreement/agreement.h"

namespace strop::test {

using storage::Database;
using storage::RowReader;

namespace {

/// A line of the server's mutation_log.
struct Logged
{
    QByteArray mutation;
    bool accepted = false;
};

Result<std::map<qint64, Logged>> logOf(Database &server, DeviceId device)
{
    std::map<qint64, Logged> log;
    STROP_TRY(server.each(
        QStringLiteral("SELECT mutation_id, mutation, code FROM mutation_log WHERE device_id = ?"),
        {device.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
            log[row.integer(0)] = {row.bytes(1), row.isNull(2)};
            return {};
        }));
    return log;
}

bool wasToldOf(FakeDevice &device, qint64 refused)
{
    const auto &kept = device.rejections();
    return device.dismissed().contains(refused) ||
           std::any_of(kept.begin(), kept.end(),
                       [refused](const sync::Rejection &one) { return one.id == refused; });
}

Result<void> checkBooking(Database &server, BusinessId business, const Logged &logged, QStringList &found)
{
    STROP_TRY_ASSIGN(const mutators::Mutation mutation, mutators::decodeMutation(logged.mutation));
    using Described = mutators::ArgumentsOf<mutators::AppointmentBook>;
    if (mutation.name != QLatin1String(Described::name) || !logged.accepted)
        return {};
    STROP_TRY_ASSIGN(const auto booking, Described::fields().fromCbor(mutation.arguments));
    storage::RowStore rows(server, business);
    STROP_TRY_ASSIGN(const auto stands, rows.get<domain::Appointment>(booking.id));
    if (!stands)
        found << QStringLiteral("the accepted booking %1 does not stand").arg(booking.id.toString());
    return {};
}

/// The log's key is (device, mutation id), so what stands in it stands once.
Result<void> checkWrites(Database &server, FakeDevice &device, QStringList &found)
{
    STROP_TRY_ASSIGN(const auto log, logOf(server, device.id()));
    for (const auto &[id, mutation] : device.acknowledged()) {
        const auto logged = log.find(id);
        if (logged == log.end())
            found << QStringLiteral("its confirmed write %1 never reached the server").arg(id);
        else if (logged->second.mutation != mutation)
            found << QStringLiteral("its write %1 is another one on the server").arg(id);
    }
    for (const auto &[id, logged] : log) {
        if (!device.acknowledged().contains(id))
            found << QStringLiteral("the server settled a write %1 that it never made").arg(id);
        if (!logged.accepted && !wasToldOf(device, id))
            found << QStringLiteral("nobody was told that its write %1 was refused").arg(id);
        STROP_TRY(checkBooking(server, device.identity().enrolment.business, logged, found));
    }
    return {};
}

} // namespace

Result<QStringList> audit(Database &server, FakeDevice &device)
{
    QStringList found;
    if (device.problem())
        found << QStringLiteral("it was refused: %1").arg(device.problem()->message);
    if (!device.session().isIdle())
        found << QStringLiteral("it is not in sync: state %1, %2, %3 writes wait, interrupted %4 times: %5")
                     .arg(int(device.session().state()))
                     .arg(device.isConnected() ? QStringLiteral("connected") : QStringLiteral("alone"))
                     .arg(device.replica().outbox().entries().size())
                     .arg(device.interruptions().size())
                     .arg(device.interruptions().empty() ? QString() : device.interruptions().back().message);
    STROP_TRY(checkWrites(server, device, found));
    STROP_TRY_ASSIGN(const QStringList differing,
                     differences(server, device.replica().database(), device.identity().enrolment.business,
                                 device.role()));
    return found + differing;
}

} // namespace strop::test
