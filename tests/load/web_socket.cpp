#include "tests/load/web_socket.h"

#include <QtEndian>

namespace strop::load {
namespace {

constexpr quint8 finalFrame = 0x80;
constexpr quint8 masked = 0x80;
constexpr quint8 binary = 0x2;
constexpr quint8 continuation = 0x0;
constexpr quint8 closing = 0x8;
constexpr qsizetype maxShort = 125;  ///< Longer payloads have their length in two or eight bytes more,
constexpr quint8 inTwoBytes = 126;   ///< as this
constexpr quint8 inEightBytes = 127; ///< or this says.
constexpr qsizetype maskBytes = 4;

} // namespace

QByteArray upgradeRequest(const QByteArray &host, const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: " + host +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

QByteArray clientFrame(QByteArrayView payload)
{
    QByteArray frame;
    frame.append(char(finalFrame | binary));
    if (payload.size() <= maxShort) {
        frame.append(char(masked | quint8(payload.size())));
    } else if (payload.size() <= 0xFFFF) {
        frame.append(char(masked | inTwoBytes));
        const auto size = qToBigEndian(quint16(payload.size()));
        frame.append(reinterpret_cast<const char *>(&size), sizeof size);
    } else {
        frame.append(char(masked | inEightBytes));
        const auto size = qToBigEndian(quint64(payload.size()));
        frame.append(reinterpret_cast<const char *>(&size), sizeof size);
    }
    frame.append(maskBytes, '\0');
    frame.append(payload.data(), payload.size());
    return frame;
}

FrameReader::Frame FrameReader::firstFrame(QByteArrayView bytes)
{
    constexpr qsizetype shortHeader = 2;
    if (bytes.size() < shortHeader)
        return {};
    const auto first = quint8(bytes[0]);
    const auto length = quint8(bytes[1]);
    qsizetype header = shortHeader;
    quint64 payload = length;
    if (length == inTwoBytes)
        header += sizeof(quint16);
    else if (length == inEightBytes)
        header += sizeof(quint64);
    if (bytes.size() < header)
        return {};
    if (length == inTwoBytes)
        payload = qFromBigEndian<quint16>(bytes.data() + shortHeader);
    else if (length == inEightBytes)
        payload = qFromBigEndian<quint64>(bytes.data() + shortHeader);
    if (quint64(bytes.size() - header) < payload)
        return {};
    return {header + qsizetype(payload), bytes.sliced(header, qsizetype(payload)),
            quint8(first & ~finalFrame), (first & finalFrame) != 0};
}

bool FrameReader::take(const Frame &frame, const std::function<void(QByteArrayView)> &visit)
{
    if (frame.opcode == closing)
        return false;
    if (frame.opcode != binary && frame.opcode != continuation)
        return true;
    if (frame.isLast && m_partial.isEmpty()) {
        visit(frame.payload);
        return true;
    }
    m_partial.append(frame.payload.data(), frame.payload.size());
    if (frame.isLast)
        visit(std::exchange(m_partial, {}));
    return true;
}

bool FrameReader::feed(QByteArrayView bytes, const std::function<void(QByteArrayView)> &visit)
{
    QByteArray joined;
    if (!m_rest.isEmpty()) {
        joined = std::exchange(m_rest, {});
        joined.append(bytes.data(), bytes.size());
        bytes = joined;
    }
    while (true) {
        const Frame frame = firstFrame(bytes);
        if (frame.size == 0)
            break;
        if (!take(frame, visit))
            return false;
        bytes = bytes.sliced(frame.size);
    }
    m_rest = bytes.toByteArray();
    return true;
}

} // namespace strop::load
