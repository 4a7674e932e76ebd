#pragma once

#include "shared/base/log.h"
#include "shared/storage/tables.h"
#include "shared/sync/live_query.h"

namespace strop::sync {

/// A live query over the rows of one entity that are not deleted. `rest` continues the WHERE clause and may
/// order, such as " AND shop_id = ? ORDER BY rank". A row that does not decode is logged and shown empty
/// but for its id.
template <typename Entity>
[[nodiscard]] QuerySpec<Entity> entityQuery(const QString &rest = {}, storage::Values bindings = {})
{
    const storage::Table<Entity> &table = storage::tableOf<Entity>();
    return {
        QStringLiteral("SELECT %1 FROM %2 WHERE deleted = 0%3").arg(table.columnList(), table.name(), rest),
        std::move(bindings),
        {table.name()},
        [&table](const storage::RowReader &row) {
            constexpr int firstColumn = 4; // after business_id, id, version and deleted
            storage::Values values;
            for (int i = 0; i < int(table.columns().size()); ++i)
                values.push_back(row.value(firstColumn + i));
            Result<Entity> entity = table.decode(row.uuid(1), values);
            if (entity)
                return *entity;
            log::error("query.bad_row", entity.error(), {{"table", table.name()}});
            Entity unreadable;
            unreadable.id = decltype(Entity::id){row.uuid(1)};
            return unreadable;
        },
        [](const Entity &entity) { return entity.id.uuid; }};
}

} // namespace strop::sync
