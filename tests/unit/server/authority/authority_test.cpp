#include "server/authority/authority.h"

#include "shared/protocol/codec.h"
#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using protocol::Ack;
using protocol::PushedMutation;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

class PushedWrites : public testing::Test
{
protected:
    /// What one device is answered when it pushes alone.
    [[nodiscard]] Result<Ack> answerTo(const PushJob &job)
    {
        BatchOutcome outcome = must(m_server.store->push({job}));
        m_commits = std::move(outcome.commits);
        return std::move(outcome.answers.front());
    }

    SalonServer m_server;
    Salon &m_salon = m_server.salon;
    PushingDevice m_desktop = m_server.device();
    std::vector<std::shared_ptr<const Commit>> m_commits;
};

MATCHER_P(IsAccepted, id, "is an acceptance of " + std::to_string(id))
{
    return arg.id == id && !arg.rejection;
}

MATCHER_P2(IsRejected, id, code, "is a rejection of " + std::to_string(id))
{
    return arg.id == id && arg.rejection && arg.rejection->code == code && !arg.rejection->message.isEmpty();
}

/// The tables of a delta with the columns that travelled.
std::map<QString, QStringList> columnsIn(const QByteArray &encoded)
{
    const auto message = must(protocol::decode(encoded, protocol::maxServerMessageBytes));
    std::map<QString, QStringList> columns;
    for (const QCborArray &table : std::get<protocol::Delta>(message).batch.tables) {
        QStringList &names = columns[table.at(0).toString()];
        for (const QCborValue &name : table.at(1).toArray())
            names << name.toString();
    }
    return columns;
}

} // namespace

TEST_F(PushedWrites, CountUpAndEachAcceptedOneTakesTheNextVersion)
{
    const qint64 before = m_server.head();
    const Ack ack = must(answerTo(
        m_desktop.job({m_desktop.write(m_server.customer(1)), m_desktop.write(m_server.customer(2))})));
    EXPECT_THAT(ack.settled, ElementsAre(IsAccepted(1), IsAccepted(2)));
    EXPECT_EQ(ack.version, before + 2);
    EXPECT_EQ(m_server.head(), before + 2);
    EXPECT_EQ(must(m_server.store->lastMutationId(m_desktop.device().id)), 2);
    ASSERT_THAT(m_commits, SizeIs(1)) << "one delta for the whole batch";
    EXPECT_EQ(m_commits.front()->from, before);
    EXPECT_EQ(m_commits.front()->to, before + 2);
}

TEST_F(PushedWrites, AreAnsweredAgainFromTheLogWithoutEffect)
{
    const PushJob job = m_desktop.job({m_desktop.write(m_salon.booking(1, m_salon.at(10))),
                                       m_desktop.write(m_salon.booking(2, m_salon.at(10, 15)))});
    const Ack first = must(answerTo(job));
    EXPECT_THAT(first.settled, ElementsAre(IsAccepted(1), IsRejected(2, ErrorCode::SlotTaken)));
    const qint64 head = m_server.head();

    const Ack again = must(answerTo(job));
    EXPECT_THAT(again.settled, ElementsAre(IsAccepted(1), IsRejected(2, ErrorCode::SlotTaken)));
    EXPECT_EQ(again.settled[1].rejection, first.settled[1].rejection);
    EXPECT_EQ(again.version, head);
    EXPECT_EQ(m_server.head(), head);
    EXPECT_THAT(m_commits, IsEmpty());
}

TEST_F(PushedWrites, OfAPushThatIsHalfKnownAreSettledOnceEach)
{
    const PushedMutation known = m_desktop.write(m_server.customer(1));
    must(answerTo(m_desktop.job({known})));
    const qint64 head = m_server.head();
    const Ack ack = must(answerTo(m_desktop.job({known, m_desktop.write(m_server.customer(2))})));
    EXPECT_THAT(ack.settled, ElementsAre(IsAccepted(1), IsAccepted(2)));
    EXPECT_EQ(m_server.head(), head + 1);
}

