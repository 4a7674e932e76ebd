#include "server/http/routes.h"

#include <QHttpServerResponse>
#include <QtConcurrent>

namespace strop::server {
namespace {

using Status = QHttpServerResponse::StatusCode;

Status statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return Status::BadRequest;
    case ErrorCode::Unauthenticated:
        return Status::Unauthorized;
    case ErrorCode::NotPermitted:
        return Status::Forbidden;
    case ErrorCode::NotFound:
        return Status::NotFound;
    case ErrorCode::AlreadyExists:
        return Status::Conflict;
    case ErrorCode::FrameTooLarge:
        return Status::PayloadTooLarge;
    case ErrorCode::RateLimited:
        return Status::TooManyRequests;
    case ErrorCode::Unavailable:
    case ErrorCode::StorageFull:
    case ErrorCode::StorageReadOnly:
        return Status::ServiceUnavailable;
    default:
        return Status::InternalServerError;
    }
}

QHttpServerResponse respond(const Result<protocol::Enrolment> &result)
{
    if (result)
        return {protocol::toJson(*result), Status::Ok};
    return {protocol::toJson(result.error()), statusOf(result.error().code)};
}

using Step = Result<protocol::Enrolment> (PairingService::*)(const QByteArray &, const QString &);

void addPairingRoute(QHttpServer &server, const char *path, PairingService &pairing, QThreadPool &workers,
                     Step step)
{
    server.route(QString::fromLatin1(path), QHttpServerRequest::Method::Post,
                 [&pairing, &workers, step](const QHttpServerRequest &request) {
                     return QtConcurrent::run(&workers, [&pairing, step, body = request.body(),
                                                         peer = request.remoteAddress().toString()] {
                         return respond((pairing.*step)(body, peer));
                     });
                 });
}

} // namespace

void addHealthRoute(QHttpServer &server, HealthReport report)
{
    server.route(QStringLiteral("/health"), QHttpServerRequest::Method::Get,
                 [report = std::move(report)] { return QHttpServerResponse(report(), Status::Ok); });
}

void addPairingRoutes(QHttpServer &server, PairingService &pairing, QThreadPool &workers)
{
    addPairingRoute(server, protocol::CreateBusiness::path, pairing, workers, &PairingService::create);
    addPairingRoute(server, protocol::JoinByPassword::path, pairing, workers, &PairingService::login);
    addPairingRoute(server, protocol::JoinByCode::path, pairing, workers, &PairingService::redeem);
}

} // namespace strop::server
