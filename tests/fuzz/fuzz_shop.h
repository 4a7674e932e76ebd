#pragma once

#include "shared/mutators/mutation.h"
#include "shared/storage/row_store.h"

namespace strop::fuzz {

/// A small shop with a barber, a service, hours, a customer and a booking, in a database in memory. What is
/// done to it between begin() and rollback() leaves no trace.
class FuzzShop
{
public:
    FuzzShop();

    [[nodiscard]] storage::Database &database() { return *m_database; }
    [[nodiscard]] storage::RowStore store() { return {*m_database, business()}; }

    [[nodiscard]] static BusinessId business();
    [[nodiscard]] static ShopId shop();

    /// Somebody of that role; a kiosk and a display stand in the shop.
    [[nodiscard]] static mutators::Actor actor(Role role);

    /// What made the shop, and more that goes there: one mutation of each sort at least.
    [[nodiscard]] static std::vector<mutators::Mutation> mutations();

private:
    std::unique_ptr<storage::Database> m_database;
};

inline constexpr Role everyActor[] = {Role::Owner, Role::Manager, Role::Barber, Role::Kiosk, Role::Display};

/// Reads a row as the entity of its table. What cannot be one is InvalidArgument.
[[nodiscard]] Result<void> readAsEntity(const storage::TableDescriptor &table, const storage::Row &row);

} // namespace strop::fuzz
