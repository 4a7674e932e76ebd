#pragma once

#include "shared/domain/entities.h"
#include "shared/storage/table.h"

#include <span>

namespace strop::storage {

/// The one description of each synced entity. To add a column: add it here and a migration (migrations.h).
template <typename T>
const Table<T> &tableOf();

template <>
const Table<domain::Business> &tableOf();
template <>
const Table<domain::Shop> &tableOf();
template <>
const Table<domain::Staff> &tableOf();
template <>
const Table<domain::Service> &tableOf();
template <>
const Table<domain::HoursRule> &tableOf();
template <>
const Table<domain::Customer> &tableOf();
template <>
const Table<domain::Visit> &tableOf();
template <>
const Table<domain::Appointment> &tableOf();

/// Every synced table.
[[nodiscard]] std::span<const TableDescriptor *const> allTables();

/// The table of that name; null if there is none.
[[nodiscard]] const TableDescriptor *tableNamed(QStringView name);

} // namespace strop::storage
