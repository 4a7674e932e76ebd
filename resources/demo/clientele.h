#pragma once

#include "resources/demo/catalogue.h"

#include <set>

namespace strop::demo {

/// Who comes to the shop. Regulars come back to their own barber every three to five weeks for their usual
/// service; the other customers come in turn, every month or two, to anybody; the rest walk in and leave no
/// name.
class Clientele
{
public:
    /// Keeps a reference to `random`, which must outlive it.
    Clientele(const Catalogue &catalogue, const QDate &firstDay, Random &random);

    [[nodiscard]] const std::vector<domain::Customer> &customers() const { return m_customers; }

    /// One who wants an appointment.
    struct Guest
    {
        std::optional<size_t> customer; ///< Index into customers(); none for a walk-in without a name.
        size_t service = 0;             ///< Index into serviceProfiles.
    };

    /// The regular of that barber who has been due for longest, if anybody is due; else an occasional
    /// customer or, where those are welcome, a walk-in.
    [[nodiscard]] Guest nextGuest(size_t barber, const QDate &date, bool walkInsWelcome);

    /// Tells that the guest that nextGuest gave last got an appointment. A regular who does not turn up is
    /// due again within days.
    void noteAppointment(const Guest &guest, const QDate &date, bool turnedUp);

private:
    struct Habit
    {
        size_t barber = 0;
        size_t service = 0;
        int everyDays = 0;
        QDate due;
    };

    void addCustomer(const Catalogue &catalogue, std::set<QString> &namesTaken);
    void addHabit(size_t regular, size_t barbers, const QDate &firstDay);
    [[nodiscard]] QString newName(std::set<QString> &namesTaken);
    [[nodiscard]] size_t anyService();

    Random &m_random;
    std::vector<domain::Customer> m_customers; ///< The regulars first.
    std::vector<Habit> m_habits;               ///< One for each regular.
    size_t m_nextOccasional = 0;
    std::vector<std::set<std::pair<QDate, size_t>>> m_due; ///< By barber: regulars by their due date.
};

} // namespace strop::demo
