#pragma once

#include "shared/domain/entities.h"
#include "shared/mutators/mutation.h"
#include "shared/storage/tables.h"

/// The argument structs of every mutator. Ids and times are made by the writer and passed in: a mutator has
/// no clock and no randomness. A released struct never changes its meaning; a new meaning is a new version of
/// the mutator.
namespace strop::mutators {

/// Creates the business, once, as the first write of all. Owners only.
struct BusinessCreate
{
    BusinessId id;
    QString name;
    QByteArray publicKey = {}; ///< domain::Business::publicKey; empty: one is set later.
};

/// Gives a business that has none its public key. The server's own: no device may, since everything that
/// kiosks seal from then on would be readable to whoever made the key, and to nobody else.
struct BusinessSetKey
{
    BusinessId id;
    QByteArray publicKey;
};

/// Takes something out of use. What refers to it stays; nothing new may.
struct ShopRetire
{
    ShopId id;
};
struct StaffRetire
{
    StaffId id;
};
struct ServiceRetire
{
    ServiceId id;
};
struct HoursRetire
{
    HoursId id;
};

/// Books a service with a barber; creates the visit when it does not exist yet. SlotTaken when the barber is
/// busy; for a kiosk also OutsideHours, and only from Booked.
struct AppointmentBook
{
    AppointmentId id;
    VisitId visitId;
    ShopId shopId;
    std::optional<CustomerId> customerId;
    StaffId staffId;
    ServiceId serviceId;
    Instant start;
    qint64 durationMinutes = 0; ///< 5–480; 0: as long as the service takes.
    domain::Source source = domain::Source::Desktop;
    QString note;

    /// Instead of customerId, from whoever may not know customers: a CustomerCard (customer_card.h) sealed to
    /// the business's public key. The authority opens it, and files the person under domain::customerIdFor;
    /// one who is known already stays as the staff wrote them down. On a device the visit is anonymous.
    std::optional<QByteArray> sealedCustomer = {};
};

/// As released with protocol 1: who books names the customer.
struct AppointmentBookV1
{
    AppointmentId id;
    VisitId visitId;
    ShopId shopId;
    std::optional<CustomerId> customerId;
    StaffId staffId;
    ServiceId serviceId;
    Instant start;
    qint64 durationMinutes = 0;
    domain::Source source = domain::Source::Desktop;
    QString note;
};

/// The same booking in the newest form.
[[nodiscard]] AppointmentBook upConverted(const AppointmentBookV1 &args);

/// Moves an appointment to another start, barber or both; its length stays. SlotTaken when it does not fit.
struct AppointmentMove
{
    AppointmentId id;
    StaffId staffId;
    Instant start;
};

struct AppointmentCancel
{
    AppointmentId id;
};

/// Takes a cancellation back: the appointment stands as it was and is booked. Conflict for one that is not
/// cancelled, SlotTaken when its time has been given away.
struct AppointmentRestore
{
    AppointmentId id;
};

/// Conflict when the status may not follow the present one (domain::mayFollow).
struct AppointmentSetStatus
{
    AppointmentId id;
    domain::AppointmentStatus status = domain::AppointmentStatus::Booked;
};

/// Creates a customer and never edits one: of an id that is known already nothing changes, and the write is
/// accepted. For whoever books, who may know less of the customer than is written down.
struct CustomerAdd : domain::Customer
{};

/// The wire names and fields of the structs above.
#define STROP_ARGUMENTS(Struct, Name, Version)                                                               \
    template <>                                                                                              \
    struct ArgumentsOf<Struct>                                                                               \
    {                                                                                                        \
        static constexpr const char *name = Name;                                                            \
        static constexpr int version = Version;                                                              \
        static const storage::Fields<Struct> &fields();                                                      \
    }

STROP_ARGUMENTS(BusinessCreate, "business.create", 1);
STROP_ARGUMENTS(BusinessSetKey, "business.setKey", 1);
STROP_ARGUMENTS(ShopRetire, "shop.retire", 1);
STROP_ARGUMENTS(StaffRetire, "staff.retire", 1);
STROP_ARGUMENTS(ServiceRetire, "service.retire", 1);
STROP_ARGUMENTS(HoursRetire, "hours.retire", 1);
STROP_ARGUMENTS(CustomerAdd, "customer.add", 1);
STROP_ARGUMENTS(AppointmentBookV1, "appointment.book", 1);
STROP_ARGUMENTS(AppointmentBook, "appointment.book", 2);
STROP_ARGUMENTS(AppointmentMove, "appointment.move", 1);
STROP_ARGUMENTS(AppointmentCancel, "appointment.cancel", 1);
STROP_ARGUMENTS(AppointmentRestore, "appointment.restore", 1);
STROP_ARGUMENTS(AppointmentSetStatus, "appointment.setStatus", 1);

#undef STROP_ARGUMENTS

/// Putting an entity takes the entity itself: its id and every column of its table. Creates it or replaces
/// every field. Managing roles, but for customers, whom all staff keep; a kiosk, which never sees customers
/// and today sends CustomerAdd, only creates them here too: one already known by that id keeps what the staff
/// wrote. A shop's currency and the shop of anything else never change.
template <typename Entity>
struct PutArguments
{
    static constexpr int version = 1;
    static const storage::Fields<Entity> &fields()
    {
        static const storage::Fields<Entity> all =
            storage::Fields<Entity>(storage::tableOf<Entity>().fields()).add("id", &Entity::id);
        return all;
    }
};

template <>
struct ArgumentsOf<domain::Shop> : PutArguments<domain::Shop>
{
    static constexpr const char *name = "shop.put";
};
template <>
struct ArgumentsOf<domain::Staff> : PutArguments<domain::Staff>
{
    static constexpr const char *name = "staff.put";
};
template <>
struct ArgumentsOf<domain::Service> : PutArguments<domain::Service>
{
    static constexpr const char *name = "service.put";
};
template <>
struct ArgumentsOf<domain::HoursRule> : PutArguments<domain::HoursRule>
{
    static constexpr const char *name = "hours.put";
};
template <>
struct ArgumentsOf<domain::Customer> : PutArguments<domain::Customer>
{
    static constexpr const char *name = "customer.put";
};

} // namespace strop::mutators
