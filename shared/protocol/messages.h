#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/role.h"

#include <QByteArray>
#include <QCborArray>
#include <QCborMap>
#include <variant>
#include <vector>

/// What a device and the server say to each other. PROTOCOL.md is the reference; these are its messages as
/// types. Rows and mutations travel as CBOR that this layer does not open.
namespace strop::protocol {

/// Raised when the meaning of a message changes. A server speaks its own and the one before. Fields that came
/// with a version stand at the end of their message and have a default for peers that do not know them.
inline constexpr int version = 2;
inline constexpr int oldestVersion = 1;

/// Bounds of one message. A server's are larger: it sends snapshots.
inline constexpr qsizetype maxDeviceMessageBytes = 256 * 1024;
inline constexpr qsizetype maxServerMessageBytes = 4 * 1024 * 1024;

/// WebSocket frames are cut to this size: a peer that stalls inside a larger one is dropped by QWebSocket.
inline constexpr int maxFrameBytes = 16 * 1024;

/// Mutations in one push.
inline constexpr qsizetype maxPushed = 200;

inline constexpr qsizetype nonceBytes = 32;

/// Server, first of all: sign this.
struct Challenge
{
    QByteArray nonce; ///< nonceBytes of fresh randomness.
};

/// Device: who I am, proven, and where I stand.
struct Hello
{
    int version = protocol::version;
    DeviceId device;
    QByteArray signature; ///< Ed25519 over signedText(nonce, device).
    qint64 cursor = 0;    ///< Highest version of which the device has everything.
    QByteArray epoch;     ///< The server history that the cursor belongs to; empty on a fresh device.
};

/// Server: you are in.
struct Welcome
{
    BusinessId business;
    Role role = Role::Kiosk;
    QByteArray epoch;
    qint64 head = 0;           ///< Newest version of the business.
    qint64 lastMutationId = 0; ///< Newest mutation of this device that is settled.
    qint64 heartbeatMs =
        4000; ///< Ping when nothing was sent for so long; a peer silent for twice that is dead.
    QByteArray chainHash = {}; ///< Of lastMutationId; empty when that is 0.
    qint64 durable = 0;        ///< Versions up to this one are in a backup of the server.
    qint64 oldest = 0;         ///< A device with a lower cursor starts over: tombstones are missing.
};

/// One entry of a device's outbox.
struct PushedMutation
{
    qint64 id = 0;                  ///< 1, 2, 3, … per device, without gaps.
    QByteArray hash;                ///< chainHash(previous hash, id, mutation).
    QByteArray mutation;            ///< CBOR array [name, version, arguments, uuid].
    qint64 acknowledgedVersion = 0; ///< Under which a server settled it that has lost it since; 0: never.
};

struct Push
{
    std::vector<PushedMutation> mutations;
};

/// How one mutation ended. Accepted when `rejection` is empty.
struct Settled
{
    qint64 id = 0;
    std::optional<Error> rejection;
};

/// Server: these are settled for good, and their effects are in versions up to `version`. With nothing
/// settled: the push is gathered (the server was restored and puts what it lost in order); an ack follows.
struct Ack
{
    std::vector<Settled> settled;
    qint64 version = 0;
    qint64 durable = 0; ///< As in the welcome.
};

/// Device: send what is above my cursor.
struct Pull
{
    qint64 cursor = 0;
};

/// Rows as `storage::encodeRows` writes them, one array a table, covering the versions (from, to].
struct RowBatch
{
    qint64 from = 0;
    qint64 to = 0;
    std::vector<QCborArray> tables;
};

/// Server, unasked: what a commit changed.
struct Delta
{
    RowBatch batch;
};

/// Server, answering a pull. `final` when nothing is left above batch.to.
struct Snapshot
{
    RowBatch batch;
    bool final = false;
};

/// Server: deltas were dropped because this device read too slowly. Pull.
struct Behind
{};

/// Device: a question that is not a write, such as making a pairing code.
struct Request
{
    qint64 id = 0;
    QString method;
    QCborMap arguments;
};

struct Response
{
    qint64 id = 0;
    std::optional<Error> error;
    QCborMap result;
};

struct Ping
{};
struct Pong
{
    qint64 version = 0; ///< Newest that this connection was sent: a live device below it has missed a delta.
};

/// Either side, before it closes: why.
struct ErrorMessage
{
    Error error;
};

using Message = std::variant<Challenge, Hello, Welcome, Push, Ack, Pull, Delta, Snapshot, Behind, Request,
                             Response, Ping, Pong, ErrorMessage>;

/// What a device signs to prove itself: a fixed prefix, so that no other signature of the key can serve, then
/// the nonce and its own id.
[[nodiscard]] QByteArray signedText(const QByteArray &nonce, DeviceId device);

/// What a mutation's chain hash is the BLAKE2b-256 digest of.
[[nodiscard]] QByteArray chainText(const QByteArray &previousHash, qint64 id, const QByteArray &mutation);

} // namespace strop::protocol
