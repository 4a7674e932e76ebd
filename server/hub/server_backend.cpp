#include "server/hub/server_backend.h"

#include "server/authority/snapshot_reader.h"
#include "server/hub/device_requests.h"
#include "shared/protocol/codec.h"

namespace strop::server {
namespace {

template <typename T>
void reply(const std::shared_ptr<Mailbox> &mailbox, const Backend::Answer<T> &answer, Result<T> result)
{
    mailbox->post([answer, result = std::move(result)] { answer(result); });
}

} // namespace

Result<Backend::Standing> readStanding(storage::Database &database, const Clock &clock, DeviceId device)
{
    SystemRandom random; // accounts draw ids when they write; nothing is written here
    STROP_TRY_ASSIGN(const Device found, AccountStore(database, clock, random).device(device));
    Authority authority(database, clock);
    STROP_TRY_ASSIGN(const BusinessHead head, readHead(database, found.business));
    STROP_TRY_ASSIGN(const Authority::Progress progress, authority.progressOf(device));
    return Backend::Standing{found, head, progress.lastId, progress.hash};
}

Result<Backend::Chunk> readChunk(storage::Database &database, const Device &device, qint64 cursor)
{
    for (qint64 rowsPerTable = 500;; rowsPerTable /= 2) {
        STROP_TRY_ASSIGN(const protocol::Snapshot snapshot,
                         readSnapshot(database, device.business, device.role, cursor, rowsPerTable));
        QByteArray message = protocol::encode(snapshot);
        // Rows with long notes: fewer of them, or the device would refuse the message and never catch up.
        if (message.size() <= protocol::maxServerMessageBytes || rowsPerTable == 1)
            return Backend::Chunk{std::move(message), snapshot.batch.to, snapshot.final};
    }
}

void ServerBackend::find(DeviceId device, Answer<Standing> answer)
{
    m_readers.run(
        [&clock = m_clock, mailbox = m_mailbox, device, answer = std::move(answer)](
            storage::Database &database) { reply(mailbox, answer, readStanding(database, clock, device)); },
        device.uuid.toBytes());
}

void ServerBackend::reportAhead(const Device &device, const QByteArray &epoch, qint64 cursor,
                                Answer<Standing> answer)
{
    m_store.run(device.id, [&clock = m_clock, &thread = m_store, mailbox = m_mailbox, device, epoch, cursor,
                            answer = std::move(answer)](Store &store) {
        const auto commits = store.noteAhead(device.business, epoch, cursor);
        if (!commits)
            return reply(mailbox, answer, Result<Standing>(tl::unexpected(commits.error())));
        thread.publish(*commits);
        reply(mailbox, answer, readStanding(store.database(), clock, device.id));
    });
}

void ServerBackend::push(const Device &device, std::vector<protocol::PushedMutation> mutations,
                         Answer<protocol::Ack> answer)
{
    m_store.push({device, std::move(mutations)},
                 [mailbox = m_mailbox, answer = std::move(answer)](Result<protocol::Ack> ack) {
                     reply(mailbox, answer, std::move(ack));
                 });
}

void ServerBackend::pull(const Device &device, qint64 cursor, Answer<Chunk> answer)
{
    m_readers.run(
        [mailbox = m_mailbox, device, cursor, answer = std::move(answer)](storage::Database &database) {
            reply(mailbox, answer, readChunk(database, device, cursor));
        },
        device.business.uuid.toBytes());
}

void ServerBackend::request(const Device &device, const protocol::Request &request, Answer<QCborMap> answer)
{
    m_store.run(device.id, [mailbox = m_mailbox, device, request, answer = std::move(answer)](Store &store) {
        reply(mailbox, answer, answerRequest(store, device, request));
    });
}

} // namespace strop::server