TEST_F(PushedWrites, AfterAGapAreRefusedAsOutOfOrderWithNothingApplied)
{
    const qint64 before = m_server.head();
    const PushedMutation missing = m_desktop.write(m_server.customer(1));
    const PushedMutation second = m_desktop.write(m_server.customer(2));
    EXPECT_THAT(answerTo(m_desktop.job({second})), FailsWith(ErrorCode::OutOfOrder));
    EXPECT_EQ(m_server.head(), before);
    EXPECT_THAT(answerTo(m_desktop.job({missing, second})), Succeeds());
}

TEST_F(PushedWrites, ThatDoNotContinueTheChainBelongToACopiedDevice)
{
    PushingDevice copy = m_desktop;
    must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(1))})));
    const PushedMutation other = copy.write(m_server.customer(2));
    EXPECT_THAT(answerTo(copy.job({other})), FailsWith(ErrorCode::IdentityConflict)) << "a known number";
    EXPECT_THAT(answerTo(copy.job({copy.write(m_server.customer(3))})),
                FailsWith(ErrorCode::IdentityConflict))
        << "a new number";
    EXPECT_EQ(m_server.count(u"customer"_qs), 1);
    EXPECT_THAT(answerTo(m_desktop.job({m_desktop.write(m_server.customer(4))})), Succeeds())
        << "the original goes on";
}

TEST_F(PushedWrites, WithNumbersThatDoNotAscendLeaveNothingHalfSettled)
{
    PushingDevice copy = m_desktop;
    must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(1))})));
    const PushedMutation second = m_desktop.write(m_server.customer(2));
    const PushedMutation strange = copy.write(m_server.customer(3));
    const qint64 before = m_server.head();
    EXPECT_THAT(answerTo(m_desktop.job({second, strange})), Not(Succeeds()));
    EXPECT_EQ(m_server.head(), before);
    EXPECT_EQ(m_server.count(u"mutation_log"_qs), 1);

    const Ack ack = must(answerTo(m_desktop.job({second})));
    EXPECT_THAT(ack.settled, ElementsAre(IsAccepted(2)));
}

TEST_F(PushedWrites, AreNotHeldUpByARejectedOneWhichTakesNoVersion)
{
    const qint64 before = m_server.head();
    const Ack ack = must(answerTo(m_desktop.job({m_desktop.write(m_salon.booking(1, m_salon.at(10))),
                                                 m_desktop.write(m_salon.booking(2, m_salon.at(10))),
                                                 m_desktop.write(m_salon.booking(3, m_salon.at(11)))})));
    EXPECT_THAT(ack.settled, ElementsAre(IsAccepted(1), IsRejected(2, ErrorCode::SlotTaken), IsAccepted(3)));
    EXPECT_EQ(m_server.head(), before + 2);
    EXPECT_EQ(must(m_server.store->lastMutationId(m_desktop.device().id)), 3);
}

TEST_F(PushedWrites, ThatNobodyUnderstandsAreRejectedAndSettledToo)
{
    const Ack ack = must(answerTo(m_desktop.job(
        {m_desktop.pushed("not CBOR"), m_desktop.pushed(mutators::encodeMutation({u"beard.trim"_qs, 1, {}})),
         m_desktop.write(m_server.customer(1))})));
    EXPECT_THAT(ack.settled, ElementsAre(IsRejected(1, ErrorCode::InvalidArgument),
                                         IsRejected(2, ErrorCode::UpdateNeeded), IsAccepted(3)));
}

TEST_F(PushedWrites, AreAllowedByTheRoleInTheDevicesRecord)
{
    PushingDevice kiosk = m_server.device(Role::Kiosk);
    const Ack ack = must(answerTo(kiosk.job({kiosk.write(m_salon.haircut())})));
    EXPECT_THAT(ack.settled, ElementsAre(IsRejected(1, ErrorCode::NotPermitted)));
}

