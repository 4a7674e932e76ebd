#include "shared/sync/plain_text.h"

#include "shared/sync/sealed_customer.h"

namespace strop::sync {
namespace {

/// "Strs" in ASCII (https://www.sqlite.org/pragma.html#pragma_application_id).
constexpr qint64 scrubbedMark = 0x53747273;

/// The box takes the place of all that says who it was.
Result<mutators::Mutation> sealed(mutators::Mutation mutation, const domain::Business &business)
{
    QCborMap &arguments = mutation.arguments;
    const auto text = [&](const char *name) { return arguments.value(QLatin1String(name)).toString(); };
    STROP_TRY_ASSIGN(const QByteArray box,
                     sealCustomer({text("name"), text("phone"), text("email")}, business));
    for (const char *plain : {"name", "phone", "email", "notes", "id"})
        arguments.remove(QLatin1String(plain));
    arguments.insert(QLatin1String("sealed_customer"), box);
    return mutation;
}

bool isPlain(const mutators::Mutation &mutation)
{
    return !requireSealed(mutation) && !mutation.arguments.contains(QLatin1String("sealed_customer"));
}

Result<void> sealRejections(Outbox &outbox, const domain::Business &business)
{
    const std::vector<Rejection> all = outbox.rejections();
    for (const Rejection &one : all) {
        if (!isPlain(one.mutation))
            continue;
        STROP_TRY_ASSIGN(const mutators::Mutation replacement, sealed(one.mutation, business));
        STROP_TRY(outbox.replaceRejected(one.id, replacement));
    }
    return {};
}

bool holdsPlainText(const Outbox &outbox)
{
    const auto plain = [](const auto &one) { return isPlain(one.mutation); };
    return std::any_of(outbox.entries().begin(), outbox.entries().end(), plain) ||
           std::any_of(outbox.rejections().begin(), outbox.rejections().end(), plain);
}

} // namespace

Result<bool> scrubPlainText(Outbox &outbox, storage::Database &confirmed, const domain::Business &business)
{
    storage::Database &queue = outbox.database();
    STROP_TRY_ASSIGN(const auto mark, queue.cell(QStringLiteral("PRAGMA application_id")));
    if (mark && *mark == storage::Value(scrubbedMark))
        return true;
    STROP_TRY(outbox.forgetRetained(isPlain));
    if (!business.publicKey.isEmpty())
        STROP_TRY(sealRejections(outbox, business));
    if (holdsPlainText(outbox))
        return false;
    STROP_TRY(queue.run(QStringLiteral("VACUUM")));
    STROP_TRY(queue.checkpoint());
    // Never committed, but SQLite writes what its cache has no room for to the log before a commit.
    STROP_TRY(confirmed.checkpoint());
    STROP_TRY(queue.run(QStringLiteral("PRAGMA application_id = %1").arg(scrubbedMark)));
    return true;
}

} // namespace strop::sync
