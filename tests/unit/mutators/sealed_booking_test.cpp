#include "shared/crypto/sealed_box.h"
#include "shared/mutators/customer_card.h"
#include "tests/unit/mutators/salon.h"

/// A booking that says sealed who it is for: a device runs it without knowing, the authority files the
/// person.

using namespace strop;
using namespace strop::domain;
using namespace strop::mutators;
using namespace strop::test;

namespace {

class KeyHolder final : public Unsealer
{
public:
    [[nodiscard]] Result<QByteArray> open(const QByteArray &box) override
    {
        if (m_failure)
            return tl::unexpected(*m_failure);
        return key.open(box);
    }

    void failWith(ErrorCode code) { m_failure = Error{code, u"The disk is full."_qs, {}}; }

    const crypto::OpeningKey key = crypto::OpeningKey::generate();

private:
    std::optional<Error> m_failure;
};

class SealedBooking : public testing::Test
{
protected:
    [[nodiscard]] AppointmentBook sealed(quint8 number, Instant start, const QByteArray &content) const
    {
        AppointmentBook made = m_salon.booking(number, start);
        made.source = Source::Kiosk;
        made.sealedCustomer = m_holder.key.sealingKey().seal(content);
        return made;
    }
    [[nodiscard]] AppointmentBook sealedFor(quint8 number, Instant start, const CustomerCard &card) const
    {
        return sealed(number, start, encodeCard(card));
    }
    [[nodiscard]] Result<void> onTheAuthority(const AppointmentBook &args)
    {
        Actor actor = m_salon.actor(Role::Kiosk);
        actor.unsealer = &m_holder;
        return apply(m_salon.rows, actor, args);
    }
    [[nodiscard]] Result<void> onTheKiosk(const AppointmentBook &args)
    {
        return m_salon.as(Role::Kiosk, args);
    }
    [[nodiscard]] qint64 customers()
    {
        return std::get<qint64>(
            must(m_salon.database->cell(u"SELECT count(*) FROM customer WHERE deleted = 0"_qs)).value());
    }
    [[nodiscard]] std::optional<CustomerId> customerOfVisit(quint8 number)
    {
        return m_salon.stored<Visit>(idOf<VisitId>(number)).customerId;
    }

    const CustomerCard m_elena{u"Elena Ruiz"_qs, u"+34 600 111 222"_qs, u"elena@example.com"_qs};
    Salon m_salon;
    KeyHolder m_holder;
};

} // namespace

TEST_F(SealedBooking, OnTheKioskIsAnAnonymousVisit)
{
    ASSERT_THAT(onTheKiosk(sealedFor(10, m_salon.at(10), m_elena)), Succeeds());
    EXPECT_EQ(m_salon.stored<Appointment>(idOf<AppointmentId>(10)).start, m_salon.at(10));
    EXPECT_EQ(customerOfVisit(10), std::nullopt);
    EXPECT_EQ(customers(), 0);
}

TEST_F(SealedBooking, OnTheAuthorityIsOfTheCustomerWhoTyped)
{
    ASSERT_THAT(onTheAuthority(sealedFor(10, m_salon.at(10), m_elena)), Succeeds());
    const CustomerId id = customerIdFor(m_salon.shop, u"Elena Ruiz"_qs, u"+34600111222"_qs);
    ASSERT_EQ(customerOfVisit(10), id);
    EXPECT_EQ(m_salon.stored<Customer>(id), (Customer{id, m_salon.shop, u"Elena Ruiz"_qs, u"+34600111222"_qs,
                                                      u"elena@example.com"_qs, QString()}));
}

TEST_F(SealedBooking, OfAReturningCustomerLeavesWhatTheStaffWroteDown)
{
    const CustomerId id = customerIdFor(m_salon.shop, u"Elena Ruiz"_qs, u"+34600111222"_qs);
    const Customer known{id, m_salon.shop, u"Elena Ruiz Gil"_qs, u"+34600111222"_qs, {}, u"No clippers"_qs};
    must(m_salon.as(Role::Owner, known));
    ASSERT_THAT(onTheAuthority(sealedFor(10, m_salon.at(10), m_elena)), Succeeds());
    CustomerCard again = m_elena;
    again.name = u"  ELENA   ruiz "_qs;
    ASSERT_THAT(onTheAuthority(sealedFor(11, m_salon.at(12), again)), Succeeds());
    EXPECT_EQ(customerOfVisit(10), id);
    EXPECT_EQ(customerOfVisit(11), id);
    EXPECT_EQ(m_salon.stored<Customer>(id), known);
    EXPECT_EQ(customers(), 1);
}

TEST_F(SealedBooking, GivesTheSameRowsWheneverTheAuthorityRunsIt)
{
    const AppointmentBook args = sealedFor(10, m_salon.at(10), m_elena);
    Salon other;
    Actor actor = other.actor(Role::Kiosk);
    actor.unsealer = &m_holder;
    must(onTheAuthority(args));
    must(apply(other.rows, actor, args));
    EXPECT_EQ(m_salon.digest(), other.digest());
}

