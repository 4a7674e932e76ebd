#pragma once

#include "server/app/config.h"
#include "server/http/pairing_service.h"
#include "server/hub/hub.h"

#include <QThreadPool>
#include <QTimer>
#include <QUrl>

namespace strop::server {

/// The composition root: store, readers, pairing and hub, started in that order and stopped in the reverse.
/// Made and destroyed on the main thread.
class Server
{
public:
    /// Listens when it returns. The error says what to change. `clock` and `random` are thread-safe and
    /// outlive the server.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const ServerConfig &config, const Clock &clock,
                                                               Random &random);

    /// Lets connections and queued writes finish, within the configured drain time.
    ~Server();

    [[nodiscard]] QUrl url() const;

private:
    explicit Server(const ServerConfig &config);
    Result<void> begin(const Clock &clock, Random &random);
    void addRoutes(QHttpServer &server, const std::shared_ptr<Mailbox> &mailbox);

    ServerConfig m_config;
    QTimer m_daily;
    Hub m_hub;
    QThreadPool m_pairingWorkers;
    std::unique_ptr<StoreThread> m_store;
    std::unique_ptr<ReaderPool> m_readers;
    std::unique_ptr<PairingService> m_pairing;
};

} // namespace strop::server