TEST_F(PushedWrites, OfTwoBusinessesInOneBatchGetContiguousVersionsEach)
{
    const BusinessId other = m_server.opened(u"ben@example.com"_qs);
    PushingDevice rival(m_server.enrolled(Role::Owner, other));
    const qint64 before = m_server.head();
    const qint64 otherBefore = must(m_server.store->head(other));
    const BatchOutcome outcome =
        must(m_server.store->push({m_desktop.job({m_desktop.write(m_server.customer(1))}),
                                   rival.job({rival.write(m_server.customer(2))}),
                                   m_desktop.job({m_desktop.write(m_server.customer(3))})}));
    ASSERT_THAT(outcome.answers, SizeIs(3));
    EXPECT_EQ(must(outcome.answers[0]).version, before + 1);
    EXPECT_EQ(must(outcome.answers[1]).version, otherBefore + 1);
    EXPECT_EQ(must(outcome.answers[2]).version, before + 2);
    ASSERT_THAT(outcome.commits, SizeIs(2));
    for (const auto &commit : outcome.commits) {
        EXPECT_EQ(commit->from, commit->business == other ? otherBefore : before);
        EXPECT_EQ(commit->to, commit->business == other ? otherBefore + 1 : before + 2);
    }
}

TEST_F(PushedWrites, OfAnotherDeviceInTheBatchAreNotHurtByARefusedPush)
{
    PushingDevice kiosk = m_server.device(Role::Kiosk);
    (void)kiosk.write(m_server.customer(1));
    const BatchOutcome outcome =
        must(m_server.store->push({kiosk.job({kiosk.write(m_server.customer(2))}),
                                   m_desktop.job({m_desktop.write(m_server.customer(3))})}));
    EXPECT_THAT(outcome.answers[0], FailsWith(ErrorCode::OutOfOrder));
    EXPECT_THAT(outcome.answers[1], Succeeds());
    EXPECT_EQ(m_server.count(u"customer"_qs), 1);
}

TEST_F(PushedWrites, AreOneTransactionSoThatAFailingDiskLosesOrKeepsAllOfThem)
{
    must(m_server.store->database().run(u"ALTER TABLE appointment RENAME TO lost"_qs));
    const qint64 before = m_server.head();
    const std::vector<PushJob> jobs{m_desktop.job(
        {m_desktop.write(m_server.customer(1)), m_desktop.write(m_salon.booking(1, m_salon.at(10)))})};
    EXPECT_THAT(m_server.store->push(jobs), FailsWith(ErrorCode::StorageFailure))
        << "a failure of the disk is no rejection of a write";
    EXPECT_EQ(m_server.head(), before);
    EXPECT_EQ(m_server.count(u"customer"_qs), 0);

    must(m_server.store->database().run(u"ALTER TABLE lost RENAME TO appointment"_qs));
    const BatchOutcome outcome = must(m_server.store->push(jobs));
    EXPECT_THAT(must(outcome.answers.front()).settled, ElementsAre(IsAccepted(1), IsAccepted(2)));
    EXPECT_EQ(outcome.commits.front()->from, before);
}

TEST_F(PushedWrites, OnAFullDiskAreNotAcknowledged)
{
    auto &database = m_server.store->database();
    must(database.checkpoint());
    const auto pages = must(database.cell(u"PRAGMA page_count"_qs));
    must(database.limitPages(int(std::get<qint64>(*pages))));
    std::vector<PushedMutation> pushed;
    for (quint8 number = 1; number < 100; ++number) {
        domain::Customer customer = m_server.customer(number);
        customer.notes = QString(4000, u'x');
        pushed.push_back(m_desktop.write(customer));
    }
    const qint64 before = m_server.head();
    EXPECT_THAT(m_server.store->push({m_desktop.job(pushed)}), FailsWith(ErrorCode::StorageFull));
    EXPECT_EQ(m_server.head(), before);
    EXPECT_EQ(m_server.count(u"mutation_log"_qs), 0);

    must(database.limitPages(10'000));
    EXPECT_THAT(must(answerTo(m_desktop.job(pushed))).settled,
                testing::Each(testing::Field(&protocol::Settled::rejection, std::nullopt)));
}

TEST_F(PushedWrites, TravelToEachRoleWithoutWhatItMayNotSee)
{
    mutators::AppointmentBook booking = m_salon.booking(1, m_salon.at(10));
    booking.customerId = idOf<CustomerId>(1);
    must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(1)), m_desktop.write(booking)})));
    ASSERT_THAT(m_commits, SizeIs(1));

    const auto owner = columnsIn(m_commits.front()->deltaByRole[size_t(Role::Owner)]);
    EXPECT_TRUE(owner.contains(u"customer"_qs));
    EXPECT_TRUE(owner.contains(u"visit"_qs));
    EXPECT_TRUE(owner.at(u"appointment"_qs).contains(u"price_minor"_qs));
    for (const Role stranger : {Role::Kiosk, Role::Display}) {
        const auto seen = columnsIn(m_commits.front()->deltaByRole[size_t(stranger)]);
        ASSERT_THAT(seen, SizeIs(1)) << "no customer, no visit";
        EXPECT_EQ(seen.at(u"appointment"_qs),
                  (QStringList{u"shop_id"_qs, u"staff_id"_qs, u"start_ms"_qs, u"end_ms"_qs, u"status"_qs}));
    }
}

