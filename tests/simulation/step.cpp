#include "tests/simulation/step.h"

#include "tests/simulation/cast.h"

#include <array>

namespace strop::simulation {
namespace {

constexpr const char *waitsForRestore =
    "a queue drains only after the recovery window, and a server that is put back twice, with power cuts in "
    "between, still loses a write (with this on: seed 53)";
constexpr const char *waitsForVersions = "there is one version of the protocol";

constexpr std::array<Frequency, 23> faults{{
    {Kind::CutConnection, 5, true, ""},
    {Kind::Offline, 6, true, ""},
    {Kind::Silence, 3, true, ""},
    {Kind::OneWay, 4, true, ""},
    {Kind::SlowWay, 4, true, ""},
    {Kind::LoseMessages, 3, true, ""},
    {Kind::DoubleMessages, 3, true, ""},
    {Kind::OvertakeMessages, 3, true, ""},
    {Kind::StopInOrder, 3, true, ""},
    {Kind::Kill, 4, true, ""},
    {Kind::PowerCut, 5, true, ""},
    {Kind::KillAtChange, 6, true, ""},
    {Kind::PowerCutAtChange, 8, true, ""},
    {Kind::KillAfterCommit, 3, true, ""},
    {Kind::DiskFull, 4, true, ""},
    {Kind::ClockJump, 4, true, ""},
    {Kind::Revoke, 1, true, ""},
    {Kind::CloneFolder, 1, true, ""},
    {Kind::CopyFolder, 1, true, ""},
    {Kind::RestoreFolder, 1, true, ""},
    {Kind::BackUpServer, 1, true, ""},
    {Kind::RestoreServer, 1, false, waitsForRestore},
    {Kind::ChangeVersion, 2, false, waitsForVersions},
}};

QString seconds(Millis time)
{
    return QStringLiteral("%1 s").arg(double(time.count()) / 1000.0);
}

QString timeOf(int slot)
{
    const int minutes = 8 * 60 + slot * 15;
    return QStringLiteral("day %1 %2:%3")
        .arg(minutes / (24 * 60) + 1)
        .arg(minutes / 60 % 24, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString atBarber(const Step &step)
{
    return QStringLiteral("%1, %2").arg(barberName(step.amount), timeOf(step.slot));
}

QString peopleDo(const Step &step)
{
    switch (step.kind) {
    case Kind::Book:
        return QStringLiteral("books %1: %2").arg(step.number).arg(atBarber(step));
    case Kind::BookSeveral:
        return QStringLiteral("books four in a row from %1: %2").arg(step.number).arg(atBarber(step));
    case Kind::Move:
        return QStringLiteral("moves booking %1 to %2").arg(step.subject).arg(atBarber(step));
    case Kind::Cancel:
        return QStringLiteral("cancels booking %1").arg(step.subject);
    case Kind::Restore:
        return QStringLiteral("restores booking %1").arg(step.subject);
    case Kind::SetStatus:
        return QStringLiteral("sets booking %1 to status %2").arg(step.subject).arg(step.amount);
    case Kind::EditCustomer:
        return QStringLiteral("edits customer %1").arg(step.subject);
    case Kind::ChangeHours:
        return QStringLiteral("changes the hours of weekday %1").arg(step.subject);
    case Kind::TakeTimeOff:
        return QStringLiteral("takes day %1 off for %2").arg(step.slot + 1).arg(barberName(step.subject));
    case Kind::RetireService:
        return QStringLiteral("retires the shave");
    default:
        return QStringLiteral("deals with its oldest rejection");
    }
}

QString networkDoes(const Step &step)
{
    const QString way =
        step.subject == 0 ? QStringLiteral("to the server") : QStringLiteral("from the server");
    switch (step.kind) {
    case Kind::CutConnection:
        return QStringLiteral("loses its connection");
    case Kind::Offline:
        return QStringLiteral("is offline for %1").arg(seconds(step.lasting));
    case Kind::Silence:
        return QStringLiteral("hears and says nothing for %1").arg(seconds(step.lasting));
    case Kind::OneWay:
        return QStringLiteral("gets nothing through %1 for %2").arg(way, seconds(step.lasting));
    case Kind::SlowWay:
        return QStringLiteral("needs %1 for each message %2, for %3")
            .arg(seconds(Millis(step.amount)), way, seconds(step.lasting));
    case Kind::LoseMessages:
        return QStringLiteral("loses the next %1 messages %2").arg(step.amount).arg(way);
    case Kind::DoubleMessages:
        return QStringLiteral("has the next %1 messages %2 doubled").arg(step.amount).arg(way);
    default:
        return QStringLiteral("has a message %1 overtaken by the next").arg(way);
    }
}

QString machineDoes(const Step &step)
{
    const QString down = QStringLiteral("; back after %1").arg(seconds(step.lasting));
    switch (step.kind) {
    case Kind::StopInOrder:
        return QStringLiteral("stops in order") + down;
    case Kind::Kill:
        return QStringLiteral("is killed") + down;
    case Kind::PowerCut:
        return QStringLiteral("loses its power") + down;
    case Kind::KillAtChange:
        return QStringLiteral("will be killed at its change number %1 of the disk").arg(step.amount) + down;
    case Kind::PowerCutAtChange:
        return QStringLiteral("will lose its power at its change number %1 of the disk").arg(step.amount) +
               down;
    case Kind::KillAfterCommit:
        return QStringLiteral("will be killed after its next commit, before the ack") + down;
    case Kind::DiskFull:
        return QStringLiteral("has a full disk after %1 writes, for %2")
            .arg(step.amount)
            .arg(seconds(step.lasting));
    default:
        return QStringLiteral("has its wall clock moved by %1 days").arg(step.amount);
    }
}

QString historyDoes(const Step &step)
{
    switch (step.kind) {
    case Kind::Revoke:
        return QStringLiteral("is revoked");
    case Kind::CloneFolder:
        return QStringLiteral("is copied, and the copy started as one more device");
    case Kind::CopyFolder:
        return QStringLiteral("has its folder copied");
    case Kind::RestoreFolder:
        return QStringLiteral("is put back to its last copy");
    case Kind::BackUpServer:
        return QStringLiteral("has its folder copied");
    case Kind::RestoreServer:
        return QStringLiteral("is put back to its last copy");
    default:
        return QStringLiteral("is replaced by version %1").arg(step.amount);
    }
}

} // namespace

std::span<const Frequency> enabledFaults()
{
    return faults;
}

QString machineName(int machine)
{
    if (machine == theServer)
        return QStringLiteral("the server");
    if (machine >= int(cast.size()))
        return QStringLiteral("device %1 (a copy)").arg(machine + 1);
    return QStringLiteral("device %1 (%2)").arg(machine + 1).arg(roleName(cast[size_t(machine)]));
}

QString inWords(const Step &step)
{
    QString does;
    if (step.kind <= Kind::DismissRejection)
        does = peopleDo(step);
    else if (step.kind <= Kind::OvertakeMessages)
        does = networkDoes(step);
    else if (step.kind <= Kind::ClockJump)
        does = machineDoes(step);
    else
        does = historyDoes(step);
    return QStringLiteral("%1  %2 %3; then %4")
        .arg(step.number, 3)
        .arg(machineName(step.machine), does, seconds(step.untilNext));
}

} // namespace strop::simulation
