#pragma once

#include "server/app/server.h"
#include "shared/net/pairing_client.h"
#include "tests/unit/eventually.h"
#include "tests/unit/expect.h"

#include <QTemporaryDir>

namespace strop::test {

/// A real server on loopback that comes back on its port, and people who pair devices with it.
class RestartableServer
{
public:
    RestartableServer() { start(); }

    void start()
    {
        server::ServerConfig config;
        config.dataDir = m_folder.filePath(QStringLiteral("server"));
        config.port = m_port;
        config.hubThreads = 1;
        config.drain = Millis(500);
        m_server = must(server::Server::start(config, m_clock, m_random));
        m_port = quint16(m_server->url().port());
    }
    void stop() { m_server.reset(); }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }
    [[nodiscard]] QString folderOf(const QString &device) const { return m_folder.filePath(device); }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] Random &random() { return m_random; }

    [[nodiscard]] Result<sync::DeviceIdentity> pair(const net::PairingRequest &request, const QString &device)
    {
        return pairAt(url(), request, device);
    }
    [[nodiscard]] Result<sync::DeviceIdentity> pairAt(const QUrl &url, const net::PairingRequest &request,
                                                      const QString &device)
    {
        net::PairingClient client;
        std::optional<Result<sync::DeviceIdentity>> answer;
        client.pair(url, request, device, folderOf(device),
                    [&answer](Result<sync::DeviceIdentity> result) { answer = std::move(result); });
        if (!eventually([&answer] { return answer.has_value(); }))
            return fail(ErrorCode::Internal, QStringLiteral("Pairing was not answered."));
        return *answer;
    }

    /// A new business with its owner's first device.
    [[nodiscard]] sync::DeviceIdentity created(const QString &device)
    {
        return must(
            pair(protocol::CreateBusiness{{}, QStringLiteral("Sharp Cuts"), email, password}, device));
    }
    /// Another device of the same owner.
    [[nodiscard]] sync::DeviceIdentity joined(const QString &device)
    {
        return must(pair(protocol::JoinByPassword{{}, email, password}, device));
    }

    const QString email = QStringLiteral("anna@example.com");
    const QString password = QStringLiteral("scissors & comb");

private:
    const QTemporaryDir m_folder;
    const SystemClock m_clock;
    SystemRandom m_random;
    quint16 m_port = 0;
    std::unique_ptr<server::Server> m_server;
};

} // namespace strop::test
