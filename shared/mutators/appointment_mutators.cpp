#include "shared/mutators/appointment_mutators.h"

#include "shared/domain/slots.h"
#include "shared/mutators/catalogue_mutators.h"
#include "shared/mutators/customer_card.h"

#include <QTimeZone>

namespace strop::mutators {

using namespace domain;
using storage::Fields;
using storage::IndexRange;
using storage::Transaction;

namespace {

/// What every version of a booking has.
template <typename Args>
Fields<Args> bookingFields()
{
    return Fields<Args>()
        .add("id", &Args::id)
        .add("visit_id", &Args::visitId)
        .add("shop_id", &Args::shopId)
        .add("customer_id", &Args::customerId)
        .add("staff_id", &Args::staffId)
        .add("service_id", &Args::serviceId)
        .add("start_ms", &Args::start)
        .add("duration_minutes", &Args::durationMinutes)
        .add("source", &Args::source)
        .add("note", &Args::note);
}

} // namespace

const Fields<AppointmentBookV1> &ArgumentsOf<AppointmentBookV1>::fields()
{
    static const auto all = bookingFields<AppointmentBookV1>();
    return all;
}

const Fields<AppointmentBook> &ArgumentsOf<AppointmentBook>::fields()
{
    static const Fields<AppointmentBook> all =
        bookingFields<AppointmentBook>().add("sealed_customer", &AppointmentBook::sealedCustomer);
    return all;
}

AppointmentBook upConverted(const AppointmentBookV1 &args)
{
    AppointmentBook newest;
    newest.id = args.id;
    newest.visitId = args.visitId;
    newest.shopId = args.shopId;
    newest.customerId = args.customerId;
    newest.staffId = args.staffId;
    newest.serviceId = args.serviceId;
    newest.start = args.start;
    newest.durationMinutes = args.durationMinutes;
    newest.source = args.source;
    newest.note = args.note;
    return newest;
}

const Fields<AppointmentMove> &ArgumentsOf<AppointmentMove>::fields()
{
    static const auto all = Fields<AppointmentMove>()
                                .add("id", &AppointmentMove::id)
                                .add("staff_id", &AppointmentMove::staffId)
                                .add("start_ms", &AppointmentMove::start);
    return all;
}

const Fields<AppointmentCancel> &ArgumentsOf<AppointmentCancel>::fields()
{
    static const auto all = Fields<AppointmentCancel>().add("id", &AppointmentCancel::id);
    return all;
}

const Fields<AppointmentRestore> &ArgumentsOf<AppointmentRestore>::fields()
{
    static const auto all = Fields<AppointmentRestore>().add("id", &AppointmentRestore::id);
    return all;
}

const Fields<AppointmentSetStatus> &ArgumentsOf<AppointmentSetStatus>::fields()
{
    static const auto all = Fields<AppointmentSetStatus>()
                                .add("id", &AppointmentSetStatus::id)
                                .add("status", &AppointmentSetStatus::status);
    return all;
}

namespace {

constexpr Millis longest = std::chrono::minutes(maxServiceMinutes);

/// Starts lie in the years 1970 to 9999: what a stranger sends must not overflow the arithmetic on it.
constexpr Instant earliestStart{};
constexpr Instant latestStart = instantFromMs(253'402'300'799'999);

Result<void> requirePlausible(Instant start)
{
    if (start >= earliestStart && start <= latestStart)
        return {};
    return fail(ErrorCode::InvalidArgument, QStringLiteral("The start is not a date of this calendar."));
}

Result<void> requireStaffRole(const Actor &actor)
{
    if (staffRoles.contains(actor.role))
        return {};
    return fail(ErrorCode::NotPermitted, QStringLiteral("Only the shop's staff can change an appointment."));
}

Result<Appointment> existing(Transaction &tx, const Actor &actor, AppointmentId id)
{
    STROP_TRY_ASSIGN(const auto appointment, tx.get<Appointment>(id));
    if (!appointment)
        return fail(ErrorCode::NotFound, QStringLiteral("This appointment does not exist any more."));
    STROP_TRY(requireShop(actor, appointment->shopId));
    return *appointment;
}

Result<Staff> workingBarber(Transaction &tx, StaffId id, ShopId shop)
{
    STROP_TRY_ASSIGN(const auto staff, tx.get<Staff>(id));
    if (!staff || staff->shopId != shop)
        return fail(ErrorCode::NotFound, QStringLiteral("That barber does not work in this shop."));
    if (staff->retired)
        return fail(ErrorCode::Retired,
                    QStringLiteral("%1 does not take appointments any more. Choose another barber.")
                        .arg(staff->name));
    return *staff;
}

/// SlotTaken when another appointment keeps the barber busy. The start is bounded from below by the longest
/// appointment there can be, so the probe reads a day of one barber and never a year; what has ended by then
/// is left in the database.
Result<void> requireFree(Transaction &tx, const Staff &barber, const TimeSpan &span, AppointmentId except)
{
    const IndexRange around{QStringLiteral("staff_start"),
                            {barber.id.uuid.toBytes()},
                            toMs(span.start - longest),
                            toMs(span.end),
                            IndexRange::Above{QStringLiteral("end_ms"), toMs(span.start)}};
    STROP_TRY_ASSIGN(const std::vector<Appointment> near, tx.range<Appointment>(around));
    for (const Appointment &other : near) {
        if (other.id != except && occupiesBarber(other.status) &&
            TimeSpan{other.start, other.end}.overlaps(span))
            return fail(
                ErrorCode::SlotTaken,
                QStringLiteral("%1 has another appointment at that time. Choose another time or barber.")
                    .arg(barber.name));
    }
    return {};
}

/// A kiosk books within working hours only; the staff may book whenever they will.
Result<void> requireWorking(Transaction &tx, const Staff &barber, const Shop &shop, const TimeSpan &span)
{
    std::vector<HoursRule> rules;
    const IndexRange ofShop{QStringLiteral("shop"), {shop.id.uuid.toBytes()}, 0, 8};
    STROP_TRY_ASSIGN(rules, tx.range<HoursRule>(ofShop));
    const QTimeZone zone = zoneNamed(shop.zone).value_or(QTimeZone::utc());
    const QDate date = wallMinuteOf(span.start, zone).date;
    for (const TimeSpan &working : workingSpans(rules, barber.id, date, zone)) {
        if (working.contains(span))
            return {};
    }
    return fail(
        ErrorCode::OutsideHours,
        QStringLiteral("%1 does not work at that time. Choose another time or barber.").arg(barber.name));
}

Result<Shop> openShop(Transaction &tx, ShopId id)
{
    STROP_TRY_ASSIGN(const auto shop, tx.get<Shop>(id));
    if (!shop)
        return fail(ErrorCode::NotFound, QStringLiteral("That shop does not exist."));
    if (shop->retired)
        return fail(ErrorCode::Retired,
                    QStringLiteral("%1 does not take appointments any more.").arg(shop->name));
    return *shop;
}

Result<Service> offeredService(Transaction &tx, ServiceId id, ShopId shop)
{
    STROP_TRY_ASSIGN(const auto service, tx.get<Service>(id));
    if (!service || service->shopId != shop)
        return fail(ErrorCode::NotFound, QStringLiteral("That service is not offered in this shop."));
    if (service->retired)
        return fail(ErrorCode::Retired,
                    QStringLiteral("%1 is not offered any more. Choose another service.").arg(service->name));
    return *service;
}

/// The barber still works here, and the appointment's time is still free.
Result<void> requirePlace(Transaction &tx, const Appointment &appointment)
{
    STROP_TRY_ASSIGN(const Staff barber, workingBarber(tx, appointment.staffId, appointment.shopId));
    return requireFree(tx, barber, {appointment.start, appointment.end}, appointment.id);
}

Result<void> requireOneCustomer(const AppointmentBook &args)
{
    if (!args.sealedCustomer)
        return {};
    if (args.customerId)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give the customer by id or sealed, and not both."));
    if (args.sealedCustomer->size() > maxSealedCustomerBytes)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("The sealed customer takes up to %1 bytes.").arg(maxSealedCustomerBytes));
    return {};
}

/// Whom the booking is for. Opens what was sealed where the key is, and files the person if nobody of that
/// name and phone is known; where it is not, the person stays unknown.
Result<std::optional<CustomerId>> customerOf(Transaction &tx, const Actor &actor, const AppointmentBook &args)
{
    if (!args.sealedCustomer || !actor.unsealer)
        return args.customerId;
    STROP_TRY_ASSIGN(const QByteArray opened, actor.unsealer->open(*args.sealedCustomer));
    STROP_TRY_ASSIGN(const CustomerCard card, decodeCard(opened));
    const QString phone = normalisedPhone(card.phone);
    if (phone.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("That is not a phone number."));
    CustomerAdd person;
    person.id = customerIdFor(args.shopId, card.name, phone);
    person.shopId = args.shopId;
    person.name = card.name.trimmed();
    person.phone = phone;
    person.email = card.email;
    STROP_TRY(apply(tx, actor, person));
    return person.id;
}

Result<void> ensureVisit(Transaction &tx, const AppointmentBook &args,
                         const std::optional<CustomerId> &customer)
{
    STROP_TRY_ASSIGN(const auto visit, tx.get<Visit>(args.visitId));
    if (!visit)
        return tx.put(Visit{args.visitId, args.shopId, customer, args.source, args.note});
    if (visit->shopId != args.shopId || visit->customerId != customer)
        return fail(ErrorCode::Conflict, QStringLiteral("That visit belongs to somebody else."));
    return {};
}

} // namespace

