#include "tests/simulation/deeds.h"

#include "tests/simulation/cast.h"

#include <QDate>

namespace strop::simulation {

using mutators::makeMutation;
using mutators::Mutation;
using test::End;
using test::FakeShop;

namespace {

constexpr int several = 4;

/// Bookings that one step makes are this far apart in number.
constexpr int severalApart = 1'000;

/// An id that anybody can name who knows the number.
template <typename IdType>
IdType numbered(int number, quint64 salt)
{
    SeededRandom random(quint64(number) * 1'000'003 + salt);
    return IdType{Uuid::v7(FakeShop::at(8), random)};
}

AppointmentId bookingNumbered(int number)
{
    return numbered<AppointmentId>(number, 1);
}

domain::Customer customerNumbered(int number, const FakeShop &shop)
{
    domain::Customer customer;
    customer.name = QStringLiteral("Guest %1").arg(number);
    customer.phone = QStringLiteral("+4930%1").arg(1'000'000 + number);
    customer.shopId = shop.id;
    customer.id = domain::customerIdFor(shop.id, customer.name, customer.phone);
    return customer;
}

StaffId barberOf(int index, const FakeShop &shop)
{
    return index == 0 ? shop.anna : shop.ben;
}

Instant startOf(int slot)
{
    return FakeShop::at(8) + slot * std::chrono::minutes(15);
}

void book(const Step &step, int number, int slot, const FakeShop &shop, Role role,
          std::vector<Mutation> &writes)
{
    constexpr int customers = 6;
    mutators::AppointmentBook booking;
    booking.id = bookingNumbered(number);
    booking.visitId = numbered<VisitId>(number, 2);
    booking.shopId = shop.id;
    booking.staffId = barberOf(step.amount, shop);
    booking.serviceId = step.seed % 4 == 0 ? shop.shave : shop.cut;
    booking.start = startOf(slot);
    booking.note = QStringLiteral("step %1").arg(number);
    if (role == Role::Kiosk) {
        const domain::Customer customer = customerNumbered(int(step.seed % customers), shop);
        writes.push_back(makeMutation(mutators::CustomerAdd{customer}));
        booking.customerId = customer.id;
        booking.source = domain::Source::Kiosk;
    }
    writes.push_back(makeMutation(booking));
}

Mutation editCustomer(const Step &step, const FakeShop &shop)
{
    domain::Customer customer = customerNumbered(step.subject, shop);
    customer.notes = QStringLiteral("step %1").arg(step.number);
    return makeMutation(customer);
}

Mutation changeHours(const Step &step, const FakeShop &shop)
{
    const int opens = 8 * 60 + int(step.seed % 8) * 15;
    const int closes = 17 * 60 + step.number; // a number of its own for each step
    return makeMutation(shop.hoursOf(step.subject, {{opens, closes}}));
}

Mutation takeTimeOff(const Step &step, const FakeShop &shop)
{
    domain::HoursRule rule;
    rule.id = numbered<HoursId>(step.number, 3);
    rule.shopId = shop.id;
    rule.staffId = barberOf(step.subject, shop);
    rule.date = QDate(2026, 5, 5).addDays(step.slot).toString(Qt::ISODate);
    return makeMutation(rule);
}

void people(const Step &step, SimulatedWorld &world)
{
    if (step.kind == Kind::DismissRejection)
        return world.dismissOldestRejection(step.machine);
    const QString by = QStringLiteral("step %1, %2").arg(step.number).arg(machineName(step.machine));
    for (const Mutation &write : writesOf(step, world.shop(), world.device(step.machine).role()))
        world.write(step.machine, write, by);
}

/// For the next messages of one way.
void tamper(const Step &step, test::Network::Way &way)
{
    const test::Fate fate = step.kind == Kind::LoseMessages     ? test::Fate::Lost
                            : step.kind == Kind::DoubleMessages ? test::Fate::Doubled
                                                                : test::Fate::Overtakes;
    way.fates.insert(way.fates.end(), size_t(step.amount), fate);
}

void network(const Step &step, SimulatedWorld &world)
{
    test::FakeDevice &device = world.device(step.machine);
    const End way = step.subject == 0 ? End::Device : End::Server;
    switch (step.kind) {
    case Kind::CutConnection:
        return device.cutConnection();
    case Kind::Offline:
        device.goOffline();
        return world.time().post(step.lasting, [&device] { device.goOnline(); });
    case Kind::Silence:
        device.fallSilent();
        return world.time().post(step.lasting, [&device] { device.speakAgain(); });
    case Kind::OneWay:
        device.hold(way);
        return world.time().post(step.lasting, [&device, way] { device.release(way); });
    case Kind::SlowWay:
        device.network().from(way).delay = Millis(step.amount);
        return world.time().post(
            step.lasting, [&device, way] { device.network().from(way).delay = test::Network::Way().delay; });
    default:
        return tamper(step, device.network().from(way));
    }
}

void clockJump(const Step &step, SimulatedWorld &world)
{
    const Millis by = std::chrono::hours(24) * step.amount;
    if (step.machine == theServer)
        world.server().clock().shiftWall(by);
    else
        world.device(step.machine).clock().shiftWall(by);
}

void fillDisk(const Step &step, SimulatedWorld &world)
{
    const QString path = world.pathOf(step.machine);
    world.disk().failWrites(path, SQLITE_FULL, step.amount);
    world.time().post(step.lasting, [&world, path] { world.disk().repair(path); });
}

void machine(const Step &step, SimulatedWorld &world)
{
    switch (step.kind) {
    case Kind::StopInOrder:
        return world.stopInOrder(step.machine, step.lasting);
    case Kind::Kill:
        return world.die(step.machine, {false, step.seed}, step.lasting);
    case Kind::PowerCut:
        return world.die(step.machine, {true, step.seed}, step.lasting);
    case Kind::KillAtChange:
        return world.dieAtChange(step.machine, step.amount, {false, step.seed}, step.lasting);
    case Kind::PowerCutAtChange:
        return world.dieAtChange(step.machine, step.amount, {true, step.seed}, step.lasting);
    case Kind::KillAfterCommit:
        return world.killServerAfterCommit(step.lasting);
    case Kind::DiskFull:
        return fillDisk(step, world);
    default:
        return clockJump(step, world);
    }
}

void history(const Step &step, SimulatedWorld &world)
{
    switch (step.kind) {
    case Kind::Revoke:
        return world.revoke(step.machine);
    case Kind::CloneFolder:
        return world.clone(step.machine);
    case Kind::CopyFolder:
    case Kind::BackUpServer:
        return world.copyFolder(step.machine);
    case Kind::RestoreFolder:
    case Kind::RestoreServer:
        return world.restoreFolder(step.machine, step.lasting);
    default:
        // A program of another version starts over the same folder. There is one version yet.
        return world.stopInOrder(step.machine, step.lasting);
    }
}

} // namespace

std::vector<Mutation> writesOf(const Step &step, const FakeShop &shop, Role role)
{
    std::vector<Mutation> writes;
    const AppointmentId booking = bookingNumbered(step.subject);
    switch (step.kind) {
    case Kind::Book:
        book(step, step.number, step.slot, shop, role, writes);
        break;
    case Kind::BookSeveral:
        for (int i = 0; i < several; ++i)
            book(step, step.number + i * severalApart, step.slot + i * 2, shop, role, writes);
        break;
    case Kind::Move:
        writes.push_back(makeMutation(
            mutators::AppointmentMove{booking, barberOf(step.amount, shop), startOf(step.slot)}));
        break;
    case Kind::Cancel:
        writes.push_back(makeMutation(mutators::AppointmentCancel{booking}));
        break;
    case Kind::Restore:
        writes.push_back(makeMutation(mutators::AppointmentRestore{booking}));
        break;
    case Kind::SetStatus:
        writes.push_back(
            makeMutation(mutators::AppointmentSetStatus{booking, domain::AppointmentStatus(step.amount)}));
        break;
    case Kind::EditCustomer:
        writes.push_back(editCustomer(step, shop));
        break;
    case Kind::ChangeHours:
        writes.push_back(changeHours(step, shop));
        break;
    case Kind::TakeTimeOff:
        writes.push_back(takeTimeOff(step, shop));
        break;
    case Kind::RetireService:
        writes.push_back(makeMutation(mutators::ServiceRetire{shop.shave}));
        break;
    default:
        break;
    }
    return writes;
}

void carryOut(const Step &step, SimulatedWorld &world)
{
    if (step.machine >= world.deviceCount())
        return;
    if (step.kind <= Kind::DismissRejection)
        people(step, world);
    else if (step.kind <= Kind::OvertakeMessages)
        network(step, world);
    else if (step.kind <= Kind::ClockJump)
        machine(step, world);
    else
        history(step, world);
}

} // namespace strop::simulation
