#include "client/calendar/appointment_editor.h"

#include "shared/sync/entity_query.h"

namespace strop::client {

using namespace domain;

namespace {

/// Starting to look for customers below this many letters would list everybody.
constexpr int fewestLetters = 2;
constexpr int mostSuggestions = 6;

QString keyOf(const CalendarChoice &choice)
{
    return choice.value;
}

QString valueAt(const std::vector<CalendarChoice> &choices, int row)
{
    return row >= 0 && row < int(choices.size()) ? choices[size_t(row)].value : QString();
}

/// -1 when there is none.
int rowOf(const std::vector<CalendarChoice> &choices, const QString &value)
{
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const CalendarChoice &one) { return one.value == value; });
    return found == choices.end() ? -1 : int(found - choices.begin());
}

/// For LIKE … ESCAPE '\': what was typed, anywhere in the text.
QString containing(QString typed)
{
    typed.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'%', QStringLiteral("\\%"))
        .replace(u'_', QStringLiteral("\\_"));
    return u'%' + typed + u'%';
}

} // namespace

AppointmentEditor::AppointmentEditor(net::ReplicaHost &host, const net::ShopCatalogue &catalogue,
                                     const Clock &clock, Random &random)
    : m_host(host)
    , m_catalogue(catalogue)
    , m_clock(clock)
    , m_random(random)
    , m_found(host,
              [this] {
                  if (!m_suggesting)
                      return;
                  std::vector<CalendarChoice> choices;
                  for (const Customer &one : m_found.rows())
                      choices.push_back({one.id.toString(), one.name, one.phone});
                  m_suggestions.show(choices);
              })
    , m_suggestions(keyOf)
    , m_services(keyOf)
    , m_barbers(keyOf)
    , m_times(keyOf)
    , m_statuses(keyOf)
{}

void AppointmentEditor::setDay(const QDate &date, const std::vector<DayAppointment> &appointments)
{
    m_date = date;
    m_day = appointments;
    if (m_mode == Mode::New) {
        offerChoices();
        offerTimes();
    }
    if (m_mode == Mode::Existing) {
        const auto same = [this](const DayAppointment &one) {
            return one.appointment.id == m_shown.appointment.id;
        };
        const auto found = std::find_if(m_day.begin(), m_day.end(), same);
        if (found == m_day.end())
            return close();
        return show(*found);
    }
    Q_EMIT changed();
}

void AppointmentEditor::startNew(StaffId barber, Instant wanted)
{
    m_mode = Mode::New;
    m_asked = {};
    m_customer = {};
    m_typedId = newId<CustomerId>(m_clock, m_random);
    m_note.clear();
    m_wanted = wanted;
    stopSuggesting();
    offerChoices();
    m_service = 0;
    m_barber = qMax(0, rowOf(m_barbers.rows(), barber.toString()));
    offerTimes();
    Q_EMIT changed();
}

void AppointmentEditor::show(const DayAppointment &appointment)
{
    m_mode = Mode::Existing;
    m_asked = {};
    m_shown = appointment;
    std::vector<CalendarChoice> choices;
    for (int i = 0; i < int(AppointmentStatus::Cancelled); ++i) {
        const auto status = AppointmentStatus(i);
        if (mayFollow(appointment.appointment.status, status) || status == appointment.appointment.status)
            choices.push_back({QString(statusName(status)), statusText(status), {}});
    }
    m_statuses.show(choices);
    Q_EMIT changed();
}

void AppointmentEditor::offerChoices()
{
    const QString service = valueAt(m_services.rows(), m_service);
    const QString barber = valueAt(m_barbers.rows(), m_barber);
    std::vector<CalendarChoice> services;
    for (const Service &one : m_catalogue.services())
        services.push_back(
            {one.id.toString(), one.name,
             tr("%1 min · %2").arg(one.durationMinutes).arg(m_catalogue.priceText(one.priceMinor))});
    m_services.show(services);
    std::vector<CalendarChoice> barbers{{QString(), tr("Any barber"), {}}};
    for (const Staff &one : m_catalogue.staff())
        barbers.push_back({one.id.toString(), one.name, {}});
    m_barbers.show(barbers);
    // What was chosen stays chosen where it stands now.
    m_service = qMax(0, rowOf(services, service));
    m_barber = qMax(0, rowOf(barbers, barber));
}

