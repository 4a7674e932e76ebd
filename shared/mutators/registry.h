#pragma once

#include "shared/mutators/mutation.h"
#include "shared/storage/transaction.h"

#include <QJsonObject>
#include <QStringList>

/// Every mutator by its wire name, in every version that a device may still send: arguments of an older one
/// are converted to the newest struct (upConverted, beside the structs), and one function runs them all.
namespace strop::mutators {

/// Decodes the arguments and runs the mutator. The error is the rejection; the caller then rolls back what
/// the mutator had written. UpdateNeeded for a name or version that this program does not know.
[[nodiscard]] Result<void> applyMutation(storage::Transaction &tx, const Actor &actor,
                                         const Mutation &mutation);

/// The same write with the arguments of the newest version of its mutator, which is what applyMutation runs.
/// UpdateNeeded as there; InvalidArgument for arguments that do not fit.
[[nodiscard]] Result<Mutation> newestVersion(const Mutation &mutation);

/// A mutation from arguments that a person or a script wrote. InvalidArgument says what is wrong with them.
[[nodiscard]] Result<Mutation> mutationFromJson(const QString &name, const QJsonObject &arguments);

/// The known names, sorted.
[[nodiscard]] QStringList mutatorNames();

} // namespace strop::mutators
