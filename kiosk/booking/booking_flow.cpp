#include "kiosk/booking/booking_flow.h"

#include "shared/sync/entity_query.h"
#include "shared/sync/sealed_customer.h"

namespace strop::kiosk {

using namespace domain;
using mutators::makeMutation;

namespace {

/// How far ahead a customer can book.
constexpr int daysAhead = 14;

/// How late the screen may be in noticing that a minute has passed.
constexpr Millis timeStep{15'000};

QString keyOf(const BookingChoice &choice)
{
    return choice.value;
}

} // namespace

BookingFlow::BookingFlow(net::ReplicaHost &host, net::ShopCatalogue &catalogue, const Clock &clock,
                         Random &random)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_clock(clock)
    , m_random(random)
    , m_appointments(host, [this] { refresh(); })
    , m_business(host, [this] { refresh(); })
    , m_services(keyOf)
    , m_barbers(keyOf)
    , m_days(keyOf)
    , m_times(keyOf)
{
    m_business.watch(sync::entityQuery<Business>());
    connect(&catalogue, &net::ShopCatalogue::changed, this, [this] {
        watchDays();
        refresh();
    });
    connect(&host, &net::ReplicaHost::statusChanged, this, [this] {
        const bool complete = m_host.status().complete;
        if (std::exchange(m_complete, complete) != complete)
            refresh();
    });
    connect(&m_timer, &QTimer::timeout, this, &BookingFlow::tick);
    m_timer.start(timeStep);
}

bool BookingFlow::isReady() const
{
    return knowsTimes() && !business().publicKey.isEmpty();
}

bool BookingFlow::knowsTimes() const
{
    return m_complete && m_catalogue.ready() && m_appointments.loaded() && m_business.loaded();
}

Business BookingFlow::business() const
{
    return m_business.rows().empty() ? Business() : m_business.rows().front();
}

QDate BookingFlow::today() const
{
    return wallMinuteOf(m_clock.now(), m_catalogue.zone()).date;
}

void BookingFlow::watchDays()
{
    const ShopId shop = m_catalogue.shop().id;
    if (shop.isNil() ||
        (m_watchedFrom == today() && m_watchedShop == shop && m_watchedZone == m_catalogue.zone()))
        return;
    m_watchedFrom = today();
    m_watchedShop = shop;
    m_watchedZone = m_catalogue.zone();
    const Instant from = daySpan(today(), m_catalogue.zone()).start - std::chrono::minutes(maxServiceMinutes);
    const Instant to = daySpan(today().addDays(daysAhead), m_catalogue.zone()).end;
    m_appointments.watch(sync::entityQuery<Appointment>(
        QStringLiteral(" AND shop_id = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms, id"),
        {shop.uuid.toBytes(), toMs(from), toMs(to)}));
}

std::vector<Slot> BookingFlow::freeSlots(const QDate &date, Millis duration,
                                         std::optional<StaffId> barber) const
{
    const SlotQuery query{date, m_catalogue.zone(), int(m_catalogue.shop().bookingGridMinutes), duration,
                          m_clock.now()};
    std::vector<BarberDay> days;
    for (const Staff &one : m_catalogue.staff()) {
        if (!barber || *barber == one.id)
            days.push_back(m_catalogue.barberDay(one.id, date, m_appointments.rows()));
    }
    return freeSlotsOfAny(query, days);
}

std::optional<Slot> BookingFlow::firstFree(Millis duration, std::optional<StaffId> barber) const
{
    for (int day = 0; day < daysAhead; ++day) {
        const std::vector<Slot> slots = freeSlots(today().addDays(day), duration, barber);
        if (!slots.empty())
            return slots.front();
    }
    return std::nullopt;
}

Millis BookingFlow::chosenDuration() const
{
    return std::chrono::minutes(m_catalogue.serviceOf(m_chosen.service).durationMinutes);
}

QString BookingFlow::dayText(const QDate &date) const
{
    if (date == today())
        return tr("Today");
    if (date == today().addDays(1))
        return tr("Tomorrow");
    return m_catalogue.locale().toString(date, QStringLiteral("ddd d MMM"));
}

QString BookingFlow::whenText(const std::optional<Slot> &slot) const
{
    if (!slot)
        return tr("Nothing free in the next two weeks");
    const QDate date = wallMinuteOf(slot->span.start, m_catalogue.zone()).date;
    return QStringLiteral("%1 %2").arg(dayText(date), m_catalogue.timeText(slot->span.start));
}

QString BookingFlow::nextFree() const
{
    if (knowsTimes() && !isReady()) // the server is an older one, which gives no key to seal to
        return tr("This kiosk is still getting ready. Please ask at the desk.");
    if (!isReady() || m_catalogue.services().empty())
        return {};
    const std::optional<Slot> slot =
        firstFree(std::chrono::minutes(m_catalogue.services().front().durationMinutes), std::nullopt);
    return slot ? tr("Next free: %1").arg(whenText(slot)) : whenText(slot);
}

void BookingFlow::refresh()
{
    if (!isReady())
        return Q_EMIT changed();
    watchDays();
    std::vector<BookingChoice> services;
    for (const Service &one : m_catalogue.services())
        services.push_back({one.id.toString(), one.name, tr("%n min", nullptr, int(one.durationMinutes)),
                            m_catalogue.priceText(one.priceMinor), -1});
    m_services.show(services);
    if (m_step >= Step::Barber) {
        std::vector<BookingChoice> barbers{
            {QString(), tr("First free"), whenText(firstFree(chosenDuration(), std::nullopt)), {}, -1}};
        for (const Staff &one : m_catalogue.staff())
            barbers.push_back({one.id.toString(),
                               one.name,
                               whenText(firstFree(chosenDuration(), one.id)),
                               {},
                               int(one.hue)});
        m_barbers.show(barbers);
    }
    offerTimes();
    Q_EMIT changed();
}

void BookingFlow::offerTimes()
{
    if (m_step != Step::Time)
        return;
    std::vector<BookingChoice> days;
    for (int day = 0; day < daysAhead; ++day)
        days.push_back({QString::number(day), dayText(today().addDays(day)), {}, {}, -1});
    m_days.show(days);
    std::vector<BookingChoice> times;
    for (const Slot &slot : freeSlots(chosenDate(), chosenDuration(), m_chosen.barber))
        times.push_back({QString::number(toMs(slot.span.start)),
                         m_catalogue.timeText(slot.span.start),
                         m_chosen.barber ? QString() : m_catalogue.staffOf(slot.staff).name,
                         {},
                         -1});
    m_times.show(times);
}

void BookingFlow::go(Step step)
{
    m_step = step;
    m_problem.clear();
    refresh();
}

void BookingFlow::begin()
{
    if (isReady())
        go(Step::Service);
}

void BookingFlow::chooseService(const QString &id)
{
    m_chosen.service = ServiceId{Uuid::fromString(id).value_or(Uuid())};
    go(Step::Barber);
}

void BookingFlow::chooseBarber(const QString &id)
{
    m_chosen.barber.reset();
    if (!id.isEmpty())
        m_chosen.barber = StaffId{Uuid::fromString(id).value_or(Uuid())};
    const std::optional<Slot> first = firstFree(chosenDuration(), m_chosen.barber);
    m_day = first ? int(today().daysTo(wallMinuteOf(first->span.start, m_catalogue.zone()).date)) : 0;
    go(Step::Time);
}

void BookingFlow::chooseDay(int index)
{
    m_day = qBound(0, index, daysAhead - 1);
    offerTimes();
    Q_EMIT changed();
}

void BookingFlow::chooseTime(const QString &milliseconds)
{
    for (const Slot &slot : freeSlots(chosenDate(), chosenDuration(), m_chosen.barber)) {
        if (QString::number(toMs(slot.span.start)) == milliseconds) {
            m_chosen.slot = slot;
            return go(Step::Details);
        }
    }
    refresh(); // it was taken while the finger was on its way
}

void BookingFlow::setName(const QString &name)
{
    m_name = name.left(maxNameLetters);
    Q_EMIT changed();
}

void BookingFlow::setPhone(const QString &phone)
{
    m_phone = phone.left(maxPhoneLetters);
    Q_EMIT changed();
}

QString BookingFlow::missing() const
{
    if (m_name.trimmed().isEmpty())
        return tr("What is your name?");
    if (normalisedPhone(m_phone).isEmpty())
        return tr("Your phone number, so that the shop can reach you.");
    return {};
}

QString BookingFlow::summary() const
{
    if (!m_chosen.slot)
        return {};
    return tr("%1 with %2, %3")
        .arg(m_catalogue.serviceOf(m_chosen.service).name, m_catalogue.staffOf(m_chosen.slot->staff).name,
             whenText(m_chosen.slot));
}

void BookingFlow::confirm()
{
    if (m_step != Step::Details || !missing().isEmpty() || m_confirming)
        return;
    m_confirming = true;
    m_problem.clear();
    Q_EMIT changed();
    const Result<mutators::AppointmentBook> args = booking();
    if (!args)
        return failed(args.error());
    m_host.mutate(makeMutation(*args), [this](const Result<qint64> &id) {
        m_confirming = false;
        if (id)
            go(Step::Done);
        else
            failed(id.error());
    });
}

/// One write for the booking and for whom it is, so that neither can be there without the other.
Result<mutators::AppointmentBook> BookingFlow::booking() const
{
    mutators::AppointmentBook args;
    STROP_TRY_ASSIGN(args.sealedCustomer,
                     sync::sealCustomer({m_name.trimmed(), normalisedPhone(m_phone)}, business()));
    args.id = newId<AppointmentId>(m_clock, m_random);
    args.visitId = newId<VisitId>(m_clock, m_random);
    args.shopId = m_catalogue.shop().id;
    args.staffId = m_chosen.slot->staff;
    args.serviceId = m_chosen.service;
    args.start = m_chosen.slot->span.start;
    args.source = Source::Kiosk;
    return args;
}

void BookingFlow::failed(const Error &error)
{
    m_confirming = false;
    if (error.code == ErrorCode::SlotTaken)
        go(Step::Time);
    m_problem = error.code == ErrorCode::SlotTaken
                    ? tr("That time has just been taken. Please choose another one.")
                    : error.message;
    Q_EMIT changed();
}

void BookingFlow::back()
{
    if (m_confirming)
        return;
    switch (m_step) {
    case Step::Attract:
        return;
    case Step::Service:
    case Step::Done:
        return startOver();
    case Step::Barber:
        return go(Step::Service);
    case Step::Time:
        return go(Step::Barber);
    case Step::Details:
        return go(Step::Time);
    }
}

void BookingFlow::startOver()
{
    if (m_confirming)
        return;
    m_chosen = {};
    m_day = 0;
    m_name.clear();
    m_phone.clear();
    go(Step::Attract);
}

void BookingFlow::tick()
{
    watchDays();
    refresh();
}

} // namespace strop::kiosk
