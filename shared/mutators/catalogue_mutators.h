#pragma once

#include "shared/mutators/arguments.h"
#include "shared/storage/transaction.h"

/// The writes that set a business up: who it is, its shops, staff, services, hours and customers. Each checks
/// the actor's role and its arguments, and answers a rejection as an Error. Deterministic: replica and
/// authority run the same function.
namespace strop::mutators {

Result<void> apply(storage::Transaction &tx, const Actor &actor, const BusinessCreate &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const BusinessSetKey &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const domain::Shop &shop);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const domain::Staff &staff);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const domain::Service &service);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const domain::HoursRule &rule);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const domain::Customer &customer);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const CustomerAdd &customer);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const ShopRetire &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const StaffRetire &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const ServiceRetire &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const HoursRetire &args);

} // namespace strop::mutators
