#pragma once

#include "shared/net/replica_host.h"

namespace strop::client {

/// What the sync pill and the list behind it say. Pure.

/// "Up to date", "3 waiting to sync", "Offline since 14:05, all changes kept", "Needs you: 1 conflict".
[[nodiscard]] QString syncText(const net::SyncStatus &status);

/// The sentence that goes with it: what it means and what to do.
[[nodiscard]] QString syncExplanation(const net::SyncStatus &status);

/// A mutator in the user's words: "Book an appointment".
[[nodiscard]] QString mutatorText(const QString &name);

/// An instant of today on this machine's clock.
[[nodiscard]] QString clockText(Instant instant);

} // namespace strop::client
