#pragma once

#include "shared/domain/entities.h"
#include "shared/mutators/customer_card.h"
#include "shared/mutators/mutation.h"

namespace strop::sync {

/// Seals what a person typed to the business's public key, for AppointmentBook::sealedCustomer. From then on
/// this device cannot read it any more. Unavailable while the business's key is not here (an older server, or
/// a first catch-up that has not ended); InvalidArgument for texts that are too long.
[[nodiscard]] Result<QByteArray> sealCustomer(const mutators::CustomerCard &card,
                                              const domain::Business &business);

/// NotPermitted for a write that says in plain text who a customer is: nothing of a person may touch the disk
/// of a kiosk, which stands where everybody can carry it away.
[[nodiscard]] Result<void> requireSealed(const mutators::Mutation &mutation);

} // namespace strop::sync
