#include "client/sync_status/write_subjects.h"

#include "shared/sync/entity_query.h"

namespace strop::client {
namespace {

std::optional<Uuid> idIn(const mutators::Mutation &write, const char *argument)
{
    return Uuid::fromBytes(write.arguments.value(QString::fromLatin1(argument)).toByteArray());
}

std::optional<Uuid> appointmentIn(const mutators::Mutation &write)
{
    return write.name.startsWith(QStringLiteral("appointment.")) ? idIn(write, "id") : std::nullopt;
}

std::optional<Uuid> customerIn(const mutators::Mutation &write)
{
    return idIn(write, "customer_id");
}

/// "(?, ?)" for two ids.
QString placesFor(const std::set<Uuid> &ids)
{
    const QStringList places(qsizetype(ids.size()), QStringLiteral("?"));
    return QStringLiteral("(%1)").arg(places.join(QStringLiteral(", ")));
}

storage::Values bindingsOf(const std::set<Uuid> &ids)
{
    storage::Values bindings;
    for (const Uuid &id : ids)
        bindings.push_back(id.toBytes());
    return bindings;
}

sync::QuerySpec<AppointmentSubject> appointmentsOf(const std::set<Uuid> &ids)
{
    return {
        QStringLiteral(
            "SELECT a.id, a.staff_id, a.start_ms, c.name FROM appointment a "
            "LEFT JOIN visit v ON v.business_id = a.business_id AND v.id = a.visit_id AND v.deleted = 0 "
            "LEFT JOIN customer c ON c.business_id = a.business_id AND c.id = v.customer_id AND c.deleted = "
            "0 "
            "WHERE a.deleted = 0 AND a.id IN %1 ORDER BY a.id")
            .arg(placesFor(ids)),
        bindingsOf(ids),
        {QStringLiteral("appointment"), QStringLiteral("visit"), QStringLiteral("customer")},
        [](const storage::RowReader &row) {
            return AppointmentSubject{row.id<AppointmentId>(0), row.id<StaffId>(1), row.instant(2),
                                      row.text(3)};
        },
        [](const AppointmentSubject &one) { return one.id.uuid; }};
}

} // namespace

WriteSubjects::WriteSubjects(net::ReplicaHost &host, std::function<void()> changed)
    : m_changed(std::move(changed))
    , m_appointments(host, [this] { take(); })
    , m_customers(host, [this] { take(); })
{}

void WriteSubjects::follow(const std::vector<mutators::Mutation> &writes)
{
    std::set<Uuid> appointments;
    std::set<Uuid> customers;
    for (const mutators::Mutation &write : writes) {
        if (const std::optional<Uuid> id = appointmentIn(write))
            appointments.insert(*id);
        if (const std::optional<Uuid> id = customerIn(write))
            customers.insert(*id);
    }
    if (appointments != m_appointmentIds) {
        m_appointmentIds = appointments;
        m_appointments.watch(appointmentsOf(appointments));
    }
    if (customers != m_customerIds) {
        m_customerIds = customers;
        m_customers.watch(sync::entityQuery<domain::Customer>(
            QStringLiteral(" AND id IN %1 ORDER BY id").arg(placesFor(customers)), bindingsOf(customers)));
    }
}

void WriteSubjects::take()
{
    if (m_appointments.loaded()) {
        m_knownAppointments.clear();
        for (const AppointmentSubject &one : m_appointments.rows())
            m_knownAppointments.emplace(one.id.uuid, one);
    }
    if (m_customers.loaded()) {
        m_knownCustomers.clear();
        for (const domain::Customer &one : m_customers.rows())
            m_knownCustomers.emplace(one.id.uuid, one.name);
    }
    m_changed();
}

std::optional<AppointmentSubject> WriteSubjects::appointmentOf(const mutators::Mutation &write) const
{
    const std::optional<Uuid> id = appointmentIn(write);
    const auto found = id ? m_knownAppointments.find(*id) : m_knownAppointments.end();
    return found == m_knownAppointments.end() ? std::nullopt : std::optional(found->second);
}

QString WriteSubjects::customerOf(const mutators::Mutation &write) const
{
    const std::optional<Uuid> id = customerIn(write);
    const auto found = id ? m_knownCustomers.find(*id) : m_knownCustomers.end();
    if (found != m_knownCustomers.end())
        return found->second;
    const std::optional<AppointmentSubject> appointment = appointmentOf(write);
    return appointment ? appointment->customer : QString();
}

} // namespace strop::client
