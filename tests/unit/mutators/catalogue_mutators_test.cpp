#include "shared/mutators/catalogue_mutators.h"

#include "tests/unit/expect.h"
#include "tests/unit/mutators/salon.h"

using namespace strop;
using namespace strop::domain;
using namespace strop::mutators;
using namespace strop::test;

namespace {

class Catalogue : public testing::Test
{
protected:
    /// Applies a copy of an entity with one thing changed, as the owner.
    template <typename Entity, typename Change>
    [[nodiscard]] Result<void> putting(Entity entity, const Change &change)
    {
        change(entity);
        return m_salon.as(Role::Owner, entity);
    }

    /// Only the roles in `allowed` may; for the others nothing changes.
    template <typename Args>
    void expectAllowed(const RoleSet &allowed, const Args &args)
    {
        for (const Role role : everyActor) {
            const QByteArray before = m_salon.digest();
            const auto outcome = m_salon.as(role, args);
            if (allowed.contains(role)) {
                EXPECT_THAT(outcome, Succeeds()) << roleName(role).data();
            } else {
                EXPECT_THAT(outcome, FailsWith(ErrorCode::NotPermitted)) << roleName(role).data();
                EXPECT_EQ(m_salon.digest(), before) << roleName(role).data();
            }
        }
    }

    [[nodiscard]] Customer maria() const
    {
        Customer made;
        made.id = idOf<CustomerId>(20);
        made.shopId = m_salon.shop;
        made.name = u"María"_qs;
        made.phone = u"600123456"_qs;
        return made;
    }

    Salon m_salon;
};

} // namespace

TEST_F(Catalogue, IsForOwnersAndManagers)
{
    expectAllowed(managingRoles, m_salon.berlinShop());
    expectAllowed(managingRoles, m_salon.barber(m_salon.anna));
    expectAllowed(managingRoles, m_salon.haircut());
    expectAllowed(managingRoles, m_salon.tuesdays());
    expectAllowed(managingRoles, HoursRetire{m_salon.hours});
    expectAllowed(managingRoles, ServiceRetire{m_salon.cut});
    expectAllowed(managingRoles, StaffRetire{m_salon.anna});
    expectAllowed(managingRoles, ShopRetire{m_salon.shop});
}

TEST_F(Catalogue, RetiresWithoutForgetting)
{
    must(m_salon.as(Role::Owner, StaffRetire{m_salon.anna}));
    must(m_salon.as(Role::Owner, ServiceRetire{m_salon.cut}));
    must(m_salon.as(Role::Owner, HoursRetire{m_salon.hours}));
    must(m_salon.as(Role::Owner, ShopRetire{m_salon.shop}));
    EXPECT_TRUE(m_salon.stored<Staff>(m_salon.anna).retired);
    EXPECT_EQ(m_salon.stored<Staff>(m_salon.anna).name, u"Anna"_qs);
    EXPECT_TRUE(m_salon.stored<Service>(m_salon.cut).retired);
    EXPECT_TRUE(m_salon.stored<HoursRule>(m_salon.hours).retired);
    EXPECT_TRUE(m_salon.stored<Shop>(m_salon.shop).retired);
    EXPECT_FALSE(m_salon.stored<Staff>(m_salon.ben).retired);
}

TEST_F(Catalogue, RetiresNothingThatDoesNotExist)
{
    EXPECT_THAT(m_salon.as(Role::Owner, ShopRetire{idOf<ShopId>(99)}), FailsWith(ErrorCode::NotFound));
    EXPECT_THAT(m_salon.as(Role::Owner, StaffRetire{idOf<StaffId>(99)}), FailsWith(ErrorCode::NotFound));
    EXPECT_THAT(m_salon.as(Role::Owner, ServiceRetire{{}}), FailsWith(ErrorCode::NotFound));
    EXPECT_THAT(m_salon.as(Role::Owner, HoursRetire{idOf<HoursId>(99)}), FailsWith(ErrorCode::NotFound));
}

