#include "shared/sync/sealed_customer.h"

#include "shared/crypto/sealed_box.h"
#include "shared/mutators/arguments.h"
#include "tests/unit/expect.h"
#include "tests/unit/synced_store.h"

using namespace strop;
using namespace strop::sync;
using namespace strop::test;

namespace {

const mutators::CustomerCard elena{QStringLiteral("Elena Ruiz"), QStringLiteral("+34600111222")};

} // namespace

TEST(SealedCustomer, OpensWithTheBusinesssKeyAlone)
{
    const crypto::OpeningKey key = crypto::OpeningKey::generate();
    const domain::Business business{idOf<BusinessId>(1), u"Navaja"_qs, key.sealingKey().bytes()};
    const QByteArray box = must(sealCustomer(elena, business));
    EXPECT_EQ(must(mutators::decodeCard(must(key.open(box)))), elena);
    EXPECT_THAT(crypto::OpeningKey::generate().open(box), FailsWith(ErrorCode::SealBroken));
}

TEST(SealedCustomer, IsNotMadeWithoutAKey)
{
    for (const QByteArray &none : {QByteArray(), QByteArray(32, '\0'), QByteArray(31, 'x')})
        EXPECT_THAT(sealCustomer(elena, {idOf<BusinessId>(1), u"Navaja"_qs, none}),
                    FailsSaying(ErrorCode::Unavailable, u"still getting ready"_qs));
}

TEST(SealedCustomer, OfTheLongestNameFitsAndALongerOneIsRefused)
{
    const domain::Business business{idOf<BusinessId>(1), u"Navaja"_qs,
                                    crypto::OpeningKey::generate().sealingKey().bytes()};
    const QString longest(domain::maxNameLength, u'ก'); // three bytes each
    EXPECT_THAT(sealCustomer({longest, elena.phone}, business), Succeeds());
    EXPECT_THAT(sealCustomer({QString(400, u'ก'), elena.phone}, business),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST(SealedCustomer, IsTheOnlyFormInWhichAKioskTakesOne)
{
    domain::Customer plain;
    EXPECT_THAT(requireSealed(mutators::makeMutation(plain)), FailsWith(ErrorCode::NotPermitted));
    EXPECT_THAT(requireSealed(mutators::makeMutation(mutators::CustomerAdd{plain})),
                FailsWith(ErrorCode::NotPermitted));
    EXPECT_THAT(requireSealed(mutators::makeMutation(mutators::AppointmentBook())), Succeeds());
}
