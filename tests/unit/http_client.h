#pragma once

#include "tests/unit/eventually.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

namespace strop::test {

struct HttpAnswer
{
    int status = 0; ///< 0 when there was no answer.
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    friend bool operator==(const HttpAnswer &, const HttpAnswer &) = default;
};

/// Asks a server on loopback over HTTP and waits for the answer.
class HttpClient
{
public:
    [[nodiscard]] HttpAnswer get(const QUrl &server, const QString &path)
    {
        return answerTo(m_network.get(QNetworkRequest(at(server, path))));
    }
    [[nodiscard]] HttpAnswer post(const QUrl &server, const QString &path, const QByteArray &body)
    {
        QNetworkRequest request(at(server, path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        return answerTo(m_network.post(request, body));
    }
    /// A request of protocol/pairing.h.
    template <typename Request>
    [[nodiscard]] HttpAnswer pair(const QUrl &server, const Request &request)
    {
        return post(server, QString::fromLatin1(Request::path),
                    QJsonDocument(toJson(request)).toJson(QJsonDocument::Compact));
    }

private:
    static QUrl at(QUrl server, const QString &path)
    {
        server.setPath(path);
        return server;
    }
    static HttpAnswer answerTo(QNetworkReply *sent)
    {
        const std::unique_ptr<QNetworkReply> reply(sent);
        if (!eventually([&reply] { return reply->isFinished(); }))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
    }

    QNetworkAccessManager m_network;
};

} // namespace strop::test
