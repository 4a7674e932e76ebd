#include "client/app/desktop_app.h"

namespace strop::client {

DesktopApp::Screens::Screens(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                             Random &random)
    : host(folder, identity, clock, random)
    , starter(host, clock, random)
    , catalogue(host)
    , calendar(host, catalogue, clock, random)
    , syncStatus(host, catalogue)
    , devices(host, catalogue, clock, identity.server.toString())
{}

DesktopApp::DesktopApp(const QString &folder, const QString &server, const Clock &clock, Random &random)
    : m_folder(folder)
    , m_clock(clock)
    , m_random(random)
    , m_onboarding(folder, server, clock, random)
{
    connect(&m_onboarding, &OnboardingViewModel::paired, this, &DesktopApp::run);
}

void DesktopApp::start()
{
    const Result<sync::DeviceIdentity> identity = sync::loadIdentity(m_folder);
    if (identity)
        run(*identity, {});
    else if (identity.error().code != ErrorCode::NotFound)
        fail(identity.error());
}

void DesktopApp::run(const sync::DeviceIdentity &identity, const std::vector<mutators::Mutation> &writes)
{
    m_screens = std::make_unique<Screens>(m_folder, identity, m_clock, m_random);
    connect(&m_screens->host, &net::ReplicaHost::failed, this, &DesktopApp::fail);
    m_screens->host.start();
    m_screens->starter.start(writes);
    m_stage = Stage::Running;
    Q_EMIT stageChanged();
}

void DesktopApp::fail(const Error &error)
{
    m_failure = error.message;
    m_stage = Stage::Failed;
    Q_EMIT stageChanged();
}

} // namespace strop::client
