#include "shared/net/pairing_client.h"

#include <QJsonDocument>
#include <QNetworkReply>

namespace strop::net {
namespace {

constexpr int timeoutMs = 20'000;
constexpr qint64 maxAnswerBytes = 64 * 1024;

Result<protocol::Enrolment> readAnswer(QNetworkReply &reply)
{
    const QJsonObject json = QJsonDocument::fromJson(reply.read(maxAnswerBytes)).object();
    if (const std::optional<Error> error = protocol::errorFromJson(json))
        return tl::unexpected(*error);
    if (reply.error() != QNetworkReply::NoError) {
        return fail(ErrorCode::NetworkFailure,
                    QStringLiteral("The server at %1 cannot be reached. Check the address and the network.")
                        .arg(reply.url().adjusted(QUrl::RemovePath).toString()),
                    reply.errorString());
    }
    return protocol::enrolmentFromJson(json);
}

} // namespace

Result<QUrl> serverUrl(const QString &typed)
{
    QString text = typed.trimmed();
    if (!text.contains(QStringLiteral("://")))
        text.prepend(QStringLiteral("http://"));
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    if (!url.isValid() || !web || url.host().isEmpty())
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("\"%1\" is not a server's address. It looks like https://shop.example:8420.")
                .arg(typed));
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
}

void PairingClient::pair(const QUrl &server, PairingRequest request, const QString &deviceName,
                         const QString &folder, Done done)
{
    const crypto::SigningKey key = crypto::SigningKey::generate();
    QUrl url = server;
    const QJsonObject body = std::visit(
        [&](auto &one) {
            one.device = {deviceName, key.publicKey()};
            url.setPath(QString::fromLatin1(one.path));
            return protocol::toJson(one);
        },
        request);
    QNetworkRequest post(url);
    post.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    post.setTransferTimeout(timeoutMs);
    QNetworkReply *reply = m_network.post(post, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::finished, this, [reply, server, key, folder, done = std::move(done)] {
        reply->deleteLater();
        const Result<protocol::Enrolment> enrolment = readAnswer(*reply);
        if (!enrolment)
            return done(tl::unexpected(enrolment.error()));
        const sync::DeviceIdentity identity{key, *enrolment, server};
        if (const Result<void> saved = sync::saveIdentity(folder, identity); !saved)
            return done(tl::unexpected(saved.error()));
        done(identity);
    });
}

} // namespace strop::net
