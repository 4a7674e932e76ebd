#include "client/onboarding/shop_starter.h"

#include "tests/unit/open_device.h"

/// A business without a shop, as its owner and others meet it.
namespace strop::client {
namespace {

using mutators::makeMutation;
using test::eventually;
using test::FailsWith;

struct Starter : testing::Test
{
    explicit Starter(Role role = Role::Owner)
        : device(role)
    {}

    void confirmBusiness()
    {
        device.folder.confirm({makeMutation(mutators::BusinessCreate{
            device.folder.identity().enrolment.business, QStringLiteral("Corner Cuts")})});
    }

    /// Opens it; what the starter does by itself it has done when this returns.
    void open()
    {
        device.host.start();
        ASSERT_THAT(device.write(makeMutation(mutators::ShopRetire{test::idOf<ShopId>(99)})),
                    FailsWith(ErrorCode::NotFound));
        const qint64 last = test::must(device.write(makeMutation(device.shop.details())));
        ASSERT_TRUE(eventually([&] {
            const std::vector<sync::OutboxEntry> &waiting = device.host.status().waiting;
            return !waiting.empty() && waiting.back().id >= last;
        }));
    }

    [[nodiscard]] int shopsWaiting() const
    {
        const std::vector<sync::OutboxEntry> &waiting = device.host.status().waiting;
        return int(std::count_if(waiting.begin(), waiting.end(), [](const sync::OutboxEntry &one) {
            return one.mutation.name == QStringLiteral("shop.put");
        }));
    }

    test::OpenDevice device;
    ShopStarter starter{device.host, device.clock, device.random};
};

struct ManagersStarter : Starter
{
    ManagersStarter()
        : Starter(Role::Manager)
    {}
};

TEST_F(Starter, ABusinessWithoutAShopGetsOneThatCanBeBookedIn)
{
    confirmBusiness();
    ASSERT_TRUE(device.start());
    EXPECT_EQ(device.catalogue.shop().name, QStringLiteral("Corner Cuts"));
    ASSERT_TRUE(eventually([this] {
        return device.catalogue.staff().size() == 1 && device.catalogue.services().size() == 5 &&
               device.catalogue.hours().size() == 6;
    }));
    EXPECT_EQ(device.catalogue.staff().front().name, QStringLiteral("Me"));
    EXPECT_TRUE(eventually([this] { return shopsWaiting() == 1; }));
}

TEST_F(Starter, AShopThatWaitsToBeSentIsOne)
{
    confirmBusiness();
    device.folder.queue(makeMutation(device.shop.details()));
    open();
    EXPECT_EQ(device.host.status().waiting.size(), 2U) << "both are the test's";
}

TEST_F(Starter, ARetiredShopIsOne)
{
    confirmBusiness();
    device.folder.confirm(
        {makeMutation(device.shop.details()), makeMutation(mutators::ShopRetire{device.shop.shop})});
    open();
    EXPECT_EQ(device.host.status().waiting.size(), 1U);
}

TEST_F(Starter, BeforeTheFirstCatchUpNothingIsMissing)
{
    open();
    EXPECT_EQ(device.host.status().waiting.size(), 1U);
}

TEST_F(Starter, WhatTheFirstRunSaidIsStartedInstead)
{
    confirmBusiness();
    starter.start({makeMutation(device.shop.details())});
    open();
    EXPECT_EQ(device.host.status().waiting.size(), 2U);
}

TEST_F(ManagersStarter, LeavesItToTheOwner)
{
    confirmBusiness();
    open();
    EXPECT_EQ(device.host.status().waiting.size(), 1U);
}

} // namespace
} // namespace strop::client
