#include "server/authority/store.h"

#include "server/authority/business_head.h"
#include "server/authority/recovery_desk.h"
#include "tests/unit/server/salon_server.h"

#include <QFile>

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using strop::protocol::Ack;

namespace {

class StoreOfAServer : public testing::Test
{
protected:
    [[nodiscard]] Result<protocol::Enrolment> enrolBy(const QString &code)
    {
        return m_server.store->enrolByCode(code, cardOf(u"Tablet"_qs));
    }
    [[nodiscard]] PairingCode kioskCode()
    {
        return must(m_server.store->makePairingCode({m_server.business, Role::Kiosk, m_server.salon.shop}));
    }

    SalonServer m_server;
};

} // namespace

TEST_F(StoreOfAServer, CreatesABusinessWithItsOwnersAccountAndFirstDevice)
{
    const auto created = must(
        m_server.store->createBusiness(u"Sharp Cuts"_qs, u"Zoe@Example.com"_qs, "hash", cardOf(u"Desk"_qs)));
    ASSERT_TRUE(created.enrolment);
    EXPECT_EQ(created.enrolment->business, created.business);
    EXPECT_EQ(created.enrolment->role, Role::Owner);
    EXPECT_EQ(must(m_server.store->device(created.enrolment->device)).name, u"Desk"_qs);
    EXPECT_EQ(must(m_server.store->accountOf(u" zoe@example.COM "_qs)).value().business, created.business);
    ASSERT_EQ(created.commits.size(), 1U);
    EXPECT_EQ(created.commits.front()->from, 0);
    EXPECT_EQ(must(m_server.store->head(created.business)), 1);
}

