#pragma once

#include "shared/mutators/mutation.h"
#include "shared/storage/transaction.h"

#include <QJsonObject>
#include <QStringList>

/// Every mutator by its wire name.
namespace strop::mutators {

/// Decodes the arguments and runs the mutator. The error is the rejection; the caller then rolls back what
/// the mutator had written. UpdateNeeded for a name or version that this program does not know.
[[nodiscard]] Result<void> applyMutation(storage::Transaction &tx, const Actor &actor,
                                         const Mutation &mutation);

/// A mutation from arguments that a person or a script wrote. InvalidArgument says what is wrong with them.
[[nodiscard]] Result<Mutation> mutationFromJson(const QString &name, const QJsonObject &arguments);

/// The known names, sorted.
[[nodiscard]] QStringList mutatorNames();

} // namespace strop::mutators
