#include "tests/demo/reckoning.h"

#include "shared/sync/device_identity.h"
#include "shared/sync/outbox.h"
#include "tests/support/agreement/agreement.h"
#include "tests/unit/traces.h"

namespace strop::demo_run {

using storage::Database;

namespace {

Result<std::unique_ptr<Database>> openToRead(const QString &path)
{
    storage::DatabaseOptions options;
    options.path = path;
    options.readOnly = true;
    return Database::open(options);
}

Result<QStringList> waitingOn(const QString &folder)
{
    QStringList found;
    STROP_TRY_ASSIGN(const auto outbox, sync::Outbox::open(folder + QStringLiteral("/outbox.db")));
    for (const sync::OutboxEntry &entry : outbox->entries()) {
        if (!entry.settledVersion) // what the server has settled is retained for a while
            found << QStringLiteral("%1: %2 still waits").arg(folder, entry.mutation.name);
    }
    for (const sync::Rejection &rejection : outbox->rejections())
        found << QStringLiteral("%1: %2 was refused: %3")
                     .arg(folder, rejection.mutation.name, rejection.error.message);
    return found;
}

Result<QStringList> compareDevice(Database &server, const QString &folder)
{
    STROP_TRY_ASSIGN(QStringList found, waitingOn(folder));
    STROP_TRY_ASSIGN(const sync::DeviceIdentity identity, sync::loadIdentity(folder));
    STROP_TRY_ASSIGN(const auto confirmed, openToRead(folder + QStringLiteral("/confirmed.db")));
    STROP_TRY_ASSIGN(
        const QStringList different,
        test::differences(server, *confirmed, identity.enrolment.business, identity.enrolment.role));
    return found + different;
}

const QString appointmentsOf = QStringLiteral(
    "FROM appointment a JOIN visit v ON v.id = a.visit_id JOIN customer c ON c.id = v.customer_id "
    "WHERE c.name = ?");

Result<qint64> number(Database &server, const QString &sql, const storage::Values &bindings = {})
{
    STROP_TRY_ASSIGN(const auto cell, server.cell(sql, bindings));
    return cell && !storage::isNull(*cell) ? std::get<qint64>(*cell) : 0;
}

Result<QStringList> checkGuests(Database &server, const QStringList &guests)
{
    QStringList found;
    for (const QString &guest : guests) {
        STROP_TRY_ASSIGN(const qint64 count,
                         number(server, QStringLiteral("SELECT count(*) ") + appointmentsOf, {guest}));
        if (count != 1)
            found << QStringLiteral("%1 has %2 appointments").arg(guest).arg(count);
    }
    return found;
}

/// A kiosk can be carried away: no file of its folder may say who booked at it.
QStringList whatTheKioskGivesAway(const QString &folder, const QStringList &guests)
{
    QStringList found;
    for (const QString &guest : guests) {
        for (const QString &file : test::filesWith(folder, test::writtenForms(guest)))
            found << QStringLiteral("%1 names %2").arg(file, guest);
    }
    return found;
}

Result<std::unique_ptr<Database>> openServer(const QString &folder)
{
    return openToRead(folder + QStringLiteral("/strop.db"));
}

} // namespace

Result<qint64> countAppointments(const QString &serverFolder)
{
    STROP_TRY_ASSIGN(const auto server, openServer(serverFolder));
    return number(*server, QStringLiteral("SELECT count(*) FROM appointment WHERE deleted = 0"));
}

Result<Instant> startOf(const QString &serverFolder, const QString &guest)
{
    STROP_TRY_ASSIGN(const auto server, openServer(serverFolder));
    return number(*server, QStringLiteral("SELECT a.start_ms ") + appointmentsOf, {guest}).map(instantFromMs);
}

Result<void> reckon(const Folders &folders, const QStringList &guests)
{
    STROP_TRY_ASSIGN(const auto server, openServer(folders.server));
    STROP_TRY_ASSIGN(QStringList off, checkGuests(*server, guests));
    for (const QString &device : {folders.desktop, folders.kiosk}) {
        STROP_TRY_ASSIGN(const QStringList found, compareDevice(*server, device));
        off += found;
    }
    off += whatTheKioskGivesAway(folders.kiosk, guests);
    if (off.isEmpty())
        return {};
    constexpr qsizetype shown = 10;
    return fail(ErrorCode::Conflict, QStringLiteral("%1 things are off:\n  %2")
                                         .arg(off.size())
                                         .arg(off.mid(0, shown).join(QStringLiteral("\n  "))));
}

} // namespace strop::demo_run
