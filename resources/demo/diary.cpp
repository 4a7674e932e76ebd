#include "resources/demo/diary.h"

#include "resources/demo/chair_day.h"
#include "resources/demo/tables.h"
#include "shared/mutators/arguments.h"

#include <algorithm>

namespace strop::demo {

using namespace domain;
using namespace mutators;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// Writes the shop's diary from the first day of its history to the last bookable one.
class DiaryWriter
{
public:
    DiaryWriter(const DemoOptions &options, const Catalogue &catalogue, Clientele &clientele, Random &random)
        : m_options(options)
        , m_catalogue(catalogue)
        , m_clientele(clientele)
        , m_random(random)
        , m_zone(options.zone.toLatin1())
        , m_midnight(instantAt(options.today, 0, m_zone))
    {}

    /// Appends the bookings of every day, each followed by what came of it.
    void writeTo(std::vector<Mutation> &mutations)
    {
        const QDate last = m_options.today.addDays(daysAhead);
        for (QDate date = m_options.today.addDays(-m_options.historyDays); date <= last;
             date = date.addDays(1)) {
            const double share = shareOn(date);
            for (size_t barber = 0; barber < m_catalogue.staff.size(); ++barber)
                fillDay(barber, date, share, mutations);
        }
    }

private:
    [[nodiscard]] bool isPast(const QDate &date) const { return date < m_options.today; }

    /// How much of the barbers' time is booked on a date.
    [[nodiscard]] double shareOn(const QDate &date)
    {
        const qint64 ahead = m_options.today.daysTo(date);
        if (ahead == 0)
            return m_options.fill;
        if (ahead > 0)
            return m_options.fill * 0.6 * double(daysAhead + 1 - ahead) / daysAhead;
        const auto day = std::find_if(openDays.begin(), openDays.end(),
                                      [&](const OpenDay &open) { return open.weekday == date.dayOfWeek(); });
        return day == openDays.end() ? 0 : day->load * (0.9 + 0.2 * m_random.unit());
    }

    /// What has come of an appointment by now, when it is not a thing of the past.
    [[nodiscard]] AppointmentStatus standingOf(const TimeSpan &span, AppointmentStatus drawn) const
    {
        if (!m_options.now || span.start > *m_options.now)
            return drawn;
        return span.end > *m_options.now ? AppointmentStatus::InChair : AppointmentStatus::Done;
    }

    /// The status that an appointment of that date has come to.
    [[nodiscard]] AppointmentStatus outcomeOn(const QDate &date)
    {
        const double drawn = m_random.unit();
        if (!isPast(date))
            return drawn < 0.25 ? AppointmentStatus::Confirmed : AppointmentStatus::Booked;
        if (drawn < 0.03)
            return AppointmentStatus::NoShow;
        return drawn < 0.09 ? AppointmentStatus::Cancelled : AppointmentStatus::Done;
    }

    void fillDay(size_t barber, const QDate &date, double share, std::vector<Mutation> &mutations)
    {
        ChairDay chair(workingSpans(m_catalogue.hours, m_catalogue.staff[barber].id, date, m_zone), date,
                       m_zone, int(m_catalogue.shop.bookingGridMinutes));
        Millis wanted(qint64(share * double(chair.workingTime().count())));
        while (wanted > Millis(0)) {
            const AppointmentStatus outcome = outcomeOn(date);
            const auto guest = m_clientele.nextGuest(barber, date, outcome == AppointmentStatus::Done);
            const Millis duration = minutes(m_catalogue.services[guest.service].durationMinutes);
            const auto span = chair.findRoom(duration, m_random);
            // Half of the last appointment may lie past what is wanted: right on average.
            if (!span || wanted < duration / 2)
                return;
            book({barber, guest, *span, isPast(date) ? outcome : standingOf(*span, outcome)}, mutations);
            m_clientele.noteAppointment(guest, date, occupiesBarber(outcome));
            // A cancelled place is booked again; the chair of a missed appointment stays empty.
            if (outcome != AppointmentStatus::Cancelled)
                chair.occupy(*span);
            if (occupiesBarber(outcome))
                wanted -= duration;
        }
    }

    struct Entry
    {
        size_t barber = 0;
        Clientele::Guest guest;
        TimeSpan span;
        AppointmentStatus outcome = AppointmentStatus::Booked;
    };

    void book(const Entry &entry, std::vector<Mutation> &mutations)
    {
        const Instant made = bookedAt(entry);
        AppointmentBook booking;
        booking.id = AppointmentId{Uuid::v7(made, m_random)};
        booking.visitId = VisitId{Uuid::v7(made, m_random)};
        booking.shopId = m_catalogue.shop.id;
        if (entry.guest.customer)
            booking.customerId = m_clientele.customers()[*entry.guest.customer].id;
        booking.staffId = m_catalogue.staff[entry.barber].id;
        booking.serviceId = m_catalogue.services[entry.guest.service].id;
        booking.start = entry.span.start;
        booking.source = m_random.below(3) == 0 ? Source::Kiosk : Source::Desktop;
        mutations.push_back(makeMutation(booking));

        if (entry.outcome == AppointmentStatus::Cancelled)
            mutations.push_back(makeMutation(AppointmentCancel{booking.id}));
        else if (entry.outcome != AppointmentStatus::Booked)
            mutations.push_back(makeMutation(AppointmentSetStatus{booking.id, entry.outcome}));
    }

    /// Days ahead for those who gave a name, minutes for those who walked in, and never later than last
    /// midnight.
    [[nodiscard]] Instant bookedAt(const Entry &entry)
    {
        const Millis ahead = entry.guest.customer ? Millis(hours(2 + m_random.below(20 * 24)))
                                                  : Millis(minutes(1 + m_random.below(15)));
        const Millis beforeToday = minutes(1 + m_random.below(5 * 60));
        return std::min(entry.span.start - ahead, m_midnight - beforeToday);
    }

    const DemoOptions &m_options;
    const Catalogue &m_catalogue;
    Clientele &m_clientele;
    Random &m_random;
    const QTimeZone m_zone;
    const Instant m_midnight;
};

} // namespace

void writeDiary(const DemoOptions &options, const Catalogue &catalogue, Clientele &clientele, Random &random,
                std::vector<Mutation> &mutations)
{
    DiaryWriter(options, catalogue, clientele, random).writeTo(mutations);
}

} // namespace strop::demo
