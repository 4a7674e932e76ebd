#pragma once

#include "shared/crypto/sealed_box.h"
#include "shared/mutators/registry.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/replica.h"
#include "tests/unit/madrid_shop.h"

#include <QTemporaryDir>

namespace strop::test {

/// The folder of a paired device of the Madrid shop, filled as its server would have filled it. The server
/// itself is out of reach: nobody listens on its port.
class PairedFolder
{
public:
    /// `clock` outlives it.
    PairedFolder(Role role, const Clock &clock)
        : m_clock(clock)
        , m_identity{crypto::SigningKey::generate(),
                     {idOf<DeviceId>(7), m_authority.business, role, std::nullopt},
                     QUrl(QStringLiteral("http://127.0.0.1:1"))}
    {
        if (role == Role::Kiosk)
            m_identity.enrolment.shop = shop.shop;
        must(sync::saveIdentity(path(), m_identity));
    }

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] const sync::DeviceIdentity &identity() const { return m_identity; }

    /// Writes of the owner that the server took and sent here. Before a host opens the folder.
    void confirm(const std::vector<mutators::Mutation> &writes)
    {
        m_authority.rows.setVersion(++m_version);
        const mutators::Actor owner{m_authority.business, idOf<DeviceId>(8), Role::Owner};
        for (const mutators::Mutation &write : writes)
            must(mutators::applyMutation(m_authority.rows, owner, write));
        protocol::RowBatch batch{m_version - 1, m_version, {}};
        for (const auto &[table, ids] : m_authority.rows.takeChanges()) {
            storage::TableRows content{table, {}};
            for (const Uuid &id : ids)
                content.rows.push_back(must(m_authority.rows.currentRow(*table, id)).value());
            if (const QCborArray rows = storage::encodeRows(content, m_identity.enrolment.role);
                !rows.isEmpty())
                batch.tables.push_back(rows);
        }
        const auto replica = open();
        if (!must(replica->applyBatch(batch)))
            throw std::runtime_error("the batch leaves a gap");
        must(replica->noteCaughtUp());
    }

    /// The business, with the key to seal to.
    void confirmBusiness()
    {
        confirm({mutators::makeMutation(mutators::BusinessCreate{
            m_authority.business, QStringLiteral("La Navaja"), key.sealingKey().bytes()})});
    }

    /// The usual shop with today's diary.
    void confirmAll()
    {
        confirmBusiness();
        confirm(shop.hoursAndServices());
        confirm(shop.barbers());
        confirm(shop.diary());
    }

    /// A write of this device that waits for the server.
    qint64 queue(const mutators::Mutation &write) { return must(open()->mutate(write)); }

    /// A write of this device that the server refused.
    void refuse(const mutators::Mutation &write, const Error &error)
    {
        const auto replica = open();
        const qint64 id = must(replica->mutate(write));
        must(replica->settle({{{id, error}}, m_version}));
    }

    const MadridShop shop;

    /// The secret half of the business's key, which only the server has.
    const crypto::OpeningKey key = crypto::OpeningKey::generate();

private:
    [[nodiscard]] std::unique_ptr<sync::Replica> open() const
    {
        const protocol::Enrolment &enrolment = m_identity.enrolment;
        return must(sync::Replica::open(path(), {enrolment.business, enrolment.device, enrolment.role},
                                        m_clock, m_random));
    }

    const Clock &m_clock;
    mutable SeededRandom m_random{1};
    const QTemporaryDir m_folder;
    SyncedStore m_authority;
    qint64 m_version = 0;
    sync::DeviceIdentity m_identity;
};

} // namespace strop::test
