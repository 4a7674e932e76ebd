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

/// What the server settled of a device under all its names, by uuid: the log's unique index is what makes it
/// once.
Result<std::map<Uuid, Logged>> logOf(Database &server, const std::vector<DeviceId> &names)
{
    std::map<Uuid, Logged> log;
    for (const DeviceId name : names)
        STROP_TRY(
            server.each(QStringLiteral("SELECT uuid, mutation, code FROM mutation_log WHERE device_id = "
                                       "? AND uuid IS NOT NULL"),
                        {name.uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
                            log[row.uuid(0)] = {row.bytes(1), row.isNull(2)};
                            return {};
                        }));
    return log;
}

Result<std::optional<Logged>> loggedAs(Database &server, const Uuid &uuid)
{
    std::optional<Logged> found;
    STROP_TRY(server.each(QStringLiteral("SELECT mutation, code FROM mutation_log WHERE uuid = ?"),
                          {uuid.toBytes()}, [&](const RowReader &row) -> Result<void> {
                              found = Logged{row.bytes(0), row.isNull(1)};
                              return {};
                          }));
    return found;
}

bool wasToldOf(FakeDevice &device, const Uuid &refused)
{
    const auto &kept = device.rejections();
    return device.dismissed().contains(refused) ||
           std::any_of(kept.begin(), kept.end(),
                       [&](const sync::Rejection &one) { return one.mutation.uuid == refused; });
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

Result<void> checkWrites(Database &server, FakeDevice &device, QStringList &found)
{
    for (const auto &[uuid, mutation] : device.acknowledged()) {
        STROP_TRY_ASSIGN(const std::optional<Logged> logged, loggedAs(server, uuid));
        if (!logged)
            found << QStringLiteral("its confirmed write %1 never reached the server").arg(uuid.toString());
        else if (logged->mutation != mutation)
            found << QStringLiteral("its write %1 is another one on the server").arg(uuid.toString());
    }
    STROP_TRY_ASSIGN(const auto log, logOf(server, device.identities()));
    for (const auto &[uuid, logged] : log) {
        // What it wrote as the folder that it is a copy of was confirmed to that one's people.
        const bool own = device.acknowledged().contains(uuid);
        if (own && !logged.accepted && !wasToldOf(device, uuid))
            found << QStringLiteral("nobody was told that its write %1 was refused").arg(uuid.toString());
        STROP_TRY(checkBooking(server, device.identity().enrolment.business, logged, found));
    }
    return {};
}

} // namespace

Result<std::set<Uuid>> settledUuids(Database &server)
{
    std::set<Uuid> all;
    STROP_TRY(server.each(QStringLiteral("SELECT uuid FROM mutation_log WHERE uuid IS NOT NULL"), {},
                          [&](const RowReader &row) -> Result<void> {
                              all.insert(row.uuid(0));
                              return {};
                          }));
    return all;
}

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
