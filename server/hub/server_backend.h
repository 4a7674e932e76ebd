#pragma once

#include "server/authority/reader_pool.h"
#include "server/authority/store_thread.h"
#include "server/hub/backend.h"
#include "shared/base/mailbox.h"

namespace strop::server {

/// The real Backend: writes and requests go to the store's thread, reads to the reader pool, and each answer
/// comes back through the mailbox of the hub thread that owns the session. `store`, `readers` and `clock`
/// outlive it and whatever it has under way.
class ServerBackend final : public Backend
{
public:
    ServerBackend(StoreThread &store, ReaderPool &readers, const Clock &clock,
                  std::shared_ptr<Mailbox> mailbox)
        : m_store(store)
        , m_readers(readers)
        , m_clock(clock)
        , m_mailbox(std::move(mailbox))
    {}

    void find(DeviceId device, Answer<Standing> answer) override;
    void reportAhead(const Device &device, const QByteArray &epoch, qint64 cursor,
                     Answer<Standing> answer) override;
    void push(const Device &device, std::vector<protocol::PushedMutation> mutations,
              Answer<protocol::Ack> answer) override;
    void pull(const Device &device, qint64 cursor, Answer<Chunk> answer) override;
    void request(const Device &device, const protocol::Request &request, Answer<QCborMap> answer) override;

private:
    StoreThread &m_store;
    ReaderPool &m_readers;
    const Clock &m_clock;
    std::shared_ptr<Mailbox> m_mailbox;
};

/// What ServerBackend reads, also for a simulated one. On the database's thread.
[[nodiscard]] Result<Backend::Standing> readStanding(storage::Database &database, const Clock &clock,
                                                     DeviceId device);
[[nodiscard]] Result<Backend::Chunk> readChunk(storage::Database &database, const Device &device,
                                               qint64 cursor);

} // namespace strop::server
