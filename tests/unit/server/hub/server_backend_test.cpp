#include "server/hub/server_backend.h"

#include "shared/protocol/codec.h"
#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class BackendReads : public testing::Test
{
protected:
    SalonServer m_server;
    storage::Database &m_database = m_server.store->database();
    PushingDevice m_desktop = m_server.device();
};

} // namespace

TEST_F(BackendReads, KnowWhereADeviceStands)
{
    must(m_server.store->push({m_desktop.job({m_desktop.write(m_server.customer(1))})}));
    const Backend::Standing standing = must(readStanding(m_database, m_server.clock, m_desktop.device().id));
    EXPECT_EQ(standing.device.business, m_server.business);
    EXPECT_EQ(standing.head.version, m_server.head());
    EXPECT_EQ(standing.lastMutationId, 1);
    EXPECT_EQ(standing.head.epoch, m_server.store->epoch());
    EXPECT_EQ(standing.chainHash.size(), 32);
}

TEST_F(BackendReads, RefuseARevokedDevice)
{
    must(m_server.store->revoke(m_desktop.device().id));
    EXPECT_THAT(readStanding(m_database, m_server.clock, m_desktop.device().id),
                FailsWith(ErrorCode::Unauthenticated));
}

TEST_F(BackendReads, GiveChunksOfWhatTheRoleMaySee)
{
    must(m_server.store->push({m_desktop.job({m_desktop.write(m_server.customer(1))})}));
    const Backend::Chunk chunk =
        must(readChunk(m_database, m_server.enrolled(Role::Kiosk, m_server.business), 0));
    EXPECT_TRUE(chunk.final);
    EXPECT_EQ(chunk.to, m_server.head());
    const auto message = must(protocol::decode(chunk.message, protocol::maxServerMessageBytes));
    for (const QCborArray &table : std::get<protocol::Snapshot>(message).batch.tables)
        EXPECT_NE(table.at(0).toString(), u"customer"_qs);
}

TEST_F(BackendReads, NeverGiveAChunkThatADeviceWouldRefuse)
{
    std::vector<mutators::Mutation> writes;
    for (int i = 0; i < 600; ++i) {
        domain::Customer customer = m_server.customer(1);
        customer.id = newId<CustomerId>(m_server.clock, m_server.random);
        customer.notes = QString(4000, u'髪'); // three bytes a character
        writes.push_back(mutators::makeMutation(customer));
    }
    must(m_server.store->applyAsOwner(m_server.business, writes));

    qint64 cursor = 0;
    for (bool final = false; !final;) {
        const Backend::Chunk chunk = must(readChunk(m_database, m_desktop.device(), cursor));
        ASSERT_LE(chunk.message.size(), protocol::maxServerMessageBytes);
        ASSERT_GT(chunk.to, cursor);
        cursor = chunk.to;
        final = chunk.final;
    }
    EXPECT_EQ(cursor, m_server.head());
}