Result<void> apply(Transaction &tx, const Actor &actor, const AppointmentBook &args)
{
    if (actor.role == Role::Display)
        return fail(ErrorCode::NotPermitted, QStringLiteral("This device cannot book."));
    STROP_TRY(requireShop(actor, args.shopId));
    if (args.id.isNil() || args.visitId.isNil())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("The id must not be empty."));
    if (args.note.size() > maxNotesLength)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Shorten the note to %1 characters.").arg(maxNotesLength));
    STROP_TRY(requirePlausible(args.start));
    STROP_TRY(requireOneCustomer(args));
    STROP_TRY_ASSIGN(const auto before, tx.get<Appointment>(args.id));
    if (before)
        return fail(ErrorCode::AlreadyExists, QStringLiteral("This appointment is booked already."));
    STROP_TRY_ASSIGN(const Shop shop, openShop(tx, args.shopId));
    STROP_TRY_ASSIGN(const Staff barber, workingBarber(tx, args.staffId, shop.id));
    STROP_TRY_ASSIGN(const Service service, offeredService(tx, args.serviceId, shop.id));
    const bool byKiosk = actor.role == Role::Kiosk;
    const qint64 minutes =
        args.durationMinutes == 0 || byKiosk ? service.durationMinutes : args.durationMinutes;
    if (minutes < minServiceMinutes || minutes > maxServiceMinutes)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("An appointment takes from %1 to %2 minutes.")
                                                    .arg(minServiceMinutes)
                                                    .arg(maxServiceMinutes));
    const TimeSpan span{args.start, args.start + std::chrono::minutes(minutes)};
    if (byKiosk)
        STROP_TRY(requireWorking(tx, barber, shop, span));
    STROP_TRY(requireFree(tx, barber, span, args.id));
    STROP_TRY_ASSIGN(const std::optional<CustomerId> customer, customerOf(tx, actor, args));
    STROP_TRY(ensureVisit(tx, args, customer));
    return tx.put(Appointment{args.id, shop.id, args.visitId, barber.id, service.id, span.start, span.end,
                              AppointmentStatus::Booked, service.priceMinor});
}

