#include "server/authority/store.h"

#include "server/authority/schema.h"
#include "shared/mutators/arguments.h"

namespace strop::server {

Store::Store(std::unique_ptr<storage::Database> database, const Clock &clock, Random &random,
             QByteArray epoch)
    : m_database(std::move(database))
    , m_clock(clock)
    , m_random(random)
    , m_accounts(*m_database, clock, random)
    , m_authority(*m_database, clock)
    , m_epoch(std::move(epoch))
{}

Result<std::unique_ptr<Store>> Store::open(const QString &dataDir, const Clock &clock, Random &random)
{
    STROP_TRY_ASSIGN(auto database, openServerDatabase(dataDir));
    STROP_TRY_ASSIGN(QByteArray epoch, serverEpoch(*database));
    return std::unique_ptr<Store>(new Store(std::move(database), clock, random, std::move(epoch)));
}

Result<void> Store::transact(const std::function<Result<void>()> &change)
{
    Result<void> done = storage::inTransaction(*m_database, change);
    if (!done)
        m_authority.forgetUncommitted();
    return done;
}

Result<Store::Created> Store::createBusiness(const QString &name, const QString &email,
                                             const QByteArray &passwordHash,
                                             const std::optional<protocol::DeviceCard> &card)
{
    const auto business = newId<BusinessId>(m_clock, m_random);
    Created created{business, std::nullopt, {}};
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY(m_accounts.createAccount(business, email, passwordHash));
        if (card) {
            STROP_TRY_ASSIGN(const Device device,
                             m_accounts.enrol({business, Role::Owner, std::nullopt}, *card));
            created.enrolment = enrolmentOf(device);
        }
        return m_authority.applyInternally({business, {}, Role::Owner},
                                           mutators::makeMutation(mutators::BusinessCreate{business, name}));
    }));
    STROP_TRY_ASSIGN(created.commits, m_authority.takeCommits());
    return created;
}

Result<protocol::Enrolment> Store::enrolOwner(const Account &account, const protocol::DeviceCard &card)
{
    protocol::Enrolment enrolment;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(const Device device,
                         m_accounts.enrol({account.business, Role::Owner, std::nullopt}, card));
        enrolment = enrolmentOf(device);
        return {};
    }));
    return enrolment;
}

Result<protocol::Enrolment> Store::enrolByCode(const QString &code, const protocol::DeviceCard &card)
{
    protocol::Enrolment enrolment;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(const Invitation invitation, m_accounts.redeem(code));
        STROP_TRY_ASSIGN(const Device device, m_accounts.enrol(invitation, card));
        enrolment = enrolmentOf(device);
        return {};
    }));
    return enrolment;
}

Result<PairingCode> Store::makePairingCode(const Invitation &invitation)
{
    PairingCode made;
    STROP_TRY(transact([&]() -> Result<void> {
        STROP_TRY_ASSIGN(made, m_accounts.makePairingCode(invitation));
        return {};
    }));
    return made;
}

Result<std::vector<std::shared_ptr<const Commit>>>
Store::applyAsOwner(BusinessId business, const std::vector<mutators::Mutation> &mutations)
{
    STROP_TRY(transact([&]() -> Result<void> {
        for (const mutators::Mutation &mutation : mutations)
            STROP_TRY(m_authority.applyInternally({business, {}, Role::Owner}, mutation));
        return {};
    }));
    return m_authority.takeCommits();
}

} // namespace strop::server
