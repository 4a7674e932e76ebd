#include "resources/demo/clientele.h"

#include "resources/demo/tables.h"

#include <algorithm>
#include <numeric>

namespace strop::demo {

using namespace domain;

namespace {

constexpr size_t customerCount = 900;
constexpr size_t regularsPerBarber = 115;

template <size_t Count>
const char *anyOf(const std::array<const char *, Count> &texts, Random &random)
{
    return texts[random.below(Count)];
}

/// Ofcom's numbers for drama: 07700 900000 to 900999, in E.164.
QString dramaPhone(size_t number)
{
    return QStringLiteral("+447700900%1").arg(number, 3, 10, QLatin1Char('0'));
}

} // namespace

Clientele::Clientele(const Catalogue &catalogue, const QDate &firstDay, Random &random)
    : m_random(random)
    , m_due(catalogue.staff.size())
{
    std::set<QString> namesTaken;
    for (size_t i = 0; i < customerCount; ++i)
        addCustomer(catalogue, namesTaken);
    const size_t regulars = std::min(regularsPerBarber * catalogue.staff.size(), customerCount - 100);
    for (size_t i = 0; i < regulars; ++i)
        addHabit(i, catalogue.staff.size(), firstDay);
    m_nextOccasional = m_habits.size();
}

Clientele::Guest Clientele::nextGuest(size_t barber, const QDate &date, bool walkInsWelcome)
{
    const auto &waiting = m_due[barber];
    if (!waiting.empty() && waiting.begin()->first <= date) {
        const size_t regular = waiting.begin()->second;
        return {regular, m_habits[regular].service};
    }
    constexpr double unnamed = 0.6;
    if (walkInsWelcome && m_random.unit() < unnamed)
        return {std::nullopt, anyService()};
    return {m_nextOccasional, anyService()};
}

void Clientele::noteAppointment(const Guest &guest, const QDate &date, bool turnedUp)
{
    if (!guest.customer)
        return;
    if (*guest.customer >= m_habits.size()) {
        if (++m_nextOccasional == m_customers.size())
            m_nextOccasional = m_habits.size();
        return;
    }
    Habit &habit = m_habits[*guest.customer];
    auto &waiting = m_due[habit.barber];
    waiting.erase({habit.due, *guest.customer});
    const qint64 days =
        turnedUp ? habit.everyDays - 2 + qint64(m_random.below(5)) : 2 + qint64(m_random.below(6));
    habit.due = date.addDays(days);
    waiting.insert({habit.due, *guest.customer});
}

void Clientele::addCustomer(const Catalogue &catalogue, std::set<QString> &namesTaken)
{
    Customer customer;
    customer.shopId = catalogue.shop.id;
    customer.name = newName(namesTaken);
    customer.phone = dramaPhone(m_customers.size());
    customer.id = customerIdFor(customer.shopId, customer.name, customer.phone);
    if (m_random.below(6) == 0)
        customer.notes = QString::fromUtf8(anyOf(customerNotes, m_random));
    m_customers.push_back(customer);
}

void Clientele::addHabit(size_t regular, size_t barbers, const QDate &firstDay)
{
    Habit habit;
    habit.barber = regular % barbers;
    habit.service = anyService();
    habit.everyDays = 21 + int(m_random.below(15));
    habit.due = firstDay.addDays(qint64(m_random.below(quint64(habit.everyDays))));
    m_due[habit.barber].insert({habit.due, regular});
    m_habits.push_back(habit);
}

QString Clientele::newName(std::set<QString> &namesTaken)
{
    while (true) {
        const NamingTradition &tradition = namingTraditions[m_random.below(namingTraditions.size())];
        const char *given = anyOf(tradition.given, m_random);
        const char *family = anyOf(tradition.family, m_random);
        const QString name = QString::fromUtf8(given) + u' ' + QString::fromUtf8(family);
        if (namesTaken.insert(name).second)
            return name;
    }
}

size_t Clientele::anyService()
{
    static const unsigned total =
        std::accumulate(serviceProfiles.begin(), serviceProfiles.end(), 0U,
                        [](unsigned sum, const ServiceProfile &profile) { return sum + profile.weight; });
    quint64 drawn = m_random.below(total);
    size_t service = 0;
    while (drawn >= serviceProfiles[service].weight)
        drawn -= serviceProfiles[service++].weight;
    return service;
}

} // namespace strop::demo
