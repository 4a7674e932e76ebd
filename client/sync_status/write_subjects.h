#pragma once

#include "shared/mutators/mutation.h"
#include "shared/net/live_rows.h"

#include <map>
#include <set>

namespace strop::client {

/// What there is to know of the appointment that a write is about.
struct AppointmentSubject
{
    AppointmentId id;
    StaffId staff;
    Instant start;
    QString customer; ///< Empty for an anonymous walk-in.

    friend bool operator==(const AppointmentSubject &, const AppointmentSubject &) = default;
};

/// The appointments and customers that writes name by their ids, as this device knows them, kept current.
/// Lives on the UI thread.
class WriteSubjects
{
public:
    /// Calls `changed` when there is more to know. `host` outlives it.
    WriteSubjects(net::ReplicaHost &host, std::function<void()> changed);

    /// Keeps what these writes are about from now on. What was known stays until the answer is here.
    void follow(const std::vector<mutators::Mutation> &writes);

    /// None when the write is about no appointment, or about one that is not known here.
    [[nodiscard]] std::optional<AppointmentSubject> appointmentOf(const mutators::Mutation &write) const;

    /// Whom the write is for: empty when that is not known.
    [[nodiscard]] QString customerOf(const mutators::Mutation &write) const;

private:
    void take();

    std::function<void()> m_changed;
    std::set<Uuid> m_appointmentIds; ///< Those that are watched, as m_customerIds.
    std::set<Uuid> m_customerIds;
    std::map<Uuid, AppointmentSubject> m_knownAppointments;
    std::map<Uuid, QString> m_knownCustomers; ///< Their names.
    net::LiveRows<AppointmentSubject> m_appointments;
    net::LiveRows<domain::Customer> m_customers;
};

} // namespace strop::client
