#pragma once

#include "server/app/server.h"
#include "tests/unit/expect.h"

#include <QTemporaryDir>

namespace strop::test {

/// A real server with an empty folder on a free loopback port.
struct LiveServer
{
    const QTemporaryDir folder;
    const SystemClock clock;
    SystemRandom random;
    const std::unique_ptr<server::Server> server = [this] {
        server::ServerConfig config;
        config.dataDir = folder.path();
        config.port = 0;
        config.hubThreads = 1;
        return must(server::Server::start(config, clock, random));
    }();

    [[nodiscard]] QString url() const { return server->url().toString(); }
};

} // namespace strop::test
