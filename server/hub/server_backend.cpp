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

Result<Backend::Standing> readStanding(storage::Database &database, const Clock &clock,
                                       const QByteArray &epoch, DeviceId device)
{
    SystemRandom random; // accounts draw ids when they write; nothing is written here
    STROP_TRY_ASSIGN(const Device found, AccountStore(database, clock, random).device(device));
    Authority authority(database, clock);
    STROP_TRY_ASSIGN(const qint64 head, authority.head(found.business));
    STROP_TRY_ASSIGN(const qint64 lastMutationId, authority.lastMutationId(device));
    return Backend::Standing{found, head, lastMutationId, epoch};
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
    m_readers.run([&clock = m_clock, epoch = m_epoch, mailbox = m_mailbox, device,
                   answer = std::move(answer)](storage::Database &database) {
        reply(mailbox, answer, readStanding(database, clock, epoch, device));
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
        });
}

void ServerBackend::request(const Device &device, const protocol::Request &request, Answer<QCborMap> answer)
{
    m_store.run([mailbox = m_mailbox, device, request, answer = std::move(answer)](Store &store) {
        reply(mailbox, answer, answerRequest(store, device, request));
    });
}

} // namespace strop::server
