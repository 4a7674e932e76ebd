#include "kiosk/app/kiosk_app.h"

namespace strop::kiosk {

KioskApp::Screens::Screens(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                           Random &random)
    : host(folder, identity, clock, random)
    , catalogue(host)
    , flow(host, catalogue, clock, random)
    , connection(host)
{}

KioskApp::KioskApp(const QString &folder, const QString &server, const Clock &clock, Random &random)
    : m_folder(folder)
    , m_clock(clock)
    , m_random(random)
    , m_pairing(folder, server)
    , m_idle(this)
{
    connect(&m_pairing, &KioskPairing::paired, this, &KioskApp::run);
}

void KioskApp::start()
{
    const Result<sync::DeviceIdentity> identity = sync::loadIdentity(m_folder);
    if (identity)
        run(*identity);
    else if (identity.error().code != ErrorCode::NotFound)
        fail(identity.error());
}

void KioskApp::run(const sync::DeviceIdentity &identity)
{
    m_screens.reset(); // the folder has one user at a time; what it holds is the new identity's, or set aside
    m_screens = std::make_unique<Screens>(m_folder, identity, m_clock, m_random);
    connect(&m_screens->host, &net::ReplicaHost::failed, this, &KioskApp::fail);
    BookingFlow *flow = &m_screens->flow;
    connect(flow, &BookingFlow::changed, &m_idle,
            [this, flow] { m_idle.setActive(flow->step() != BookingFlow::Step::Attract); });
    connect(&m_idle, &IdleGuard::expired, flow, &BookingFlow::startOver);
    connect(&m_screens->host, &net::ReplicaHost::statusChanged, this, &KioskApp::watchRefusal);
    m_screens->host.start();
    m_failure.clear();
    m_stage = Stage::Running;
    Q_EMIT stageChanged();
}

/// A kiosk that nobody hears must not promise anything: it leaves the flow, and what was typed with it.
void KioskApp::watchRefusal()
{
    const std::optional<Error> &problem = m_screens->host.status().problem;
    if (!problem || m_stage != Stage::Running)
        return;
    m_failure = problem->message;
    m_stage = Stage::Refused;
    m_screens->flow.startOver();
    Q_EMIT stageChanged();
}

void KioskApp::fail(const Error &error)
{
    m_failure = error.message;
    m_stage = Stage::Failed;
    Q_EMIT stageChanged();
}

} // namespace strop::kiosk
