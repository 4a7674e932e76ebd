#include "shared/mutators/mutation.h"

#include "tests/unit/synced_store.h"

#include <QCborArray>

using namespace strop;
using namespace strop::mutators;
using namespace strop::test;

namespace {

Mutation named()
{
    return {u"test.write"_qs, 3, {{u"number"_qs, 7}}, uuidOf(9)};
}

QByteArray bytesOf(const QCborArray &parts)
{
    return QCborValue(parts).toCbor();
}

} // namespace

TEST(MutationBytes, CarryTheUuidAndReadBack)
{
    EXPECT_EQ(encodeMutation(named()),
              bytesOf({u"test.write"_qs, 3, QCborMap{{u"number"_qs, 7}}, uuidOf(9).toBytes()}));
    EXPECT_EQ(must(decodeMutation(encodeMutation(named()))), named());
}

TEST(MutationBytes, OfTheFirstVersionStayAsTheyWere)
{
    Mutation old = named();
    old.uuid = Uuid();
    EXPECT_EQ(encodeMutation(old), bytesOf({u"test.write"_qs, 3, QCborMap{{u"number"_qs, 7}}}));
    EXPECT_EQ(must(decodeMutation(encodeMutation(old))), old);
}

TEST(MutationBytes, AreRefusedWithAUuidThatIsNone)
{
    for (const QCborValue &uuid :
         {QCborValue(QByteArray(15, 'u')), QCborValue(QByteArray(16, '\0')), QCborValue(7)}) {
        EXPECT_THAT(decodeMutation(bytesOf({u"test.write"_qs, 3, QCborMap(), uuid})),
                    FailsWith(ErrorCode::InvalidArgument));
    }
    EXPECT_THAT(decodeMutation(bytesOf({u"test.write"_qs, 3, QCborMap(), uuidOf(1).toBytes(), 5})),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST(MutationUuid, OfAWriteWithoutOneIsDerivedFromDeviceAndNumberAlone)
{
    const auto device = idOf<DeviceId>(4);
    Mutation old = named();
    old.uuid = Uuid();
    const Uuid derived = mutators::uuidOf(old, device, 12);
    EXPECT_EQ(derived, derivedUuid(device, 12));
    EXPECT_EQ(derived.toString().at(14), u'8') << "version 8";
    EXPECT_NE(derived, derivedUuid(device, 13));
    EXPECT_NE(derived, derivedUuid(idOf<DeviceId>(5), 12));
    EXPECT_EQ(mutators::uuidOf(named(), device, 12), test::uuidOf(9));
}
