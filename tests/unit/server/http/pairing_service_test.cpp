#include "server/http/pairing_service.h"

#include "tests/unit/server/salon_server.h"

#include <QJsonDocument>
#include <algorithm>
#include <ctime>

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using crypto::PasswordCost;
using protocol::Enrolment;

namespace {

const QString password = u"scissors & comb"_qs;
const QString peer = u"192.0.2.1"_qs;

template <typename Request>
QByteArray body(const Request &request)
{
    return QJsonDocument(protocol::toJson(request)).toJson();
}

/// Pairing on a store thread with the business of anna@example.com.
class Pairing : public testing::Test
{
protected:
    void SetUp() override
    {
        open(Signup::Open, PasswordCost::Minimal);
        must(m_service->create(creation(u"anna@scissors.example"_qs), u"192.0.2.99"_qs));
    }

    void open(Signup signup, PasswordCost cost)
    {
        m_service = std::make_unique<PairingService>(*m_store, m_clock, signup, cost);
    }

    [[nodiscard]] static QByteArray creation(const QString &email)
    {
        return body(protocol::CreateBusiness{cardOf(u"Desk"_qs), u"Sharp Cuts"_qs, email, password});
    }
    [[nodiscard]] Result<Enrolment> login(const QString &email, const QString &typed,
                                          const QString &from = peer)
    {
        return m_service->login(body(protocol::JoinByPassword{cardOf(u"Desk"_qs), email, typed}), from);
    }
    [[nodiscard]] Result<Enrolment> redeem(const QString &code, const QString &from = peer)
    {
        return m_service->redeem(body(protocol::JoinByCode{cardOf(u"Tablet"_qs), code}), from);
    }

    QTemporaryDir m_folder;
    VirtualClock m_clock;
    SeededRandom m_random{1};
    std::unique_ptr<StoreThread> m_store =
        must(StoreThread::start(m_folder.path(), m_clock, m_random, [](const auto &) {}));
    std::unique_ptr<PairingService> m_service;
};

/// Processor time of this thread, which other programs on the machine do not lengthen.
template <typename Function>
qint64 processorNsOf(const Function &function)
{
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    const qint64 before = now();
    function();
    return now() - before;
}

} // namespace

TEST_F(Pairing, LetsTheOwnerInByTheRightPassword)
{
    const Enrolment enrolment = must(login(u"Anna@Scissors.example"_qs, password));
    EXPECT_EQ(enrolment.role, Role::Owner);
    const Device device = must(m_store->ask([&](Store &store) { return store.device(enrolment.device); }));
    EXPECT_EQ(device.business, enrolment.business);
    EXPECT_EQ(device.name, u"Desk"_qs);
}

TEST_F(Pairing, AnswersAWrongPasswordAnUnknownAddressAndAWrongCodeAlike)
{
    const auto wrongPassword = login(u"anna@scissors.example"_qs, u"guess number 1"_qs);
    const auto unknownAddress = login(u"nobody@scissors.example"_qs, password);
    const auto wrongCode = redeem(u"ABCDEFGH"_qs);
    ASSERT_THAT(wrongPassword, FailsWith(ErrorCode::Unauthenticated));
    ASSERT_FALSE(unknownAddress);
    ASSERT_FALSE(wrongCode);
    EXPECT_EQ(wrongPassword.error(), unknownAddress.error());
    EXPECT_EQ(wrongPassword.error(), wrongCode.error());
}

TEST_F(Pairing, HashesAPasswordWhetherTheAccountExistsOrNot)
{
    open(Signup::Open, PasswordCost::Interactive);
    must(m_service->create(creation(u"ben@scissors.example"_qs), peer));
    const auto cheapest = [this](const QString &email) {
        qint64 least = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 3; ++i)
            least = std::min(least, processorNsOf([&] { EXPECT_FALSE(login(email, u"guess number 1"_qs)); }));
        return least;
    };
    const qint64 known = cheapest(u"ben@scissors.example"_qs);
    const qint64 unknown = cheapest(u"nobody@scissors.example"_qs);
    EXPECT_GT(unknown, known / 2);
    EXPECT_LT(unknown, known * 2);
}

TEST_F(Pairing, LimitsEachPeerAndSaysWhenToTryAgain)
{
    for (int i = 0; i < 10; ++i)
        EXPECT_THAT(redeem(u"ABCDEFGH"_qs), FailsWith(ErrorCode::Unauthenticated));
    EXPECT_THAT(login(u"anna@scissors.example"_qs, password),
                FailsSaying(ErrorCode::RateLimited, u"in 6 s"_qs))
        << "the right password does not help a peer that guesses";
    EXPECT_THAT(login(u"anna@scissors.example"_qs, password, u"192.0.2.2"_qs), Succeeds());
    m_clock.pass(Millis(6000));
    EXPECT_THAT(login(u"anna@scissors.example"_qs, password), Succeeds());
    EXPECT_THAT(login(u"anna@scissors.example"_qs, password), FailsWith(ErrorCode::RateLimited));
}

TEST_F(Pairing, BoundsTheGuessesOfAllPeersTogether)
{
    int admitted = 0;
    for (int i = 0; i < 300; ++i) {
        const auto answer = redeem(u"ABCDEFGH"_qs, u"192.0.2.%1"_qs.arg(i));
        admitted += answer.error().code == ErrorCode::Unauthenticated ? 1 : 0;
    }
    EXPECT_EQ(admitted, 199) << "200 at once, one of which made the business";
}

TEST_F(Pairing, TakesNoNewBusinessesWhereSignupIsClosed)
{
    open(Signup::Closed, PasswordCost::Minimal);
    EXPECT_THAT(m_service->create(creation(u"ben@scissors.example"_qs), peer),
                FailsWith(ErrorCode::NotPermitted));
    EXPECT_THAT(login(u"anna@scissors.example"_qs, password), Succeeds());
}

TEST_F(Pairing, RefusesWhatIsNoRequest)
{
    EXPECT_THAT(m_service->login("not json", peer), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_service->login("[]", peer), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_service->redeem("{}", peer), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_service->create(QByteArray(17 * 1024, ' '), peer), FailsWith(ErrorCode::FrameTooLarge));
}

TEST_F(Pairing, LetsADeviceInByACodeOnce)
{
    const Enrolment owner = must(login(u"anna@scissors.example"_qs, password));
    const PairingCode made = must(m_store->ask([&](Store &store) {
        return store.makePairingCode({owner.business, Role::Kiosk, idOf<ShopId>(2)});
    }));
    const Enrolment kiosk = must(redeem(made.code));
    EXPECT_EQ(kiosk.business, owner.business);
    EXPECT_EQ(kiosk.role, Role::Kiosk);
    EXPECT_EQ(kiosk.shop, idOf<ShopId>(2));
    EXPECT_THAT(redeem(made.code), FailsWith(ErrorCode::Unauthenticated));
}
