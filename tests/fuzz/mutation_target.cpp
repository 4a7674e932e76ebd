#include "shared/mutators/registry.h"
#include "tests/fuzz/fuzz_shop.h"
#include "tests/fuzz/targets.h"

namespace strop::fuzz {

using mutators::Mutation;

namespace {

void runAs(FuzzShop &shop, Role role, const Mutation &mutation)
{
    promise(shop.database().begin().has_value(), "a transaction begins");
    storage::RowStore store = shop.store();
    store.setVersion(2);
    const Result<void> applied = mutators::applyMutation(store, FuzzShop::actor(role), mutation);
    if (!applied)
        promise(!isStorageFailure(applied.error().code) && applied.error().code != ErrorCode::Internal &&
                    !applied.error().message.isEmpty(),
                "a write is refused for what it says, and its device is told why");
    else
        promise(role != Role::Display, "a display changes nothing");
    for (const auto &[table, ids] : store.takeChanges()) {
        for (const Uuid &id : ids) {
            const auto row = store.currentRow(*table, id);
            promise(row.has_value(), "what was written can be read");
            if (applied && *row && !(*row)->deleted)
                promise(readAsEntity(*table, **row).has_value(), "and is an entity");
        }
    }
    promise(shop.database().rollback().has_value(), "and is rolled back");
}

} // namespace

void mutation(const QByteArray &bytes)
{
    static FuzzShop shop;
    const Result<Mutation> decoded = mutators::decodeMutation(bytes);
    if (!decoded)
        return promise(decoded.error().code == ErrorCode::InvalidArgument, "what is no write is told so");
    const QByteArray written = mutators::encodeMutation(*decoded);
    const Result<Mutation> again = mutators::decodeMutation(written);
    promise(again.has_value() && mutators::encodeMutation(*again) == written, "a write keeps its bytes");
    for (const Role role : everyActor)
        runAs(shop, role, *decoded);
}

} // namespace strop::fuzz
