#include "server/http/routes.h"

#include "server/http/connection_guard.h"
#include "server/http/peer_key.h"

#include <QHttpServerResponse>
#include <QPointer>
#include <QTcpSocket>

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

/// An answer that a route gives after it has returned. Qt 6.4 offers a QFuture for that, but keeps a bare
/// pointer to the socket in it, and its responder is no wiser: a peer that leaves early has its socket
/// deleted, and the answer would be written to freed memory. Hence the guarded pointer, asked on the thread
/// that the sockets live on: none can go between the question and the write. Lets go of the responder on any
/// thread.
class LateAnswer
{
public:
    explicit LateAnswer(QHttpServerResponder &&responder)
        : m_socket(responder.socket())
        , m_responder(std::move(responder))
    {
        ConnectionGuard::noteAnswerUnderWay(*m_socket);
    }

    /// At most once, on the thread of the server.
    void send(const QHttpServerResponse &response)
    {
        if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState)
            response.write(std::move(m_responder));
    }

private:
    QPointer<QTcpSocket> m_socket;
    QHttpServerResponder m_responder;
};

using Step = Result<protocol::Enrolment> (PairingService::*)(const QByteArray &, const QString &);

void addPairingRoute(QHttpServer &server, const char *path, const std::shared_ptr<Mailbox> &mailbox,
                     const PairingDesk &desk, Step step)
{
    auto handle = [mailbox, desk, step](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
        const auto answer = std::make_shared<LateAnswer>(std::move(responder));
        desk.workers.start([mailbox, &service = desk.service, step, answer, body = request.body(),
                            peer = peerKey(request, desk.trustedProxy)] {
            const Result<protocol::Enrolment> result = (service.*step)(body, peer);
            mailbox->post([answer, result] { answer->send(respond(result)); });
        });
    };
    server.route(QString::fromLatin1(path), QHttpServerRequest::Method::Post, std::move(handle));
}

} // namespace

void addHealthRoute(QHttpServer &server, HealthReport report)
{
    server.route(QStringLiteral("/health"), QHttpServerRequest::Method::Get,
                 [report = std::move(report)] { return QHttpServerResponse(report(), Status::Ok); });
}

void addPairingRoutes(QHttpServer &server, const std::shared_ptr<Mailbox> &mailbox, const PairingDesk &desk)
{
    addPairingRoute(server, protocol::CreateBusiness::path, mailbox, desk, &PairingService::create);
    addPairingRoute(server, protocol::JoinByPassword::path, mailbox, desk, &PairingService::login);
    addPairingRoute(server, protocol::JoinByCode::path, mailbox, desk, &PairingService::redeem);
}

} // namespace strop::server
