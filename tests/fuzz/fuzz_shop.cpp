#include "tests/fuzz/fuzz_shop.h"

#include "shared/mutators/arguments.h"
#include "shared/mutators/registry.h"
#include "shared/storage/migrations.h"
#include "shared/storage/tables.h"
#include "tests/fuzz/targets.h"

namespace strop::fuzz {

using mutators::makeMutation;
using mutators::Mutation;

namespace {

template <typename IdType>
IdType idOf(char number)
{
    QByteArray bytes(Uuid::size, '\0');
    bytes.back() = number;
    return IdType{*Uuid::fromBytes(bytes)};
}

constexpr Instant tuesdayNoon = instantFromMs(1'777'932'000'000 + 12LL * 3'600'000); // in Berlin

domain::Shop berlinShop()
{
    domain::Shop made;
    made.id = FuzzShop::shop();
    made.name = QStringLiteral("Messerschnitt");
    made.zone = QStringLiteral("Europe/Berlin");
    made.currency = QStringLiteral("EUR");
    made.locale = QStringLiteral("de-DE");
    return made;
}

domain::Staff barber()
{
    domain::Staff made;
    made.id = idOf<StaffId>(3);
    made.shopId = FuzzShop::shop();
    made.name = QStringLiteral("Anna");
    return made;
}

domain::Service haircut()
{
    domain::Service made;
    made.id = idOf<ServiceId>(4);
    made.shopId = FuzzShop::shop();
    made.name = QStringLiteral("Cut");
    made.priceMinor = 2400;
    return made;
}

domain::HoursRule tuesdays()
{
    domain::HoursRule made;
    made.id = idOf<HoursId>(5);
    made.shopId = FuzzShop::shop();
    made.weekday = 2;
    made.intervals = {{9 * 60, 13 * 60}, {14 * 60, 18 * 60}};
    return made;
}

domain::Customer mia()
{
    domain::Customer made;
    made.id = idOf<CustomerId>(6);
    made.shopId = FuzzShop::shop();
    made.name = QStringLiteral("Mia");
    made.phone = QStringLiteral("+4930123456");
    return made;
}

mutators::AppointmentBook booking(char number, Instant start)
{
    mutators::AppointmentBook made;
    made.id = idOf<AppointmentId>(number);
    made.visitId = idOf<VisitId>(number);
    made.shopId = FuzzShop::shop();
    made.customerId = mia().id;
    made.staffId = barber().id;
    made.serviceId = haircut().id;
    made.start = start;
    return made;
}

/// In the order in which they go.
std::vector<Mutation> opening()
{
    return {makeMutation(mutators::BusinessCreate{FuzzShop::business(), QStringLiteral("Messerschnitt")}),
            makeMutation(berlinShop()),
            makeMutation(barber()),
            makeMutation(haircut()),
            makeMutation(tuesdays()),
            makeMutation(mia()),
            makeMutation(booking(7, tuesdayNoon))};
}

template <typename Entity>
bool readIfOf(const storage::TableDescriptor &table, const storage::Row &row, Result<void> &read)
{
    const storage::Table<Entity> &mine = storage::tableOf<Entity>();
    if (&table != static_cast<const storage::TableDescriptor *>(&mine))
        return false;
    if (const Result<Entity> entity = mine.decode(row.id, row.values); !entity)
        read = tl::unexpected(entity.error());
    else
        promise(mine.encode(*entity).size() == row.values.size(), "an entity has the columns of its table");
    return true;
}

template <typename... Entities>
Result<void> readAsOneOf(const storage::TableDescriptor &table, const storage::Row &row)
{
    Result<void> read;
    promise((readIfOf<Entities>(table, row, read) || ...), "every table has an entity");
    return read;
}

} // namespace

FuzzShop::FuzzShop()
{
    Result<std::unique_ptr<storage::Database>> opened =
        storage::Database::open({.path = QStringLiteral(":memory:")});
    promise(opened.has_value(), "a database in memory opens");
    m_database = std::move(*opened);
    promise(storage::createSyncedTables(*m_database).has_value(), "its tables are made");
    storage::RowStore rows = store();
    rows.setVersion(1);
    for (const Mutation &one : opening())
        promise(mutators::applyMutation(rows, actor(Role::Owner), one).has_value(), "the shop opens");
}

BusinessId FuzzShop::business()
{
    return idOf<BusinessId>(1);
}

ShopId FuzzShop::shop()
{
    return idOf<ShopId>(2);
}

mutators::Actor FuzzShop::actor(Role role)
{
    const bool stands = role == Role::Kiosk || role == Role::Display;
    return {business(), idOf<DeviceId>(9), role, stands ? std::optional(shop()) : std::nullopt};
}

std::vector<Mutation> FuzzShop::mutations()
{
    std::vector<Mutation> all = opening();
    const auto booked = idOf<AppointmentId>(7);
    const auto later = tuesdayNoon + std::chrono::hours(3);
    const std::vector<Mutation> more{
        makeMutation(booking(8, later)),
        makeMutation(mutators::CustomerAdd{mia()}),
        makeMutation(mutators::AppointmentMove{booked, barber().id, later}),
        makeMutation(mutators::AppointmentCancel{booked}),
        makeMutation(mutators::AppointmentRestore{booked}),
        makeMutation(mutators::AppointmentSetStatus{booked, domain::AppointmentStatus::Arrived}),
        makeMutation(mutators::StaffRetire{barber().id}),
        makeMutation(mutators::ServiceRetire{haircut().id}),
        makeMutation(mutators::HoursRetire{tuesdays().id}),
        makeMutation(mutators::ShopRetire{shop()}),
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

Result<void> readAsEntity(const storage::TableDescriptor &table, const storage::Row &row)
{
    using namespace domain;
    return readAsOneOf<Business, Shop, Staff, Service, HoursRule, Customer, Visit, Appointment>(table, row);
}

} // namespace strop::fuzz
