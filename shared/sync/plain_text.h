#pragma once

#include "shared/domain/entities.h"
#include "shared/sync/outbox.h"

namespace strop::sync {

/// Rids a kiosk's folder of what Strop 0.1 queued there in plain text. Answers whether the folder is clean.
///
/// Such a write cannot be sealed where it stands: its bytes are in the chain, the server may have settled
/// them already, and other bytes under the same number would look like a copied folder. A folder of 0.1 has
/// no key to seal to either; that comes with the first connection, on which the queue drains at once. So the
/// write is sent as it is and not retained for a server that may be restored; when it has left the queue, so
/// have its bytes: VACUUM
/// (https://www.sqlite.org/lang_vacuum.html) writes the file anew without its freed pages, among them those
/// of customers who came before, and both logs are cut to nothing. A refused one, which would stay until
/// somebody looks at it, is sealed as soon as the business's key is here. The file's application id says that
/// it has been done.
///
/// Outside of transactions on both files.
[[nodiscard]] Result<bool> scrubPlainText(Outbox &outbox, storage::Database &confirmed,
                                          const domain::Business &business);

} // namespace strop::sync
