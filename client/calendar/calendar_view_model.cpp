#include "client/calendar/calendar_view_model.h"

#include "shared/mutators/arguments.h"

namespace strop::client {

using namespace domain;
using mutators::makeMutation;
using mutators::Mutation;

namespace {

constexpr Millis minute{60'000};

/// What takes a cancellation back.
std::vector<Mutation> restored(const Appointment &one)
{
    std::vector<Mutation> writes{makeMutation(mutators::AppointmentRestore{one.id})};
    if (one.status != AppointmentStatus::Booked)
        writes.push_back(makeMutation(mutators::AppointmentSetStatus{one.id, one.status}));
    return writes;
}

} // namespace

CalendarViewModel::CalendarViewModel(net::ReplicaHost &host, net::ShopCatalogue &catalogue,
                                     const Clock &clock, Random &random)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_clock(clock)
    , m_random(random)
    , m_appointments(host, [this] { refresh(); })
    , m_editor(host, catalogue, clock, random)
    , m_columns([](const CalendarColumn &column) { return column.staff.toString(); })
    , m_cards([](const CalendarCard &card) { return card.id.toString(); })
    , m_lines([](const CalendarLine &line) { return QString::number(line.minute); })
    , m_closures([](const CalendarClosure &one) {
        return QStringLiteral("%1 %2").arg(one.column).arg(one.startMinute);
    })
{
    connect(&catalogue, &net::ShopCatalogue::changed, this, &CalendarViewModel::followShop);
    connect(&m_editor, &AppointmentEditor::booked, this, &CalendarViewModel::writeBooking);
    connect(&m_editor, &AppointmentEditor::statusChosen, this, &CalendarViewModel::setStatus);
    connect(&m_editor, &AppointmentEditor::cancelChosen, this, &CalendarViewModel::cancel);
    connect(&m_minute, &QTimer::timeout, this, &CalendarViewModel::tick);
    m_minute.start(minute / 4);
    m_date = m_today = todayInShop();
}

QDate CalendarViewModel::todayInShop() const
{
    return wallMinuteOf(m_clock.now(), m_catalogue.zone()).date;
}

void CalendarViewModel::tick()
{
    const QDate today = todayInShop();
    if (const QDate before = std::exchange(m_today, today); before != today) {
        if (m_date == before)
            setDate(today);
        Q_EMIT dayChanged();
    }
    Q_EMIT nowChanged();
}

void CalendarViewModel::followShop()
{
    if (m_catalogue.shop().id != m_watchedShop) {
        m_today = todayInShop();
        showToday();
    } else if (m_catalogue.zone() != m_watchedZone) {
        tick(); // today may be another day there
        watchDay();
    }
    refresh();
}

void CalendarViewModel::setDate(const QDate &date)
{
    if (!date.isValid() || (date == m_date && m_watchedShop == m_catalogue.shop().id))
        return;
    m_date = date;
    watchDay();
    Q_EMIT dateChanged();
    Q_EMIT dayChanged();
    Q_EMIT nowChanged();
}

void CalendarViewModel::watchDay()
{
    m_watchedShop = m_catalogue.shop().id;
    m_watchedZone = m_catalogue.zone();
    if (!m_watchedShop.isNil())
        m_appointments.watch(dayQuery(m_watchedShop, daySpan(m_date, m_catalogue.zone())));
}

void CalendarViewModel::refresh()
{
    if (isLoading())
        return;
    m_day = layOut(m_catalogue, m_date, m_appointments.rows());
    m_columns.show(m_day.columns);
    m_lines.show(m_day.lines);
    m_closures.show(m_day.closures);
    m_cards.show(m_day.cards);
    m_editor.setDay(m_date, m_appointments.rows());
    Q_EMIT dayChanged();
    Q_EMIT nowChanged();
}

QString CalendarViewModel::title() const
{
    return m_catalogue.locale().toString(m_date, QStringLiteral("dddd d MMMM"));
}

QString CalendarViewModel::notice() const
{
    if (isLoading())
        return {};
    if (m_catalogue.staff().empty())
        return tr("No barber works here yet.");
    if (!m_day.open && m_day.cards.empty())
        return tr("The shop is closed on this day.");
    return {};
}

int CalendarViewModel::totalMinutes() const
{
    return int((m_day.shown.end - m_day.shown.start) / minute);
}

int CalendarViewModel::nowMinute() const
{
    const Instant now = m_clock.now();
    if (now < m_day.shown.start || now >= m_day.shown.end)
        return -1;
    return int((now - m_day.shown.start) / minute);
}

Instant CalendarViewModel::instantAtMinute(int at) const
{
    return m_day.shown.start + minute * at;
}

int CalendarViewModel::snapped(int at) const
{
    const int grid = qMax(1, gridMinutes());
    return qBound(0, (at + grid / 2) / grid * grid, totalMinutes());
}

QString CalendarViewModel::timeAt(int at) const
{
    return m_catalogue.timeText(instantAtMinute(snapped(at)));
}

const DayAppointment *CalendarViewModel::appointment(const QString &cardId) const
{
    for (const DayAppointment &one : m_appointments.rows()) {
        if (one.appointment.id.toString() == cardId)
            return &one;
    }
    return nullptr;
}

std::vector<Appointment> CalendarViewModel::taken() const
{
    std::vector<Appointment> all;
    for (const DayAppointment &one : m_appointments.rows())
        all.push_back(one.appointment);
    return all;
}

QString CalendarViewModel::whyNot(const QString &cardId, int column, int at) const
{
    const DayAppointment *day = appointment(cardId);
    if (!day || column < 0 || column >= columnCount())
        return tr("There is no barber.");
    const AppointmentStatus status = day->appointment.status;
    if (!occupiesBarber(status) || status == AppointmentStatus::Done)
        return tr("It is over and stays where it is");
    const CalendarColumn &barber = m_day.columns[size_t(column)];
    if (m_catalogue.staffOf(barber.staff).retired)
        return tr("%1 takes no appointments any more").arg(barber.name);
    const Instant start = instantAtMinute(snapped(at));
    const TimeSpan span{start, start + (day->appointment.end - day->appointment.start)};
    // The staff may book outside of the hours, but nobody twice.
    BarberDay then = m_catalogue.barberDay(barber.staff, m_date, taken(), day->appointment.id);
    then.working = {span};
    return problemWith(span, then) == SlotProblem::Busy ? tr("%1 is busy then").arg(barber.name) : QString();
}

void CalendarViewModel::queue(std::vector<Mutation> writes, Settled settled)
{
    if (writes.empty())
        return settled({});
    const Mutation first = writes.front();
    writes.erase(writes.begin());
    m_host.mutate(first,
                  [this, writes = std::move(writes), settled = std::move(settled)](const Result<qint64> &id) {
                      if (id)
                          queue(writes, settled);
                      else
                          settled(tl::unexpected(id.error()));
                  });
}

void CalendarViewModel::write(const Mutation &mutation, const QString &done, std::vector<Mutation> inverse)
{
    queue({mutation}, [this, done, inverse = std::move(inverse)](const Result<void> &written) {
        announce(written, done, inverse);
    });
}

void CalendarViewModel::announce(const Result<void> &written, const QString &done,
                                 const std::vector<Mutation> &inverse)
{
    if (!written)
        return Q_EMIT announced(written.error().message, false);
    m_undo = inverse;
    Q_EMIT announced(done, !inverse.empty());
}

void CalendarViewModel::move(const QString &cardId, int column, int at)
{
    const DayAppointment *day = appointment(cardId);
    if (!day || column < 0 || column >= columnCount())
        return;
    const Appointment &one = day->appointment;
    const CalendarColumn &barber = m_day.columns[size_t(column)];
    const Instant start = instantAtMinute(snapped(at));
    if (start == one.start && barber.staff == one.staffId)
        return;
    if (const QString problem = whyNot(cardId, column, at); !problem.isEmpty())
        return Q_EMIT announced(problem, false);
    write(makeMutation(mutators::AppointmentMove{one.id, barber.staff, start}),
          tr("%1 moved to %2 with %3").arg(customerText(*day), m_catalogue.timeText(start), barber.name),
          {makeMutation(mutators::AppointmentMove{one.id, one.staffId, one.start})});
}

void CalendarViewModel::cancel(const QString &cardId)
{
    const DayAppointment *day = appointment(cardId);
    if (!day)
        return;
    write(makeMutation(mutators::AppointmentCancel{day->appointment.id}),
          tr("%1 cancelled").arg(customerText(*day)), restored(day->appointment));
}

void CalendarViewModel::setStatus(const QString &cardId, const QString &status)
{
    const DayAppointment *day = appointment(cardId);
    const std::optional<AppointmentStatus> next = statusFromName(status);
    if (!day || !next || *next == day->appointment.status)
        return;
    if (*next == AppointmentStatus::Cancelled)
        return cancel(cardId);
    write(makeMutation(mutators::AppointmentSetStatus{day->appointment.id, *next}),
          tr("%1: %2").arg(customerText(*day), statusText(*next)),
          {makeMutation(mutators::AppointmentSetStatus{day->appointment.id, day->appointment.status})});
}

void CalendarViewModel::book(int column, int at)
{
    const bool known = column >= 0 && column < columnCount();
    m_editor.startNew(known ? m_day.columns[size_t(column)].staff : StaffId(),
                      at >= 0 ? instantAtMinute(snapped(at)) : m_clock.now());
}

void CalendarViewModel::open(const QString &cardId)
{
    if (const DayAppointment *day = appointment(cardId))
        m_editor.show(*day);
}

void CalendarViewModel::writeBooking(const Booking &booking)
{
    std::vector<Mutation> writes{makeMutation(booking.appointment)};
    if (booking.newcomer)
        writes.insert(writes.begin(), makeMutation(*booking.newcomer));
    const QString name = booking.customerName.isEmpty() ? tr("Walk-in") : booking.customerName;
    const QString done = tr("%1 booked at %2").arg(name, m_catalogue.timeText(booking.appointment.start));
    const AppointmentId id = booking.appointment.id;
    queue(std::move(writes), [this, id, done](const Result<void> &written) {
        m_editor.settle(id, written.has_value());
        announce(written, done, {makeMutation(mutators::AppointmentCancel{id})});
    });
}

void CalendarViewModel::undo()
{
    if (m_undo.empty())
        return Q_EMIT announced(tr("There is nothing to undo."), false);
    queue(std::exchange(m_undo, {}),
          [this](const Result<void> &written) { announce(written, tr("Undone"), {}); });
}

} // namespace strop::client
