#include "shared/mutators/registry.h"

#include "shared/mutators/appointment_mutators.h"
#include "shared/mutators/catalogue_mutators.h"

#include <map>

namespace strop::mutators {
namespace {

struct Entry
{
    int version;
    Result<void> (*apply)(storage::Transaction &, const Actor &, const QCborMap &);
    Result<Mutation> (*fromJson)(const QJsonObject &);
};

template <typename Args>
std::pair<QString, Entry> entry()
{
    using Described = ArgumentsOf<Args>;
    const auto run = [](storage::Transaction &tx, const Actor &actor,
                        const QCborMap &arguments) -> Result<void> {
        STROP_TRY_ASSIGN(const Args args, Described::fields().fromCbor(arguments));
        return apply(tx, actor, args);
    };
    const auto fromJson = [](const QJsonObject &object) -> Result<Mutation> {
        STROP_TRY_ASSIGN(const Args args, Described::fields().fromJson(object));
        return makeMutation(args);
    };
    return {QString::fromLatin1(Described::name), {Described::version, run, fromJson}};
}

const std::map<QString, Entry> &entries()
{
    static const std::map<QString, Entry> all{
        entry<BusinessCreate>(),       entry<domain::Shop>(),      entry<ShopRetire>(),
        entry<domain::Staff>(),        entry<StaffRetire>(),       entry<domain::Service>(),
        entry<ServiceRetire>(),        entry<domain::HoursRule>(), entry<HoursRetire>(),
        entry<domain::Customer>(),     entry<CustomerAdd>(),       entry<AppointmentBook>(),
        entry<AppointmentMove>(),      entry<AppointmentCancel>(), entry<AppointmentRestore>(),
        entry<AppointmentSetStatus>(),
    };
    return all;
}

} // namespace

Result<void> applyMutation(storage::Transaction &tx, const Actor &actor, const Mutation &mutation)
{
    const auto found = entries().find(mutation.name);
    if (found == entries().end() || found->second.version != mutation.version)
        return fail(
            ErrorCode::UpdateNeeded,
            QStringLiteral("This change needs another version of Strop. Update this device and the server."),
            QStringLiteral("%1@%2").arg(mutation.name).arg(mutation.version));
    return found->second.apply(tx, actor, mutation.arguments);
}

Result<Mutation> mutationFromJson(const QString &name, const QJsonObject &arguments)
{
    const auto found = entries().find(name);
    if (found == entries().end())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no write called \"%1\". Known: %2.")
                                                    .arg(name, mutatorNames().join(u", ")));
    return found->second.fromJson(arguments);
}

QStringList mutatorNames()
{
    QStringList names;
    for (const auto &[name, entry] : entries())
        names += name;
    return names;
}

} // namespace strop::mutators