TEST_F(Catalogue, CreatesTheBusinessOnceForItsOwnerUnderItsOwnId)
{
    const BusinessCreate args{m_salon.business, u"Messerschnitt GmbH"_qs};
    for (const Role role : {Role::Manager, Role::Barber, Role::Kiosk, Role::Display})
        EXPECT_THAT(m_salon.as(role, args), FailsWith(ErrorCode::NotPermitted)) << roleName(role).data();
    EXPECT_THAT(m_salon.as(Role::Owner, BusinessCreate{idOf<BusinessId>(99), u"Other"_qs}),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_salon.as(Role::Owner, BusinessCreate{m_salon.business, u"  "_qs}),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(m_salon.as(Role::Owner, args), Succeeds());
    EXPECT_EQ(m_salon.stored<Business>(m_salon.business).name, args.name);
    EXPECT_THAT(m_salon.as(Role::Owner, args), FailsWith(ErrorCode::AlreadyExists));
}

TEST_F(Catalogue, AsksOfEveryNameThatThereIsOneAndThatItFits)
{
    for (const QString &bad : {QString(), u" \t "_qs, QString(121, u'x')}) {
        const auto rename = [&](auto &entity) { entity.name = bad; };
        EXPECT_THAT(putting(m_salon.berlinShop(), rename), FailsWith(ErrorCode::InvalidArgument));
        EXPECT_THAT(putting(m_salon.barber(m_salon.anna), rename), FailsWith(ErrorCode::InvalidArgument));
        EXPECT_THAT(putting(m_salon.haircut(), rename), FailsWith(ErrorCode::InvalidArgument));
        EXPECT_THAT(putting(maria(), rename), FailsWith(ErrorCode::InvalidArgument));
    }
    EXPECT_THAT(putting(m_salon.haircut(), [](Service &s) { s.name = QString(120, u'x'); }), Succeeds());
}

TEST_F(Catalogue, KeepsEverythingButTheShopItselfInItsShop)
{
    Shop second = m_salon.berlinShop();
    second.id = idOf<ShopId>(90);
    must(m_salon.as(Role::Owner, second));
    must(m_salon.as(Role::Owner, maria()));
    const auto move = [&](auto &entity) { entity.shopId = second.id; };
    const auto lose = [](auto &entity) { entity.shopId = idOf<ShopId>(99); };
    const auto unname = [](auto &entity) { entity.id = {}; };
    const auto expectRefused = [&](const auto &entity) {
        EXPECT_THAT(putting(entity, move), FailsSaying(ErrorCode::InvalidArgument, u"another shop"_qs));
        EXPECT_THAT(putting(entity, lose), FailsWith(ErrorCode::NotFound));
        EXPECT_THAT(putting(entity, unname), FailsWith(ErrorCode::InvalidArgument));
    };
    expectRefused(m_salon.barber(m_salon.anna));
    expectRefused(m_salon.haircut());
    expectRefused(m_salon.tuesdays());
    expectRefused(maria());
}

TEST_F(Catalogue, TakesAShopWithARealZoneCurrencyAndGrid)
{
    const auto with = [&](const auto &change) { return putting(m_salon.berlinShop(), change); };
    for (const QString &zone :
         {u""_qs, u"Berlin"_qs, u"Europe/Atlantis"_qs, u"UTC+3"_qs, u"../../etc/passwd"_qs})
        EXPECT_THAT(with([&](Shop &s) { s.zone = zone; }), FailsWith(ErrorCode::InvalidArgument))
            << zone.toStdString();
    for (const QString &currency : {u""_qs, u"EU"_qs, u"eur"_qs, u"EURO"_qs, u"12€"_qs, u"E R"_qs})
        EXPECT_THAT(with([&](Shop &s) { s.currency = currency; }),
                    FailsSaying(ErrorCode::InvalidArgument, u"not a currency"_qs))
            << currency.toStdString();
    for (const qint64 grid : {-15, 0, 1, 4, 7, 25, 61, 120})
        EXPECT_THAT(with([&](Shop &s) { s.bookingGridMinutes = grid; }),
                    FailsWith(ErrorCode::InvalidArgument))
            << grid;
    for (const qint64 grid : {5, 10, 15, 20, 30, 60})
        EXPECT_THAT(with([&](Shop &s) { s.bookingGridMinutes = grid; }), Succeeds()) << grid;
    EXPECT_THAT(with([](Shop &s) { s.id = {}; }), FailsWith(ErrorCode::InvalidArgument));
}

TEST_F(Catalogue, NeverChangesTheCurrencyOfAShop)
{
    EXPECT_THAT(putting(m_salon.berlinShop(), [](Shop &s) { s.currency = u"CHF"_qs; }),
                FailsSaying(ErrorCode::InvalidArgument, u"cannot change"_qs));
    EXPECT_THAT(putting(m_salon.berlinShop(), [](Shop &s) { s.zone = u"Europe/Madrid"_qs; }), Succeeds());
}

TEST_F(Catalogue, BoundsHuesDurationsAndPrices)
{
    for (const qint64 hue : {-1, 8})
        EXPECT_THAT(putting(m_salon.barber(m_salon.anna), [&](Staff &s) { s.hue = hue; }),
                    FailsWith(ErrorCode::InvalidArgument));
    for (const qint64 duration : {0, 4, 481})
        EXPECT_THAT(putting(m_salon.haircut(), [&](Service &s) { s.durationMinutes = duration; }),
                    FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(m_salon.haircut(), [](Service &s) { s.priceMinor = -1; }),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(m_salon.haircut(), [](Service &s) { s.priceMinor = 0; }), Succeeds());
}

TEST_F(Catalogue, TakesHoursForAWeekdayOrForADateThatReadsAsOne)
{
    const auto with = [&](qint64 weekday, const QString &date) {
        return putting(m_salon.tuesdays(), [&](HoursRule &rule) {
            rule.weekday = weekday;
            rule.date = date;
        });
    };
    EXPECT_THAT(with(1, {}), Succeeds());
    EXPECT_THAT(with(7, {}), Succeeds());
    EXPECT_THAT(with(0, u"2028-02-29"_qs), Succeeds());
    for (const auto &[weekday, date] : std::initializer_list<std::pair<qint64, QString>>{
             {-1, {}}, {8, {}}, {0, {}}, {2, u"2026-05-05"_qs}, {0, u"2026-02-29"_qs}, {0, u"5.5.2026"_qs}})
        EXPECT_THAT(with(weekday, date), FailsWith(ErrorCode::InvalidArgument)) << date.toStdString();
    for (const QString &sloppy : {u"2026/12/25"_qs, u"2026-12-25T00:00"_qs, u"2026-12-25 "_qs})
        EXPECT_THAT(with(0, sloppy), FailsWith(ErrorCode::InvalidArgument))
            << "taken, it would never apply: " << sloppy.toStdString();
}

TEST_F(Catalogue, TakesHoursOfABarberOfThatShopAlone)
{
    const auto of = [&](StaffId staff) {
        return putting(m_salon.tuesdays(), [&](HoursRule &rule) { rule.staffId = staff; });
    };
    EXPECT_THAT(of(m_salon.anna), Succeeds());
    EXPECT_THAT(of(idOf<StaffId>(99)), FailsWith(ErrorCode::NotFound));
    Shop second = m_salon.berlinShop();
    second.id = idOf<ShopId>(90);
    must(m_salon.as(Role::Owner, second));
    Staff there = m_salon.barber(idOf<StaffId>(91));
    there.shopId = second.id;
    must(m_salon.as(Role::Owner, there));
    EXPECT_THAT(of(there.id), FailsWith(ErrorCode::NotFound));
}

TEST_F(Catalogue, LetsAllStaffKeepCustomers)
{
    expectAllowed(RoleSet{Role::Owner, Role::Manager, Role::Barber, Role::Kiosk}, maria());
    EXPECT_THAT(putting(maria(), [](Customer &c) { c.notes = QString(4001, u'x'); }),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(maria(), [](Customer &c) { c.notes = QString(4000, u'x'); }), Succeeds());
}

TEST_F(Catalogue, BoundsEveryText)
{
    EXPECT_THAT(putting(maria(), [](Customer &c) { c.phone = QString(41, u'1'); }),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(maria(), [](Customer &c) { c.email = QString(255, u'x'); }),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(m_salon.haircut(), [](Service &s) { s.category = QString(121, u'x'); }),
                FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(putting(m_salon.berlinShop(), [](Shop &s) { s.locale = QString(121, u'x'); }),
                FailsWith(ErrorCode::InvalidArgument));
}

TEST_F(Catalogue, LetsAKioskFileACustomerButNeverOverwriteOne)
{
    must(m_salon.as(Role::Kiosk, maria()));
    EXPECT_EQ(m_salon.stored<Customer>(maria().id), maria());
    Customer noted = maria();
    noted.notes = u"allergic to balm"_qs;
    must(m_salon.as(Role::Barber, noted));
    EXPECT_THAT(m_salon.as(Role::Kiosk, maria()), Succeeds());
    EXPECT_EQ(m_salon.stored<Customer>(noted.id), noted);
}

TEST_F(Catalogue, AddingACustomerChecksWhatPuttingOneChecks)
{
    expectAllowed(RoleSet{Role::Owner, Role::Manager, Role::Barber, Role::Kiosk}, CustomerAdd{maria()});
    EXPECT_EQ(m_salon.stored<Customer>(maria().id), maria());
    CustomerAdd other{maria()};
    other.name.clear();
    EXPECT_THAT(m_salon.as(Role::Owner, other), FailsWith(ErrorCode::InvalidArgument));
    other = CustomerAdd{maria()};
    other.notes = QString(4001, u'x');
    EXPECT_THAT(m_salon.as(Role::Owner, other), FailsWith(ErrorCode::InvalidArgument));
    other = CustomerAdd{maria()};
    other.shopId = idOf<ShopId>(99);
    EXPECT_THAT(m_salon.as(Role::Owner, other), FailsWith(ErrorCode::NotFound));
}

TEST_F(Catalogue, AddingAKnownCustomerChangesNothingWhoeverDoesIt)
{
    Customer noted = maria();
    noted.email = u"maria@salon.example"_qs;
    noted.notes = u"allergic to balm"_qs;
    must(m_salon.as(Role::Barber, noted));
    for (const Role role : {Role::Owner, Role::Barber, Role::Kiosk}) {
        EXPECT_THAT(m_salon.as(role, CustomerAdd{maria()}), Succeeds());
        EXPECT_EQ(m_salon.stored<Customer>(noted.id), noted);
    }
}
