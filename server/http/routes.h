#pragma once

#include "server/http/pairing_service.h"

#include <QHttpServer>
#include <QThreadPool>

namespace strop::server {

/// What GET /health reports. Called on the thread of the HTTP server.
using HealthReport = std::function<QJsonObject()>;

/// GET /health: 200 with the report as JSON; needs no identity.
void addHealthRoute(QHttpServer &server, HealthReport report);

/// POST /v1/pair/…: each request is answered from `workers`, so that a password hash stalls no connection.
/// Both outlive the server.
void addPairingRoutes(QHttpServer &server, PairingService &pairing, QThreadPool &workers);

} // namespace strop::server