TEST_F(SealedBooking, ThatDoesNotOpenIsRejectedByItsOwnCode)
{
    AppointmentBook args = sealedFor(10, m_salon.at(10), m_elena);
    args.sealedCustomer->back() = char(args.sealedCustomer->back() ^ 1);
    EXPECT_THAT(onTheAuthority(args), FailsWith(ErrorCode::SealBroken));
    args.sealedCustomer = QByteArray();
    EXPECT_THAT(onTheAuthority(args), FailsWith(ErrorCode::SealBroken));
    args.sealedCustomer = crypto::OpeningKey::generate().sealingKey().seal(encodeCard(m_elena));
    EXPECT_THAT(onTheAuthority(args), FailsWith(ErrorCode::SealBroken));
    EXPECT_THAT(onTheAuthority(sealed(10, m_salon.at(10), "no card")), FailsWith(ErrorCode::SealBroken));
}

TEST_F(SealedBooking, IsBoundInWhatIsInsideAsAnyCustomerIs)
{
    const auto refused = [this](const CustomerCard &card) {
        EXPECT_THAT(onTheAuthority(sealedFor(10, m_salon.at(10), card)),
                    FailsWith(ErrorCode::InvalidArgument))
            << card.name.toStdString();
    };
    refused({u"  "_qs, m_elena.phone});
    refused({QString(121, u'a'), m_elena.phone});
    refused({m_elena.name, u"none"_qs});
    refused({m_elena.name, m_elena.phone, QString(255, u'a')});
}

TEST_F(SealedBooking, CarriesAtMostAKibibyteAndNoSecondCustomer)
{
    AppointmentBook args = sealedFor(10, m_salon.at(10), m_elena);
    args.customerId = idOf<CustomerId>(11);
    EXPECT_THAT(onTheKiosk(args), FailsWith(ErrorCode::InvalidArgument));
    args.customerId.reset();
    args.sealedCustomer = QByteArray(1025, 'x');
    EXPECT_THAT(onTheKiosk(args), FailsWith(ErrorCode::InvalidArgument));
    args.sealedCustomer = QByteArray(1024, 'x');
    EXPECT_THAT(onTheKiosk(args), Succeeds());
}

TEST_F(SealedBooking, OverAFailingDiskIsNoVerdictOnTheBox)
{
    m_holder.failWith(ErrorCode::StorageFull);
    EXPECT_THAT(onTheAuthority(sealedFor(10, m_salon.at(10), m_elena)), FailsWith(ErrorCode::StorageFull));
}

TEST_F(SealedBooking, OfATakenTimeFilesNobody)
{
    must(onTheAuthority(m_salon.booking(9, m_salon.at(10))));
    EXPECT_THAT(onTheAuthority(sealedFor(10, m_salon.at(10), m_elena)), FailsWith(ErrorCode::SlotTaken));
    EXPECT_EQ(customers(), 0);
}

TEST(BusinessKey, IsSetByTheServerAloneAndOnce)
{
    Salon salon;
    const QByteArray key = crypto::OpeningKey::generate().sealingKey().bytes();
    const BusinessSetKey args{salon.business, key};
    const Actor server{salon.business, {}, Role::Owner};
    EXPECT_THAT(apply(salon.rows, server, args), FailsWith(ErrorCode::NotFound)) << "before there is one";
    must(salon.as(Role::Owner, BusinessCreate{salon.business, u"Messerschnitt"_qs}));
    for (const Role role : everyActor)
        EXPECT_THAT(salon.as(role, args), FailsWith(ErrorCode::NotPermitted)) << int(role);
    EXPECT_THAT(apply(salon.rows, server, BusinessSetKey{salon.business, key.left(31)}),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(apply(salon.rows, server, BusinessSetKey{idOf<BusinessId>(99), key}),
                FailsWith(ErrorCode::NotFound));
    ASSERT_THAT(apply(salon.rows, server, args), Succeeds());
    EXPECT_EQ(salon.stored<Business>(salon.business), (Business{salon.business, u"Messerschnitt"_qs, key}));
    EXPECT_THAT(apply(salon.rows, server, args), FailsWith(ErrorCode::AlreadyExists));
}

TEST(BusinessKey, ComesWithTheBusinessThatIsCreated)
{
    Salon salon;
    const QByteArray key = crypto::OpeningKey::generate().sealingKey().bytes();
    EXPECT_THAT(salon.as(Role::Owner, BusinessCreate{salon.business, u"Messerschnitt"_qs, key + 'x'}),
                FailsWith(ErrorCode::InvalidArgument));
    must(salon.as(Role::Owner, BusinessCreate{salon.business, u"Messerschnitt"_qs, key}));
    EXPECT_EQ(salon.stored<Business>(salon.business).publicKey, key);
}