TEST_F(PushedWrites, KnownByTheirUuidAreAnsweredFromTheLogWhicheverDeviceSendsThem)
{
    PushingDevice other = m_server.device();
    mutators::Mutation adding = mutators::makeMutation(mutators::CustomerAdd{m_server.customer(1)});
    adding.uuid = uuidOf(200);
    mutators::Mutation unknown{u"appointment.teleport"_qs, 1, {}, uuidOf(201)};
    const auto bytes = [](const mutators::Mutation &one) { return mutators::encodeMutation(one); };
    EXPECT_THAT(
        must(answerTo(m_desktop.job({m_desktop.pushed(bytes(adding)), m_desktop.pushed(bytes(unknown))})))
            .settled,
        ElementsAre(IsAccepted(1), IsRejected(2, ErrorCode::UpdateNeeded)));
    const qint64 head = m_server.head();
    const std::vector<PushedMutation> again{other.pushed(bytes(unknown)), other.pushed(bytes(adding))};
    for (int round = 0; round < 2; ++round) {
        EXPECT_THAT(must(answerTo(other.job(again))).settled,
                    ElementsAre(IsRejected(1, ErrorCode::UpdateNeeded), IsAccepted(2)));
        EXPECT_EQ(m_server.head(), head);
        EXPECT_THAT(m_commits, IsEmpty());
    }
    EXPECT_EQ(m_server.count(u"mutation_log"_qs), 4) << "two of them only say what they repeat";
}

TEST_F(PushedWrites, OfTheSameUuidInTwoBusinessesAreTwo)
{
    const BusinessId second = m_server.opened(u"zoe@example.com"_qs);
    PushingDevice there(m_server.enrolled(Role::Owner, second));
    mutators::Mutation adding = mutators::makeMutation(mutators::CustomerAdd{m_server.customer(1)});
    adding.uuid = uuidOf(200);
    must(answerTo(m_desktop.job({m_desktop.pushed(mutators::encodeMutation(adding))})));
    must(answerTo(there.job({there.pushed(mutators::encodeMutation(adding))})));
    EXPECT_EQ(m_server.count(u"customer"_qs), 2);
}

TEST_F(PushedWrites, OfTheFirstVersionAreKnownByDeviceAndNumber)
{
    must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(1))})));
    EXPECT_EQ(must(m_server.store->database().cell(u"SELECT uuid FROM mutation_log"_qs)),
              storage::Value(mutators::derivedUuid(m_desktop.device().id, 1).toBytes()));
}

TEST_F(PushedWrites, AreToldWhatIsDurable)
{
    EXPECT_EQ(must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(1))}))).durable, 0);
    must(m_server.store->noteDurable(m_server.business, m_server.store->epoch(), 3));
    must(m_server.store->noteDurable(m_server.business, m_server.store->epoch(), 2));
    must(m_server.store->noteDurable(m_server.business, "another history", 9));
    EXPECT_EQ(must(answerTo(m_desktop.job({m_desktop.write(m_server.customer(2))}))).durable, 3);
}
