#include "kiosk/device/kiosk_pairing.h"

#include <QSysInfo>

namespace strop::kiosk {

KioskPairing::KioskPairing(const QString &folder, const QString &server)
    : m_folder(folder)
    , m_server(server)
{}

bool KioskPairing::isComplete() const
{
    return !m_server.trimmed().isEmpty() &&
           protocol::normalisedPairingCode(m_code).size() == protocol::pairingCodeLength;
}

void KioskPairing::pair()
{
    const Result<QUrl> server = net::serverUrl(m_server);
    m_problem = server ? QString() : server.error().message;
    if (!server || m_busy || !isComplete())
        return Q_EMIT changed();
    m_busy = true;
    Q_EMIT changed();
    m_client.pair(*server, protocol::JoinByCode{{}, protocol::normalisedPairingCode(m_code)},
                  tr("Kiosk %1").arg(QSysInfo::machineHostName()), m_folder,
                  [this](const Result<sync::DeviceIdentity> &identity) {
                      m_busy = false;
                      if (!identity)
                          m_problem = identity.error().message;
                      Q_EMIT changed();
                      if (identity)
                          Q_EMIT paired(*identity);
                  });
}

} // namespace strop::kiosk
