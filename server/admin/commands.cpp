#include "server/admin/commands.h"

#include "resources/demo/demo_shop.h"
#include "server/admin/backup.h"
#include "server/admin/verify.h"
#include "server/authority/business_head.h"
#include "server/authority/schema.h"
#include "shared/crypto/password.h"
#include "shared/storage/tables.h"

#include <QFile>
#include <QJsonDocument>

namespace strop::server {

using storage::RowReader;

namespace {

struct Workplace
{
    const Clock &clock;
    Store &store;
    const AdminCall &call;
    QTextStream &out;
};

void print(QTextStream &out, const QJsonObject &line)
{
    out << QJsonDocument(line).toJson(QJsonDocument::Compact) << '\n';
}

Result<Uuid> parsedId(const QString &text)
{
    const std::optional<Uuid> id = Uuid::fromString(text);
    if (!id)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" is not an id. Copy it from a list.").arg(text));
    return *id;
}

Result<BusinessId> chosenBusiness(const Workplace &place)
{
    if (!place.call.business.isEmpty())
        return parsedId(place.call.business).map([](const Uuid &id) { return BusinessId{id}; });
    std::vector<BusinessId> all;
    STROP_TRY(place.store.database().each(QStringLiteral("SELECT business_id FROM business_head"), {},
                                          [&](const RowReader &row) -> Result<void> {
                                              all.push_back(row.id<BusinessId>(0));
                                              return {};
                                          }));
    if (all.size() != 1)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("There are %1 businesses here. Say which one with --business ID.")
                        .arg(all.size()));
    return all.front();
}

Result<ShopId> chosenShop(const Workplace &place, BusinessId business)
{
    if (!place.call.shop.isEmpty())
        return parsedId(place.call.shop).map([](const Uuid &id) { return ShopId{id}; });
    STROP_TRY_ASSIGN(const auto id,
                     place.store.database().cell(
                         QStringLiteral("SELECT id FROM shop WHERE business_id = ? AND deleted = 0 AND "
                                        "retired = 0 ORDER BY id LIMIT 1"),
                         {business.uuid.toBytes()}));
    if (!id)
        return fail(ErrorCode::NotFound,
                    QStringLiteral("The business has no shop yet. Add one on the desktop."));
    return ShopId{Uuid::fromBytes(std::get<QByteArray>(*id)).value_or(Uuid())};
}

Result<BusinessId> newBusiness(const Workplace &place, const QString &name)
{
    const AdminCall &call = place.call;
    STROP_TRY(protocol::requireEmail(call.email));
    if (call.password.size() < protocol::minPasswordLength)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("The password needs at least %1 characters; it is read from standard "
                                   "input with --password-stdin.")
                        .arg(protocol::minPasswordLength));
    STROP_TRY_ASSIGN(
        const Store::Created created,
        place.store.createBusiness(name, call.email, crypto::hashPassword(call.password), std::nullopt));
    return created.business;
}

Result<void> createBusiness(const Workplace &place)
{
    const AdminCall &call = place.call;
    if (call.arguments.size() != 1 || call.email.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral(
                        "Give a name and --email: create-business \"Sharp Cuts\" --email owner@example.com"));
    STROP_TRY_ASSIGN(const BusinessId business, newBusiness(place, call.arguments.front()));
    print(place.out, {{QStringLiteral("business"), business.toString()}});
    return {};
}

Result<void> createDemoBusiness(const Workplace &place)
{
    if (place.call.email.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Give the owner's --email."));
    const std::optional<QTimeZone> zone = domain::zoneNamed(place.call.zone);
    if (!zone)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" is not a time zone. Use a name such as Europe/Madrid.")
                        .arg(place.call.zone));
    demo::DemoOptions options;
    options.zone = place.call.zone;
    options.now = place.clock.now();
    options.today = domain::wallMinuteOf(*options.now, *zone).date;
    const demo::DemoShop shop = demo::makeDemoShop(options);
    STROP_TRY_ASSIGN(const BusinessId business, newBusiness(place, QStringLiteral("Strop demo")));
    STROP_TRY(place.store.applyAsOwner(business, shop.mutations));
    print(place.out, {{QStringLiteral("business"), business.toString()},
                      {QStringLiteral("shop"), shop.shop.toString()},
                      {QStringLiteral("writes"), qint64(shop.mutations.size())}});
    return {};
}

Result<void> makePairingCode(const Workplace &place)
{
    const std::optional<Role> role = roleFromName(place.call.role);
    if (!role)
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("There is no role \"%1\". Choose owner, manager, barber, kiosk or display.")
                .arg(place.call.role));
    STROP_TRY_ASSIGN(const BusinessId business, chosenBusiness(place));
    Invitation invitation{business, *role, std::nullopt};
    if (!managingRoles.contains(*role)) {
        STROP_TRY_ASSIGN(invitation.shop, chosenShop(place, business));
    }
    STROP_TRY_ASSIGN(const PairingCode made, place.store.makePairingCode(invitation));
    print(place.out, {{QStringLiteral("code"), protocol::displayedPairingCode(made.code)},
                      {QStringLiteral("expires"), toUtcDateTime(made.expiresAt).toString(Qt::ISODate)}});
    return {};
}

