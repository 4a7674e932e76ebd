#include "kiosk/device/connection_status.h"

namespace strop::kiosk {

ConnectionStatus::ConnectionStatus(net::ReplicaHost &host)
    : m_host(host)
{
    connect(&host, &net::ReplicaHost::statusChanged, this, &ConnectionStatus::changed);
}

QString ConnectionStatus::problem() const
{
    const std::optional<Error> &problem = m_host.status().problem;
    return problem ? problem->message : QString();
}

} // namespace strop::kiosk
