#pragma once

#include <QByteArray>
#include <functional>

/// A WebSocket client's side of RFC 6455 as bytes, without a socket, and no more of it than a load generator
/// needs: a QWebSocket costs the client as much as the connection costs the server that is measured.
namespace strop::load {

/// The HTTP request that opens a WebSocket (§4.1). Its key is always the same: nobody here checks the
/// answer's.
[[nodiscard]] QByteArray upgradeRequest(const QByteArray &host, const QByteArray &path);

/// One binary message in one frame (§5.2), masked with a key of zeros, which leaves its payload as it is.
[[nodiscard]] QByteArray clientFrame(QByteArrayView payload);

/// Cuts what a server sends into messages. Control frames are skipped, but for a close.
class FrameReader
{
public:
    /// Takes the next bytes and calls `visit` for every message that they complete. False once the server has
    /// closed or sends what it may not.
    bool feed(QByteArrayView bytes, const std::function<void(QByteArrayView)> &visit);

private:
    struct Frame
    {
        qsizetype size = 0; ///< Of the whole frame.
        QByteArrayView payload;
        quint8 opcode = 0;
        bool isLast = false;
    };

    /// The first frame of the bytes; of size 0 while it is not whole.
    static Frame firstFrame(QByteArrayView bytes);
    bool take(const Frame &frame, const std::function<void(QByteArrayView)> &visit);

    QByteArray m_rest;    ///< Of a frame that is not whole yet; mostly empty.
    QByteArray m_partial; ///< Frames of a message that is not whole yet.
};

} // namespace strop::load
