#pragma once

#include "shared/mutators/arguments.h"
#include "shared/storage/transaction.h"

/// The writes of the day: book, move, cancel, restore, set status. See catalogue_mutators.h for what all
/// mutators keep to.
namespace strop::mutators {

Result<void> apply(storage::Transaction &tx, const Actor &actor, const AppointmentBook &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const AppointmentMove &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const AppointmentCancel &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const AppointmentRestore &args);
Result<void> apply(storage::Transaction &tx, const Actor &actor, const AppointmentSetStatus &args);

} // namespace strop::mutators
