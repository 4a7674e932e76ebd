#include "server/app/server.h"

#include "server/http/routes.h"
#include "shared/base/log.h"

#include <QThread>

namespace strop::server {
namespace {

constexpr int readerThreads = 2;

/// Each may hold 64 MiB while it hashes a password.
constexpr int pairingThreads = 2;

Hub::Settings hubSettings(const ServerConfig &config)
{
    Hub::Settings settings;
    settings.address = config.address;
    settings.port = config.port;
    settings.threads = config.hubThreads > 0 ? config.hubThreads : QThread::idealThreadCount();
    settings.maxConnections = config.maxConnections;
    settings.session.maxMessageBytes = config.maxMessageBytes;
    settings.session.heartbeat = config.heartbeat;
    settings.strangers.trustedProxy = config.trustedProxy;
    settings.drain = config.drain;
    return settings;
}

} // namespace

Server::Server(const ServerConfig &config)
    : m_config(config)
    , m_hub(hubSettings(config))
{
    m_pairingWorkers.setMaxThreadCount(pairingThreads);
}

Result<std::unique_ptr<Server>> Server::start(const ServerConfig &config, const Clock &clock, Random &random)
{
    std::unique_ptr<Server> server(new Server(config));
    STROP_TRY(server->begin(clock, random));
    return server;
}

Result<void> Server::begin(const Clock &clock, Random &random)
{
    STROP_TRY_ASSIGN(m_store, StoreThread::start(m_config.dataDir, clock, random,
                                                 [this](const std::shared_ptr<const Commit> &commit) {
                                                     m_hub.publish(commit);
                                                 }));
    STROP_TRY_ASSIGN(m_readers, ReaderPool::start(m_config.dataDir, readerThreads));
    const auto purge = [this] {
        m_store->run([](Store &store) {
            if (const Result<qint64> purged = store.purgeTombstones(); !purged)
                log::error("store.not_purged", purged.error());
        });
    };
    QObject::connect(&m_daily, &QTimer::timeout, &m_daily, purge);
    m_daily.start(std::chrono::hours(24));
    purge();
    m_pairing =
        std::make_unique<PairingService>(*m_store, clock, m_config.signup, crypto::PasswordCost::Interactive);
    return m_hub.start(
        *m_store, *m_readers, clock,
        [this](QHttpServer &server, const std::shared_ptr<Mailbox> &mailbox) { addRoutes(server, mailbox); });
}

void Server::addRoutes(QHttpServer &server, const std::shared_ptr<Mailbox> &mailbox)
{
    addHealthRoute(server, [this] {
        return QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")},
                           {QStringLiteral("version"), QStringLiteral(STROP_VERSION)},
                           {QStringLiteral("connections"), m_hub.connections()}};
    });
    addPairingRoutes(server, mailbox, {*m_pairing, m_pairingWorkers, m_config.trustedProxy});
}

Server::~Server()
{
    m_hub.drain();
    m_pairingWorkers.waitForDone();
}

QUrl Server::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_config.address.toString());
    url.setPort(m_hub.port());
    return url;
}

} // namespace strop::server
