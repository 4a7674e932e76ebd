#include "server/authority/business_keys.h"

#include "server/authority/schema.h"
#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;

namespace {

class Keys : public testing::Test
{
protected:
    [[nodiscard]] domain::Business business()
    {
        storage::RowStore rows(m_server.store->database(), m_server.business);
        return must(rows.get<domain::Business>(m_server.business)).value();
    }
    [[nodiscard]] QByteArray secret()
    {
        return std::get<QByteArray>(
            must(m_server.store->database().cell(u"SELECT secret FROM business_key WHERE business_id = ?"_qs,
                                                 {m_server.business.uuid.toBytes()}))
                .value());
    }

    /// As a version of Strop left it that knew no keys.
    void forgetKeys()
    {
        must(m_server.store->database().run(u"DELETE FROM business_key"_qs));
        must(m_server.store->database().run(u"UPDATE business SET public_key = x''"_qs));
    }
    void reopen()
    {
        m_server.store.reset();
        m_server.store = must(Store::open(m_server.folder.path(), m_server.clock, m_server.random));
    }

    SalonServer m_server;
};

} // namespace

TEST_F(Keys, ABusinessIsMadeWithAPairWhosePublicHalfIsInItsRow)
{
    const auto key = must(crypto::OpeningKey::fromBytes(secret()));
    EXPECT_EQ(business().publicKey, key.sealingKey().bytes());
    BusinessKeys keys(m_server.store->database());
    EXPECT_EQ(must(keys.open(m_server.business, key.sealingKey().seal("Elena"))), "Elena");
}

TEST_F(Keys, OfTwoBusinessesDoNotOpenEachOthersBoxes)
{
    const BusinessId other = m_server.opened(u"other@example.com"_qs);
    BusinessKeys keys(m_server.store->database());
    const QByteArray box = must(crypto::SealingKey::fromBytes(business().publicKey)).seal("Elena");
    EXPECT_THAT(keys.open(other, box), FailsWith(ErrorCode::SealBroken));
    EXPECT_THAT(keys.open(idOf<BusinessId>(99), box), FailsWith(ErrorCode::SealBroken));
}

TEST_F(Keys, ABusinessOfAnOlderVersionGetsOneAtTheNextStartAndKeepsIt)
{
    forgetKeys();
    const qint64 before = m_server.head();
    reopen();
    EXPECT_EQ(m_server.head(), before + 1) << "so that devices hear of it";
    const QByteArray first = business().publicKey;
    EXPECT_EQ(first, must(crypto::OpeningKey::fromBytes(secret())).sealingKey().bytes());
    reopen();
    EXPECT_EQ(business().publicKey, first);
    EXPECT_EQ(m_server.head(), before + 1);
}

TEST_F(Keys, TheSecretHalfIsInNoRowAndInNoDelta)
{
    const QByteArray hidden = secret();
    for (const storage::TableDescriptor *table : storage::allTables()) {
        storage::RowStore rows(m_server.store->database(), m_server.business);
        must(rows.eachRow(*table, [&](const storage::Row &row) -> Result<void> {
            for (const storage::Value &cell : row.values)
                EXPECT_NE(cell, storage::Value(hidden)) << table->name().toStdString();
            return {};
        }));
    }
    const auto created = must(m_server.store->createBusiness(u"New"_qs, u"new@example.com"_qs, "hash", {}));
    const QByteArray theirs = std::get<QByteArray>(
        must(m_server.store->database().cell(u"SELECT secret FROM business_key WHERE business_id = ?"_qs,
                                             {created.business.uuid.toBytes()}))
            .value());
    ASSERT_FALSE(created.commits.empty());
    for (const auto &commit : created.commits) {
        for (const QByteArray &delta : commit->deltaByRole)
            EXPECT_FALSE(delta.contains(theirs));
    }
}

TEST_F(Keys, ABoxThatDoesNotOpenIsARejectionAndNothingBlocksTheQueue)
{
    PushingDevice kiosk = m_server.device(Role::Kiosk);
    mutators::AppointmentBook broken = m_server.salon.booking(1, m_server.salon.at(10));
    broken.sealedCustomer = QByteArray(100, 'x');
    const auto ack = must(m_server.store->push({kiosk.job({kiosk.write(broken)})})).answers.front();
    ASSERT_THAT(ack, Succeeds());
    ASSERT_TRUE(ack->settled.front().rejection);
    EXPECT_EQ(ack->settled.front().rejection->code, ErrorCode::SealBroken);
    EXPECT_EQ(m_server.count(u"appointment"_qs), 0);
}
