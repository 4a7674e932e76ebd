#include "shared/mutators/catalogue_mutators.h"

#include <algorithm>

namespace strop::mutators {

using namespace domain;
using storage::Fields;
using storage::Transaction;

const Fields<BusinessCreate> &ArgumentsOf<BusinessCreate>::fields()
{
    static const auto all = Fields<BusinessCreate>()
                                .add("id", &BusinessCreate::id)
                                .add("name", &BusinessCreate::name)
                                .add("public_key", &BusinessCreate::publicKey);
    return all;
}

const Fields<BusinessSetKey> &ArgumentsOf<BusinessSetKey>::fields()
{
    static const auto all =
        Fields<BusinessSetKey>().add("id", &BusinessSetKey::id).add("public_key", &BusinessSetKey::publicKey);
    return all;
}

const Fields<ShopRetire> &ArgumentsOf<ShopRetire>::fields()
{
    static const auto all = Fields<ShopRetire>().add("id", &ShopRetire::id);
    return all;
}

const Fields<StaffRetire> &ArgumentsOf<StaffRetire>::fields()
{
    static const auto all = Fields<StaffRetire>().add("id", &StaffRetire::id);
    return all;
}

const Fields<ServiceRetire> &ArgumentsOf<ServiceRetire>::fields()
{
    static const auto all = Fields<ServiceRetire>().add("id", &ServiceRetire::id);
    return all;
}

const Fields<HoursRetire> &ArgumentsOf<HoursRetire>::fields()
{
    static const auto all = Fields<HoursRetire>().add("id", &HoursRetire::id);
    return all;
}

const Fields<CustomerAdd> &ArgumentsOf<CustomerAdd>::fields()
{
    static const auto all = Fields<CustomerAdd>()
                                .add<ShopId>("shop_id", &CustomerAdd::shopId)
                                .add<QString>("name", &CustomerAdd::name)
                                .add<QString>("phone", &CustomerAdd::phone)
                                .add<QString>("email", &CustomerAdd::email)
                                .add<QString>("notes", &CustomerAdd::notes)
                                .add<CustomerId>("id", &CustomerAdd::id);
    return all;
}

namespace {

Result<void> require(bool condition, ErrorCode code, const QString &message)
{
    if (condition)
        return {};
    return fail(code, message);
}

Result<void> requireManaging(const Actor &actor)
{
    return require(managingRoles.contains(actor.role), ErrorCode::NotPermitted,
                   QStringLiteral("Only the owner or a manager can change this. Ask one of them."));
}

Result<void> requireLength(const QString &text, qsizetype longest, const QString &what)
{
    return require(text.size() <= longest, ErrorCode::InvalidArgument,
                   QStringLiteral("Shorten the %1 to %2 characters.").arg(what).arg(longest));
}

Result<void> requireName(const QString &name)
{
    STROP_TRY(
        require(!name.trimmed().isEmpty(), ErrorCode::InvalidArgument, QStringLiteral("Enter a name.")));
    return requireLength(name, maxNameLength, QStringLiteral("name"));
}

Result<void> requireId(const Uuid &id)
{
    return require(!id.isNil(), ErrorCode::InvalidArgument, QStringLiteral("The id must not be empty."));
}

Result<void> requirePublicKey(const QByteArray &key)
{
    return require(key.size() == publicKeySize, ErrorCode::InvalidArgument,
                   QStringLiteral("A public key has %1 bytes.").arg(publicKeySize));
}

bool isCurrencyCode(const QString &code)
{
    const auto isCapital = [](QChar letter) { return letter >= u'A' && letter <= u'Z'; };
    return code.size() == 3 && std::all_of(code.begin(), code.end(), isCapital);
}

/// As QDate writes it: a date that QDate only understands ("2026/12/25") would never match a day.
bool isIsoDate(const QString &text)
{
    const QDate date = QDate::fromString(text, Qt::ISODate);
    return date.isValid() && date.toString(Qt::ISODate) == text;
}

/// The shop exists; and an entity that exists already stays in its shop.
template <typename Entity>
Result<void> requireSameShop(Transaction &tx, const Entity &entity)
{
    STROP_TRY(requireId(entity.id.uuid));
    STROP_TRY_ASSIGN(const auto shop, tx.get<Shop>(entity.shopId));
    STROP_TRY(require(shop.has_value(), ErrorCode::NotFound, QStringLiteral("That shop does not exist.")));
    STROP_TRY_ASSIGN(const auto before, tx.get<Entity>(entity.id));
    return require(!before || before->shopId == entity.shopId, ErrorCode::InvalidArgument,
                   QStringLiteral("This belongs to another shop and cannot be moved."));
}

Result<void> requireCustomer(Transaction &tx, const Actor &actor, const Customer &customer)
{
    STROP_TRY(require(staffRoles.contains(actor.role) || actor.role == Role::Kiosk, ErrorCode::NotPermitted,
                      QStringLiteral("This device cannot change customers.")));
    STROP_TRY(requireShop(actor, customer.shopId));
    STROP_TRY(requireName(customer.name));
    STROP_TRY(requireLength(customer.phone, maxPhoneLength, QStringLiteral("phone number")));
    STROP_TRY(requireLength(customer.email, maxEmailLength, QStringLiteral("e-mail address")));
    STROP_TRY(requireLength(customer.notes, maxNotesLength, QStringLiteral("notes")));
    return requireSameShop(tx, customer);
}

template <typename Entity>
Result<void> retire(Transaction &tx, const Actor &actor, decltype(Entity::id) id)
{
    STROP_TRY(requireManaging(actor));
    STROP_TRY_ASSIGN(std::optional<Entity> entity, tx.get<Entity>(id));
    STROP_TRY(require(entity.has_value(), ErrorCode::NotFound,
                      QStringLiteral("There is nothing to retire: it does not exist.")));
    entity->retired = true;
    return tx.put(*entity);
}

} // namespace

Result<void> apply(Transaction &tx, const Actor &actor, const BusinessCreate &args)
{
    STROP_TRY(require(actor.role == Role::Owner, ErrorCode::NotPermitted,
                      QStringLiteral("Only the owner can create the business.")));
    STROP_TRY(require(args.id == actor.business, ErrorCode::InvalidArgument,
                      QStringLiteral("The business must carry the id of its account.")));
    STROP_TRY(requireName(args.name));
    if (!args.publicKey.isEmpty())
        STROP_TRY(requirePublicKey(args.publicKey));
    STROP_TRY_ASSIGN(const auto existing, tx.get<Business>(args.id));
    STROP_TRY(require(!existing, ErrorCode::AlreadyExists, QStringLiteral("This business exists already.")));
    return tx.put(Business{args.id, args.name, args.publicKey});
}

Result<void> apply(Transaction &tx, const Actor &actor, const BusinessSetKey &args)
{
    STROP_TRY(require(actor.device.isNil(), ErrorCode::NotPermitted,
                      QStringLiteral("Only the server makes the key of a business.")));
    STROP_TRY(requirePublicKey(args.publicKey));
    STROP_TRY_ASSIGN(auto business, tx.get<Business>(args.id));
    STROP_TRY(require(business && args.id == actor.business, ErrorCode::NotFound,
                      QStringLiteral("That business does not exist.")));
    STROP_TRY(require(business->publicKey.isEmpty(), ErrorCode::AlreadyExists,
                      QStringLiteral("This business has its key already.")));
    business->publicKey = args.publicKey;
    return tx.put(*business);
}

Result<void> apply(Transaction &tx, const Actor &actor, const Shop &shop)
{
    STROP_TRY(requireManaging(actor));
    STROP_TRY(requireId(shop.id.uuid));
    STROP_TRY(requireName(shop.name));
    STROP_TRY(requireLength(shop.locale, maxNameLength, QStringLiteral("locale")));
    STROP_TRY(require(
        zoneNamed(shop.zone).has_value(), ErrorCode::InvalidArgument,
        QStringLiteral("\"%1\" is not a time zone. Use a name such as Europe/Madrid.").arg(shop.zone)));
    STROP_TRY(require(
        isCurrencyCode(shop.currency), ErrorCode::InvalidArgument,
        QStringLiteral("\"%1\" is not a currency. Use three letters such as EUR.").arg(shop.currency)));
    const qint64 grid = shop.bookingGridMinutes;
    STROP_TRY(require(grid >= 5 && grid <= 60 && 60 % grid == 0, ErrorCode::InvalidArgument,
                      QStringLiteral("Booking times can lie 5, 10, 15, 20, 30 or 60 minutes apart.")));
    STROP_TRY_ASSIGN(const auto before, tx.get<Shop>(shop.id));
    STROP_TRY(require(!before || before->currency == shop.currency, ErrorCode::InvalidArgument,
                      QStringLiteral("A shop's currency cannot change.")));
    return tx.put(shop);
}

Result<void> apply(Transaction &tx, const Actor &actor, const Staff &staff)
{
    STROP_TRY(requireManaging(actor));
    STROP_TRY(requireName(staff.name));
    STROP_TRY(require(staff.hue >= 0 && staff.hue < 8, ErrorCode::InvalidArgument,
                      QStringLiteral("Choose one of the eight colours.")));
    STROP_TRY(requireSameShop(tx, staff));
    return tx.put(staff);
}

Result<void> apply(Transaction &tx, const Actor &actor, const Service &service)
{
    STROP_TRY(requireManaging(actor));
    STROP_TRY(requireName(service.name));
    STROP_TRY(requireLength(service.category, maxNameLength, QStringLiteral("category")));
    STROP_TRY(
        require(service.durationMinutes >= minServiceMinutes && service.durationMinutes <= maxServiceMinutes,
                ErrorCode::InvalidArgument,
                QStringLiteral("A service takes from %1 to %2 minutes.")
                    .arg(minServiceMinutes)
                    .arg(maxServiceMinutes)));
    STROP_TRY(require(service.priceMinor >= 0, ErrorCode::InvalidArgument,
                      QStringLiteral("A price cannot be below zero.")));
    STROP_TRY(requireSameShop(tx, service));
    return tx.put(service);
}

Result<void> apply(Transaction &tx, const Actor &actor, const HoursRule &rule)
{
    STROP_TRY(requireManaging(actor));
    const bool weekly = rule.weekday >= 1 && rule.weekday <= 7 && rule.date.isEmpty();
    const bool dated = rule.weekday == 0 && isIsoDate(rule.date);
    STROP_TRY(require(weekly || dated, ErrorCode::InvalidArgument,
                      QStringLiteral("Opening hours are for a weekday from 1 to 7, or for one date.")));
    STROP_TRY(requireSameShop(tx, rule));
    if (rule.staffId) {
        STROP_TRY_ASSIGN(const auto staff, tx.get<Staff>(*rule.staffId));
        STROP_TRY(require(staff && staff->shopId == rule.shopId, ErrorCode::NotFound,
                          QStringLiteral("That barber does not work in this shop.")));
    }
    return tx.put(rule);
}

Result<void> apply(Transaction &tx, const Actor &actor, const Customer &customer)
{
    if (actor.role == Role::Kiosk)
        return apply(tx, actor, CustomerAdd{customer});
    STROP_TRY(requireCustomer(tx, actor, customer));
    return tx.put(customer);
}

Result<void> apply(Transaction &tx, const Actor &actor, const CustomerAdd &customer)
{
    STROP_TRY(requireCustomer(tx, actor, customer));
    STROP_TRY_ASSIGN(const auto known, tx.get<Customer>(customer.id));
    return known ? Result<void>() : tx.put<Customer>(customer);
}

Result<void> apply(Transaction &tx, const Actor &actor, const ShopRetire &args)
{
    return retire<Shop>(tx, actor, args.id);
}

Result<void> apply(Transaction &tx, const Actor &actor, const StaffRetire &args)
{
    return retire<Staff>(tx, actor, args.id);
}

Result<void> apply(Transaction &tx, const Actor &actor, const ServiceRetire &args)
{
    return retire<Service>(tx, actor, args.id);
}

Result<void> apply(Transaction &tx, const Actor &actor, const HoursRetire &args)
{
    return retire<HoursRule>(tx, actor, args.id);
}

} // namespace strop::mutators
