#include "shared/mutators/registry.h"

#include "shared/mutators/appointment_mutators.h"
#include "shared/mutators/catalogue_mutators.h"

#include <map>

namespace strop::mutators {
namespace {

/// One version of a mutator: how its arguments are run, and how they are said today.
struct Version
{
    Result<void> (*apply)(storage::Transaction &, const Actor &, const QCborMap &);
    Result<Mutation> (*newest)(const QCborMap &);
};

struct Entry
{
    std::map<int, Version> versions;
    Result<Mutation> (*fromJson)(const QJsonObject &);
};

/// Reads the arguments of one version as those of the newest.
template <typename Newest, typename Args>
Result<Newest> read(const QCborMap &arguments)
{
    STROP_TRY_ASSIGN(const Args args, ArgumentsOf<Args>::fields().fromCbor(arguments));
    if constexpr (std::is_same_v<Newest, Args>)
        return args;
    else
        return upConverted(args);
}

template <typename Newest, typename Args>
std::pair<int, Version> version()
{
    static_assert(ArgumentsOf<Args>::version <= ArgumentsOf<Newest>::version);
    const auto run = [](storage::Transaction &tx, const Actor &actor,
                        const QCborMap &arguments) -> Result<void> {
        STROP_TRY_ASSIGN(const Newest args, (read<Newest, Args>(arguments)));
        return apply(tx, actor, args);
    };
    const auto newest = [](const QCborMap &arguments) -> Result<Mutation> {
        STROP_TRY_ASSIGN(const Newest args, (read<Newest, Args>(arguments)));
        return makeMutation(args);
    };
    return {ArgumentsOf<Args>::version, {run, newest}};
}

/// A mutator with the newest struct of its arguments, and the older ones that devices still send.
template <typename Newest, typename... Older>
std::pair<QString, Entry> entry()
{
    const auto fromJson = [](const QJsonObject &object) -> Result<Mutation> {
        STROP_TRY_ASSIGN(const Newest args, ArgumentsOf<Newest>::fields().fromJson(object));
        return makeMutation(args);
    };
    return {QString::fromLatin1(ArgumentsOf<Newest>::name),
            {{version<Newest, Newest>(), version<Newest, Older>()...}, fromJson}};
}

const std::map<QString, Entry> &entries()
{
    static const std::map<QString, Entry> all{
        entry<BusinessCreate>(),
        entry<BusinessSetKey>(),
        entry<domain::Shop>(),
        entry<ShopRetire>(),
        entry<domain::Staff>(),
        entry<StaffRetire>(),
        entry<domain::Service>(),
        entry<ServiceRetire>(),
        entry<domain::HoursRule>(),
        entry<HoursRetire>(),
        entry<domain::Customer>(),
        entry<CustomerAdd>(),
        entry<AppointmentBook, AppointmentBookV1>(),
        entry<AppointmentMove>(),
        entry<AppointmentCancel>(),
        entry<AppointmentRestore>(),
        entry<AppointmentSetStatus>(),
    };
    return all;
}

Result<Version> versionOf(const Mutation &mutation)
{
    if (const auto named = entries().find(mutation.name); named != entries().end()) {
        const std::map<int, Version> &versions = named->second.versions;
        if (const auto found = versions.find(mutation.version); found != versions.end())
            return found->second;
    }
    return fail(
        ErrorCode::UpdateNeeded,
        QStringLiteral("This change needs another version of Strop. Update this device and the server."),
        QStringLiteral("%1@%2").arg(mutation.name).arg(mutation.version));
}

} // namespace

Result<void> applyMutation(storage::Transaction &tx, const Actor &actor, const Mutation &mutation)
{
    STROP_TRY_ASSIGN(const Version version, versionOf(mutation));
    return version.apply(tx, actor, mutation.arguments);
}

Result<Mutation> newestVersion(const Mutation &mutation)
{
    STROP_TRY_ASSIGN(const Version version, versionOf(mutation));
    return version.newest(mutation.arguments);
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
