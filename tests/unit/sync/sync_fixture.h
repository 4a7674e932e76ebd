#pragma once

#include "shared/storage/row.h"
#include "shared/sync/replica.h"
#include "tests/unit/mutators/salon.h"

#include <QTemporaryDir>

namespace strop::test {

/// A clock that stands until it is set.
class StillClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return wall; }
    [[nodiscard]] Millis monotonic() const override { return running; }

    Instant wall = instantFromMs(1'777'960'000'000);
    Millis running{5000};
};

/// A salon as the server has it; gives what the server would send.
class ServerSide : public Salon
{
public:
    /// Everything, as a first pull brings it.
    [[nodiscard]] protocol::RowBatch everything(Role role = Role::Owner) { return above(0, role); }

    /// The rows of versions above one.
    [[nodiscard]] protocol::RowBatch above(qint64 version, Role role = Role::Owner)
    {
        protocol::RowBatch batch{version, m_head, {}};
        for (const storage::TableDescriptor *table : storage::allTables()) {
            if (table->visibleTo(role))
                batch.tables.push_back(
                    storage::encodeRows({table, must(rows.rowsAbove(*table, version, 1000))}, role));
        }
        return batch;
    }

    /// Runs a write as the next version.
    template <typename Args>
    void commit(const Args &args)
    {
        rows.setVersion(++m_head);
        must(as(Role::Owner, args));
    }

    [[nodiscard]] qint64 head() const { return m_head; }

private:
    qint64 m_head = 1;
};

/// A device's folder and the replica on it.
class ReplicaFolder
{
public:
    explicit ReplicaFolder(const ServerSide &server, Role role = Role::Owner)
        : m_actor(server.actor(role))
    {
        reopen();
    }

    /// As a program that ends in order and is started again.
    void reopen()
    {
        close();
        m_replica = must(sync::Replica::open(path(), m_actor, clock, random));
    }

    void close() { m_replica.reset(); }

    [[nodiscard]] sync::Replica &operator*() const { return *m_replica; }
    [[nodiscard]] sync::Replica *operator->() const { return m_replica.get(); }
    [[nodiscard]] QString path() const { return m_dir.path(); }
    [[nodiscard]] const mutators::Actor &actor() const { return m_actor; }

    [[nodiscard]] bool shows(AppointmentId id) const
    {
        return must(m_replica->rows().get<domain::Appointment>(id)).has_value();
    }

    StillClock clock;
    SeededRandom random{7};

private:
    QTemporaryDir m_dir;
    mutators::Actor m_actor;
    std::unique_ptr<sync::Replica> m_replica;
};

} // namespace strop::test
