#pragma once

#include "server/authority/store.h"
#include "shared/crypto/signing.h"
#include "tests/unit/mutators/salon.h"
#include "tests/unit/server/pushing_device.h"
#include "tests/unit/virtual_clock.h"

#include <QTemporaryDir>

namespace strop::test {

/// What a device says of itself when it is let in.
inline protocol::DeviceCard cardOf(const QString &name)
{
    return {name, crypto::SigningKey::generate().publicKey()};
}

/// The server's data folder of the salon's business, worked on as the store thread does it.
struct SalonServer
{
    QTemporaryDir folder;
    VirtualClock clock;
    SeededRandom random{1};
    Salon salon; ///< Its entities; its own database stays unused.
    std::unique_ptr<server::Store> store = must(server::Store::open(folder.path(), clock, random));
    BusinessId business = opened(QStringLiteral("anna@example.com"));

    /// Another business with a shop of the same ids, and its owner's account.
    [[nodiscard]] BusinessId opened(const QString &email)
    {
        const auto created =
            must(store->createBusiness(QStringLiteral("Messerschnitt"), email, "hash", std::nullopt));
        must(store->applyAsOwner(created.business, {mutators::makeMutation(salon.berlinShop()),
                                                    mutators::makeMutation(salon.barber(salon.anna)),
                                                    mutators::makeMutation(salon.barber(salon.ben)),
                                                    mutators::makeMutation(salon.haircut()),
                                                    mutators::makeMutation(salon.tuesdays())}));
        return created.business;
    }

    [[nodiscard]] server::Device enrolled(Role role, BusinessId where)
    {
        const server::PairingCode made = must(store->makePairingCode({where, role, salon.shop}));
        const auto enrolment = must(store->enrolByCode(made.code, cardOf(QString(roleName(role)))));
        return must(store->device(enrolment.device));
    }
    [[nodiscard]] PushingDevice device(Role role = Role::Owner)
    {
        return PushingDevice(enrolled(role, business));
    }

    [[nodiscard]] domain::Customer customer(quint8 number, const QString &name = QStringLiteral("Mia")) const
    {
        domain::Customer made;
        made.id = idOf<CustomerId>(number);
        made.shopId = salon.shop;
        made.name = name;
        return made;
    }

    [[nodiscard]] qint64 head() { return must(store->head(business)); }

    [[nodiscard]] qint64 count(const QString &table)
    {
        return std::get<qint64>(
            must(store->database().cell(QStringLiteral("SELECT count(*) FROM ") + table)).value());
    }
};

} // namespace strop::test
