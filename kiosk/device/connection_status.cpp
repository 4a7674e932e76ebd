#include "kiosk/device/connection_status.h"

namespace strop::kiosk {

ConnectionStatus::ConnectionStatus(net::ReplicaHost &host)
    : m_host(host)
{
    connect(&host, &net::ReplicaHost::statusChanged, this, &ConnectionStatus::changed);
}

bool ConnectionStatus::isOnline() const
{
    const sync::SessionState state = m_host.status().state;
    return state == sync::SessionState::CatchingUp || state == sync::SessionState::Live;
}

QString ConnectionStatus::problem() const
{
    const std::optional<Error> &problem = m_host.status().problem;
    return problem ? problem->message : QString();
}

} // namespace strop::kiosk