Result<void> listDevices(const Workplace &place)
{
    STROP_TRY_ASSIGN(const std::vector<Device> devices, place.store.devices());
    for (const Device &device : devices) {
        print(place.out,
              {{QStringLiteral("id"), device.id.toString()},
               {QStringLiteral("name"), device.name},
               {QStringLiteral("role"), QString(roleName(device.role))},
               {QStringLiteral("business"), device.business.toString()},
               {QStringLiteral("enrolled"), toUtcDateTime(device.enrolledAt).toString(Qt::ISODate)},
               {QStringLiteral("revoked"), device.revoked}});
    }
    return {};
}

Result<void> revokeDevice(const Workplace &place)
{
    if (place.call.arguments.size() != 1)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("Give the id of one device: revoke ID"));
    STROP_TRY_ASSIGN(const Uuid id, parsedId(place.call.arguments.front()));
    STROP_TRY(place.store.revoke(DeviceId{id}));
    print(place.out, {{QStringLiteral("revoked"), id.toString()}});
    return {};
}

Result<void> verify(const Workplace &place)
{
    STROP_TRY_ASSIGN(const QStringList defects, findDefects(place.store.database()));
    for (const QString &defect : defects)
        print(place.out, {{QStringLiteral("defect"), defect}});
    if (!defects.isEmpty())
        return fail(ErrorCode::StorageCorrupt,
                    QStringLiteral("%1 defects were found. Restore the newest backup that verifies.")
                        .arg(defects.size()));
    print(place.out, {{QStringLiteral("verified"), true}});
    return {};
}

Result<void> backup(const Workplace &place)
{
    if (place.call.arguments.size() != 1)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give the name of a new file: backup strop-monday.db"));
    STROP_TRY_ASSIGN(const std::vector<BackedUp> held, backUp(place.store, place.call.arguments.front()));
    for (const BackedUp &one : held)
        print(place.out, {{QStringLiteral("business"), one.business.toString()},
                          {QStringLiteral("version"), one.version}});
    return {};
}

Result<void> purge(const Workplace &place)
{
    STROP_TRY_ASSIGN(const qint64 removed, place.store.purgeTombstones());
    print(place.out, {{QStringLiteral("removed"), removed}});
    return {};
}

Result<void> restore(const AdminCall &call, const Clock &clock, Random &random, QTextStream &out)
{
    if (call.arguments.size() != 1)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give the file of a backup: restore strop-monday.db"));
    STROP_TRY(restoreBackup(call.dataDir, call.arguments.front(), clock));
    // Opening it is what begins the new epochs.
    STROP_TRY_ASSIGN(const std::unique_ptr<Store> store, Store::open(call.dataDir, clock, random));
    STROP_TRY_ASSIGN(const std::vector<BusinessId> businesses, allBusinesses(store->database()));
    for (const BusinessId business : businesses) {
        STROP_TRY_ASSIGN(const qint64 version, store->head(business));
        print(out, {{QStringLiteral("business"), business.toString()}, {QStringLiteral("version"), version}});
    }
    return {};
}

struct Verb
{
    const char *name;
    const char *what;
    Result<void> (*run)(const Workplace &place);
    bool makesFolder = false; ///< The others work on a folder that is there: a mistyped one stays unmade.
};

constexpr Verb verbs[] = {
    {"create-business", "NAME --email E --password-stdin: a new business and its owner's account",
     createBusiness, true},
    {"demo", "--email E --password-stdin [--zone ZONE]: a demo business with a year of history",
     createDemoBusiness, true},
    {"pairing-code",
     "[--role ROLE] [--business ID] [--shop ID]: a code that lets one device in, for five minutes",
     makePairingCode},
    {"devices", "every device, one a line", listDevices},
    {"revoke", "ID: locks a device out, within seconds", revokeDevice},
    {"verify", "looks for anything wrong in the database", verify},
    {"backup", "FILE: copies the database to a new file, beside a server that runs", backup},
    {"purge", "forgets rows that were deleted more than 90 days ago; the server does it every day", purge},
};

/// Its own way, since it puts another database in the place of the one that the others open.
constexpr const char *restoreName = "restore";
constexpr const char *restoreHelp = "FILE: puts a backup in place; the devices bring back what it lacks. The "
                                    "server must be stopped";

constexpr int longestName = int(std::string_view("create-business").size());

} // namespace

Result<void> runAdmin(const AdminCall &call, const Clock &clock, Random &random, QTextStream &out)
{
    if (call.verb == QLatin1String(restoreName))
        return restore(call, clock, random, out);
    for (const Verb &verb : verbs) {
        if (call.verb != QLatin1String(verb.name))
            continue;
        if (!verb.makesFolder && !QFile::exists(serverDatabasePath(call.dataDir)))
            return fail(ErrorCode::NotFound,
                        QStringLiteral("%1 is not the data folder of a strop-server. Check --data.")
                            .arg(call.dataDir));
        STROP_TRY_ASSIGN(const std::unique_ptr<Store> store, Store::open(call.dataDir, clock, random));
        return verb.run({clock, *store, call, out});
    }
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("There is no verb \"%1\".\n%2").arg(call.verb, adminVerbs()));
}

QString adminVerbs()
{
    QString text = QStringLiteral("Verbs:\n");
    for (const Verb &verb : verbs)
        text += QStringLiteral("  %1  %2\n")
                    .arg(QLatin1String(verb.name), -longestName)
                    .arg(QLatin1String(verb.what));
    return text + QStringLiteral("  %1  %2\n")
                      .arg(QLatin1String(restoreName), -longestName)
                      .arg(QLatin1String(restoreHelp));
}

} // namespace strop::server