void AppointmentEditor::offerTimes()
{
    m_slots.clear();
    const std::vector<Service> &services = m_catalogue.services();
    if (m_service >= 0 && m_service < int(services.size())) {
        std::vector<Appointment> taken;
        for (const DayAppointment &one : m_day)
            taken.push_back(one.appointment);
        SlotQuery query{m_date,
                        m_catalogue.zone(),
                        int(m_catalogue.shop().bookingGridMinutes),
                        std::chrono::minutes(services[size_t(m_service)].durationMinutes),
                        {}};
        // Somebody who is being served now began a little while ago.
        query.notBefore = m_clock.now() - std::chrono::minutes(m_catalogue.shop().bookingGridMinutes);
        std::vector<BarberDay> days;
        for (size_t i = 0; i < m_catalogue.staff().size(); ++i) {
            if (m_barber == 0 || m_barber == int(i) + 1)
                days.push_back(m_catalogue.barberDay(m_catalogue.staff()[i].id, m_date, taken));
        }
        m_slots = freeSlotsOfAny(query, days);
    }
    std::vector<CalendarChoice> times;
    m_time = -1;
    for (const Slot &slot : m_slots) {
        if (m_time < 0 && slot.span.start >= m_wanted)
            m_time = int(times.size());
        times.push_back({QString::number(toMs(slot.span.start)), m_catalogue.timeText(slot.span.start),
                         m_catalogue.staffOf(slot.staff).name});
    }
    m_times.show(times);
    if (m_time < 0 && !times.empty())
        m_time = int(times.size()) - 1;
}

void AppointmentEditor::suggest()
{
    const QString typed = m_customer.name.trimmed().size() >= fewestLetters ? m_customer.name.trimmed()
                                                                            : m_customer.phone.trimmed();
    if (typed.size() < fewestLetters)
        return stopSuggesting();
    m_suggesting = true;
    m_found.watch(sync::entityQuery<Customer>(
        QStringLiteral(" AND shop_id = ? AND (name LIKE ? ESCAPE '\\' OR phone LIKE ? ESCAPE '\\') ORDER BY "
                       "name, id LIMIT %1")
            .arg(mostSuggestions),
        {m_catalogue.shop().id.uuid.toBytes(), containing(typed), containing(typed)}));
}

void AppointmentEditor::stopSuggesting()
{
    m_suggesting = false;
    m_suggestions.show({});
}

void AppointmentEditor::setCustomerName(const QString &name)
{
    if (name == m_customer.name)
        return;
    // Nothing of a customer who had been chosen stays with another name or phone.
    m_customer = Customer{{}, {}, name, m_customer.phone, {}, {}};
    m_typedId = newId<CustomerId>(m_clock, m_random);
    suggest();
    Q_EMIT changed();
}

void AppointmentEditor::setPhone(const QString &phone)
{
    if (phone == m_customer.phone)
        return;
    m_customer = Customer{{}, {}, m_customer.name, phone, {}, {}};
    suggest();
    Q_EMIT changed();
}

void AppointmentEditor::setNote(const QString &note)
{
    if (std::exchange(m_note, note) != note)
        Q_EMIT changed();
}

void AppointmentEditor::setServiceIndex(int index)
{
    if (std::exchange(m_service, index) == index)
        return;
    offerTimes();
    Q_EMIT changed();
}

void AppointmentEditor::setBarberIndex(int index)
{
    if (std::exchange(m_barber, index) == index)
        return;
    offerTimes();
    Q_EMIT changed();
}

void AppointmentEditor::setTimeIndex(int index)
{
    if (std::exchange(m_time, index) == index)
        return;
    if (index >= 0 && index < int(m_slots.size()))
        m_wanted = m_slots[size_t(index)].span.start;
    Q_EMIT changed();
}

void AppointmentEditor::chooseSuggestion(int index)
{
    if (index < 0 || index >= int(m_found.rows().size()))
        return;
    m_customer = m_found.rows()[size_t(index)];
    stopSuggesting();
    Q_EMIT changed();
}

