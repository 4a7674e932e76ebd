#pragma once

#include "server/http/pairing_service.h"
#include "shared/base/mailbox.h"

#include <QHostAddress>
#include <QHttpServer>
#include <QThreadPool>

namespace strop::server {

/// What GET /health reports. Called on the thread of the HTTP server.
using HealthReport = std::function<QJsonObject()>;

/// GET /health: 200 with the report as JSON; needs no identity.
void addHealthRoute(QHttpServer &server, HealthReport report);

/// What stands behind the pairing routes. Service and workers outlive the server, and the workers are done
/// before the service goes.
struct PairingDesk
{
    PairingService &service;
    QThreadPool &workers;
    QHostAddress trustedProxy; ///< Whose X-Forwarded-For is believed; null for nobody's.
};

/// POST /v1/pair/…: each request is worked on by a worker, so that a password hash stalls no connection, and
/// answered through the mailbox, which leads to the thread of the server and is closed before the server
/// goes. A peer may leave before its answer.
void addPairingRoutes(QHttpServer &server, const std::shared_ptr<Mailbox> &mailbox, const PairingDesk &desk);

} // namespace strop::server
