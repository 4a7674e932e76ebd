#pragma once

#include "client/sync_status/write_subjects.h"
#include "shared/net/shop_catalogue.h"

namespace strop::client {

/// What the sync pill and the list behind it say. Pure.

/// How the shop writes a time of day.
using TimeText = std::function<QString(Instant)>;

/// "Up to date", "3 waiting to sync", "Offline since 14:05, all changes kept", "Needs you: 1 conflict".
[[nodiscard]] QString syncText(const net::SyncStatus &status, const TimeText &timeText);

/// The sentence that goes with it: what it means and what to do.
[[nodiscard]] QString syncExplanation(const net::SyncStatus &status);

/// A mutator in the user's words: "Book an appointment".
[[nodiscard]] QString mutatorText(const QString &name);

/// Which one is meant: "Priya Nair, Tue 5 May, 15:00 with Ana" of whatever is done to an appointment, the
/// name of what has one. Says what there is where not everything is known; empty when there is no more to
/// say.
[[nodiscard]] QString writeDetail(const mutators::Mutation &write, const net::ShopCatalogue &catalogue,
                                  const WriteSubjects &subjects);

} // namespace strop::client