TEST_F(StoreOfAServer, LeavesNothingOfABusinessThatCouldNotBeCreated)
{
    const auto counts = [this] {
        return std::array{m_server.count(u"account"_qs), m_server.count(u"device"_qs),
                          m_server.count(u"business"_qs), m_server.count(u"business_head"_qs)};
    };
    const auto before = counts();
    EXPECT_THAT(
        m_server.store->createBusiness(u"Copy"_qs, u"ANNA@example.com"_qs, "hash", cardOf(u"Desk"_qs)),
        FailsWith(ErrorCode::AlreadyExists));
    EXPECT_THAT(m_server.store->createBusiness(u" "_qs, u"zoe@example.com"_qs, "hash", cardOf(u"Desk"_qs)),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_EQ(counts(), before);
    EXPECT_THAT(m_server.store->createBusiness(u"Zoe"_qs, u"zoe@example.com"_qs, "hash", std::nullopt),
                Succeeds())
        << "and the next one starts clean";
}

TEST_F(StoreOfAServer, LetsOneDeviceInByACode)
{
    const PairingCode made = kioskCode();
    const auto enrolment = must(enrolBy(made.code));
    EXPECT_EQ(enrolment.business, m_server.business);
    EXPECT_EQ(enrolment.role, Role::Kiosk);
    EXPECT_EQ(enrolment.shop, m_server.salon.shop);
    EXPECT_THAT(enrolBy(made.code), FailsWith(ErrorCode::Unauthenticated)) << "a code works once";
}

TEST_F(StoreOfAServer, LetsNobodyInByACodeOlderThanFiveMinutes)
{
    const PairingCode first = kioskCode();
    const PairingCode second = kioskCode();
    m_server.clock.pass(Millis(protocol::pairingCodeLifeMs));
    EXPECT_THAT(enrolBy(first.code), Succeeds()) << "the last moment of its life";
    m_server.clock.pass(Millis(1));
    EXPECT_THAT(enrolBy(second.code), FailsWith(ErrorCode::Unauthenticated));
}

TEST_F(StoreOfAServer, KeepsACodeWhenTheDeviceCouldNotBeEnrolled)
{
    const PairingCode made = kioskCode();
    must(m_server.store->database().run(u"ALTER TABLE device RENAME TO lost"_qs));
    EXPECT_THAT(enrolBy(made.code), FailsWith(ErrorCode::StorageFailure));
    must(m_server.store->database().run(u"ALTER TABLE lost RENAME TO device"_qs));
    EXPECT_THAT(enrolBy(made.code), Succeeds());
}

TEST_F(StoreOfAServer, LocksARevokedDeviceOut)
{
    const Device kiosk = m_server.enrolled(Role::Kiosk, m_server.business);
    must(m_server.store->revoke(kiosk.id));
    EXPECT_THAT(m_server.store->device(kiosk.id), FailsWith(ErrorCode::Unauthenticated));
    EXPECT_THAT(m_server.store->revoke(idOf<DeviceId>(99)), FailsWith(ErrorCode::NotFound));
}

TEST_F(StoreOfAServer, WritesAsOwnerAllOrNothing)
{
    const qint64 before = m_server.head();
    EXPECT_THAT(m_server.store->applyAsOwner(m_server.business,
                                             {mutators::makeMutation(m_server.customer(1)),
                                              mutators::makeMutation(m_server.customer(2, QString()))}),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_EQ(m_server.head(), before);
    EXPECT_EQ(m_server.count(u"customer"_qs), 0);
    const auto commits =
        must(m_server.store->applyAsOwner(m_server.business, {mutators::makeMutation(m_server.customer(1))}));
    ASSERT_EQ(commits.size(), 1U);
    EXPECT_EQ(commits.front()->from, before) << "the failed attempt left no trace in the deltas";
    EXPECT_EQ(commits.front()->to, before + 1);
}

namespace {

/// A store whose files are copied and put back.
class RestoredStore : public StoreOfAServer
{
protected:
    [[nodiscard]] QString file(const char *name) const
    {
        return m_server.folder.filePath(QString::fromLatin1(name));
    }
    void open()
    {
        m_server.store.reset();
        m_server.store = must(Store::open(m_server.folder.path(), m_server.clock, m_server.random));
    }
    void save()
    {
        m_server.store.reset();
        ASSERT_TRUE(QFile::copy(file("strop.db"), file("copy")));
        open();
    }
    void copyBack()
    {
        m_server.store.reset();
        ASSERT_TRUE(QFile::remove(file("strop.db")));
        ASSERT_TRUE(QFile::copy(file("copy"), file("strop.db")));
        open();
    }
    [[nodiscard]] BusinessHead head()
    {
        return must(readHead(m_server.store->database(), m_server.business));
    }
    [[nodiscard]] Ack pushed(const PushJob &job)
    {
        return must(must(m_server.store->push({job})).answers.front());
    }
};

} // namespace

TEST_F(RestoredStore, KeepsItsEpochOverRestartsAndKills)
{
    const QByteArray epoch = head().epoch;
    PushingDevice desktop = m_server.device();
    save(); // as a program that is killed now leaves it
    (void)pushed(desktop.job({desktop.write(m_server.customer(1))}));
    open();
    EXPECT_EQ(head().epoch, epoch);
    EXPECT_FALSE(m_server.store->isRecovering(m_server.business));
}

TEST_F(RestoredStore, BeginsANewEpochWhenItsFileIsOlderThanItsMark)
{
    const QByteArray epoch = head().epoch;
    PushingDevice desktop = m_server.device();
    save();
    (void)pushed(desktop.job({desktop.write(m_server.customer(1))}));
    copyBack();
    const QByteArray second = head().epoch;
    EXPECT_NE(second, epoch);
    EXPECT_TRUE(m_server.store->isRecovering(m_server.business));
    open();
    EXPECT_EQ(head().epoch, second) << "once";
    EXPECT_TRUE(m_server.store->isRecovering(m_server.business));
    must(m_server.store->endRecovery(m_server.business));
    open();
    EXPECT_FALSE(m_server.store->isRecovering(m_server.business));
}

TEST_F(RestoredStore, TrustsItsFileWithoutAMark)
{
    const QByteArray epoch = head().epoch;
    save();
    ASSERT_TRUE(QFile::remove(file("strop.mark")));
    copyBack();
    EXPECT_EQ(head().epoch, epoch);
}

TEST_F(RestoredStore, BelievesADeviceThatIsAheadNotTwiceInARow)
{
    const BusinessHead before = head();
    EXPECT_THAT(must(m_server.store->noteAhead(m_server.business, before.epoch, before.version)),
                testing::IsEmpty());
    EXPECT_THAT(must(m_server.store->noteAhead(m_server.business, "other", before.version + 1)),
                testing::IsEmpty());
    EXPECT_EQ(head().epoch, before.epoch);
    const auto commits = must(m_server.store->noteAhead(m_server.business, before.epoch, before.version + 1));
    ASSERT_EQ(commits.size(), 1U);
    const BusinessHead after = head();
    EXPECT_EQ(commits.front()->epoch, after.epoch);
    EXPECT_NE(after.epoch, before.epoch);
    EXPECT_THAT(m_server.store->noteAhead(m_server.business, after.epoch, after.version + 1),
                FailsWith(ErrorCode::RateLimited));
    m_server.clock.pass(std::chrono::minutes(5));
    EXPECT_THAT(m_server.store->noteAhead(m_server.business, after.epoch, after.version + 1), Succeeds());
}

TEST_F(RestoredStore, GathersWhatIsOfferedAgainAndSettlesItInItsOldOrder)
{
    PushingDevice one = m_server.device();
    PushingDevice two = m_server.device();
    const qint64 before = head().version;
    must(m_server.store->noteAhead(m_server.business, head().epoch, before + 9));
    RecoveryDesk desk(*m_server.store, m_server.clock);
    std::vector<std::shared_ptr<const Commit>> published;
    const auto publish = [&](const std::shared_ptr<const Commit> &commit) { published.push_back(commit); };
    std::map<int, std::vector<Result<Ack>>> answers;
    const auto offer = [&](int key, PushingDevice &device, quint8 customer, qint64 acknowledged) {
        protocol::PushedMutation pushed = device.write(m_server.customer(customer));
        pushed.acknowledgedVersion = acknowledged;
        desk.take({device.job({pushed}),
                   [&answers, key](Result<Ack> ack) { answers[key].push_back(std::move(ack)); }},
                  publish);
    };
    offer(1, one, 11, 30);
    offer(1, one, 12, 50);
    offer(2, two, 13, 0); // new: comes last, although another of the device had come before
    m_server.clock.pass(RecoveryDesk::windowLength - Millis(1));
    PushingDevice three = m_server.device();
    offer(3, three, 14, 40);
    desk.settleDue(publish);
    EXPECT_EQ(head().version, before) << "not yet";
    for (const auto &[key, given] : answers) {
        for (const Result<Ack> &answer : given)
            EXPECT_TRUE(must(answer).settled.empty());
    }
    answers.clear();
    m_server.clock.pass(Millis(1));
    desk.settleDue(publish);
    EXPECT_FALSE(desk.isOpen());
    EXPECT_FALSE(m_server.store->isRecovering(m_server.business));
    EXPECT_EQ(published.size(), 1U);
    std::vector<quint8> order;
    must(m_server.store->database().each(u"SELECT id FROM customer ORDER BY version"_qs, {},
                                         [&](const storage::RowReader &row) -> Result<void> {
                                             order.push_back(quint8(row.bytes(0).back()));
                                             return {};
                                         }));
    EXPECT_EQ(order, (std::vector<quint8>{11, 14, 12, 13}));
    ASSERT_EQ(answers[1].size(), 2U) << "each push is answered";
    EXPECT_EQ(must(answers[1][0]).settled.size(), 2U);
    EXPECT_EQ(must(answers[3][0]).settled.front().id, 1);
}

TEST_F(RestoredStore, TellsACopyOfAFolderFromItsOriginalWhileItGathers)
{
    PushingDevice one = m_server.device();
    PushingDevice copy = one;
    must(m_server.store->noteAhead(m_server.business, head().epoch, head().version + 9));
    RecoveryDesk desk(*m_server.store, m_server.clock);
    std::vector<Result<Ack>> answers;
    for (PushingDevice *device : {&one, &copy}) {
        desk.take({device->job({device->write(m_server.customer(device == &one ? 1 : 2))}),
                   [&answers](Result<Ack> ack) { answers.push_back(std::move(ack)); }},
                  {});
    }
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_THAT(answers[0], Succeeds());
    EXPECT_THAT(answers[1], FailsWith(ErrorCode::IdentityConflict));
}

TEST_F(RestoredStore, ForgetsDeletedRowsAfterNinetyDaysAndSaysFromWhereOnItKnowsAll)
{
    PushingDevice desktop = m_server.device();
    (void)pushed(desktop.job({desktop.write(m_server.customer(1))}));
    must(m_server.store->database().run(u"UPDATE customer SET deleted = 1"_qs));
    EXPECT_EQ(must(m_server.store->purgeTombstones()), 0);
    const qint64 then = head().version;
    m_server.clock.pass(std::chrono::days(89));
    (void)pushed(desktop.job({desktop.write(m_server.customer(2))}));
    must(m_server.store->database().run(u"UPDATE customer SET deleted = 1"_qs));
    EXPECT_EQ(must(m_server.store->purgeTombstones()), 0);
    EXPECT_EQ(head().oldest, 0);
    m_server.clock.pass(std::chrono::days(1));
    EXPECT_EQ(must(m_server.store->purgeTombstones()), 1) << "the second is a day old";
    EXPECT_EQ(head().oldest, then);
    EXPECT_EQ(must(m_server.store->purgeTombstones()), 0);
    m_server.clock.pass(std::chrono::days(89));
    EXPECT_EQ(must(m_server.store->purgeTombstones()), 1);
    EXPECT_EQ(head().oldest, then + 1);
}