Result<void> apply(Transaction &tx, const Actor &actor, const AppointmentMove &args)
{
    STROP_TRY(requireStaffRole(actor));
    STROP_TRY(requirePlausible(args.start));
    STROP_TRY_ASSIGN(Appointment appointment, existing(tx, actor, args.id));
    if (!occupiesBarber(appointment.status) || appointment.status == AppointmentStatus::Done)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("This appointment is over and cannot be moved. Book a new one."));
    STROP_TRY_ASSIGN(const Staff barber, workingBarber(tx, args.staffId, appointment.shopId));
    const TimeSpan span{args.start, args.start + (appointment.end - appointment.start)};
    STROP_TRY(requireFree(tx, barber, span, appointment.id));
    appointment.staffId = barber.id;
    appointment.start = span.start;
    appointment.end = span.end;
    return tx.put(appointment);
}

Result<void> apply(Transaction &tx, const Actor &actor, const AppointmentCancel &args)
{
    return apply(tx, actor, AppointmentSetStatus{args.id, AppointmentStatus::Cancelled});
}

Result<void> apply(Transaction &tx, const Actor &actor, const AppointmentRestore &args)
{
    STROP_TRY(requireStaffRole(actor));
    STROP_TRY_ASSIGN(Appointment appointment, existing(tx, actor, args.id));
    if (appointment.status != AppointmentStatus::Cancelled)
        return fail(ErrorCode::Conflict, QStringLiteral("This appointment is not cancelled."));
    STROP_TRY(requirePlace(tx, appointment));
    appointment.status = AppointmentStatus::Booked;
    return tx.put(appointment);
}

Result<void> apply(Transaction &tx, const Actor &actor, const AppointmentSetStatus &args)
{
    STROP_TRY(requireStaffRole(actor));
    STROP_TRY_ASSIGN(Appointment appointment, existing(tx, actor, args.id));
    if (appointment.status == args.status)
        return {};
    if (!mayFollow(appointment.status, args.status))
        return fail(ErrorCode::Conflict, QStringLiteral("This appointment is %1 and cannot become %2.")
                                             .arg(statusName(appointment.status), statusName(args.status)));
    if (!occupiesBarber(appointment.status) && occupiesBarber(args.status))
        STROP_TRY(requirePlace(tx, appointment));
    appointment.status = args.status;
    return tx.put(appointment);
}

} // namespace strop::mutators