QString AppointmentEditor::title() const
{
    return isNew() ? tr("New appointment") : customerText(m_shown);
}

QString AppointmentEditor::customerProblem() const
{
    if (!m_customer.id.isNil())
        return {};
    const QString name = m_customer.name.trimmed();
    const bool phoned = !m_customer.phone.trimmed().isEmpty();
    if (phoned && normalisedPhone(m_customer.phone).isEmpty())
        return tr("That phone number is not complete.");
    if (phoned && name.isEmpty())
        return tr("What is the customer's name?");
    if (name.size() > maxNameLength)
        return tr("Shorten the name to %1 characters.").arg(maxNameLength);
    return {};
}

QString AppointmentEditor::problem() const
{
    if (m_catalogue.services().empty())
        return tr("There are no services yet.");
    if (m_slots.empty())
        return tr("Nothing is free for this service on this day. Try another barber or day.");
    if (m_time < 0 || m_time >= int(m_slots.size()))
        return tr("Choose a time.");
    return customerProblem();
}

QString AppointmentEditor::summary() const
{
    const Appointment &one = m_shown.appointment;
    QStringList lines{m_catalogue.serviceOf(one.serviceId).name,
                      tr("%1 to %2 with %3")
                          .arg(m_catalogue.timeText(one.start), m_catalogue.timeText(one.end),
                               m_catalogue.staffOf(one.staffId).name),
                      m_catalogue.priceText(one.priceMinor)};
    if (!m_shown.customer.phone.isEmpty())
        lines << m_shown.customer.phone;
    if (!m_shown.note.isEmpty())
        lines << m_shown.note;
    if (m_shown.source == Source::Kiosk)
        lines << tr("Booked at the kiosk");
    return lines.join(u'\n');
}

std::optional<mutators::CustomerAdd> AppointmentEditor::newcomer() const
{
    const QString name = m_customer.name.trimmed();
    if (!m_customer.id.isNil() || name.isEmpty())
        return std::nullopt;
    const ShopId shop = m_catalogue.shop().id;
    const QString phone = normalisedPhone(m_customer.phone);
    const CustomerId id = phone.isEmpty() ? m_typedId : customerIdFor(shop, name, phone);
    return mutators::CustomerAdd{{id, shop, name, phone, {}, {}}};
}

void AppointmentEditor::book()
{
    if (m_mode != Mode::New || !m_asked.isNil() || !problem().isEmpty())
        return;
    const Slot &slot = m_slots[size_t(m_time)];
    Booking booking;
    booking.newcomer = newcomer();
    booking.customerName = m_customer.name.trimmed();
    mutators::AppointmentBook &args = booking.appointment;
    args.id = newId<AppointmentId>(m_clock, m_random);
    args.visitId = newId<VisitId>(m_clock, m_random);
    args.shopId = m_catalogue.shop().id;
    if (booking.newcomer)
        args.customerId = booking.newcomer->id;
    else if (!m_customer.id.isNil())
        args.customerId = m_customer.id;
    args.staffId = slot.staff;
    args.serviceId = m_catalogue.services()[size_t(m_service)].id;
    args.start = slot.span.start;
    args.source = Source::Desktop;
    args.note = m_note.trimmed();
    m_asked = args.id;
    Q_EMIT booked(booking);
}

void AppointmentEditor::settle(AppointmentId booking, bool written)
{
    if (m_asked != booking)
        return;
    m_asked = {};
    if (written)
        close();
}

void AppointmentEditor::chooseStatus(const QString &status)
{
    if (m_mode == Mode::Existing)
        Q_EMIT statusChosen(m_shown.appointment.id.toString(), status);
}

void AppointmentEditor::cancelAppointment()
{
    if (m_mode != Mode::Existing)
        return;
    const QString id = m_shown.appointment.id.toString();
    close();
    Q_EMIT cancelChosen(id);
}

void AppointmentEditor::close()
{
    m_mode = Mode::Closed;
    m_asked = {};
    Q_EMIT changed();
}

} // namespace strop::client
