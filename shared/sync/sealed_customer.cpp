#include "shared/sync/sealed_customer.h"

#include "shared/crypto/sealed_box.h"
#include "shared/mutators/arguments.h"

namespace strop::sync {

Result<QByteArray> sealCustomer(const mutators::CustomerCard &card, const domain::Business &business)
{
    const Result<crypto::SealingKey> key = crypto::SealingKey::fromBytes(business.publicKey);
    if (!key)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("This kiosk is still getting ready. Please ask at the desk."),
                    QStringLiteral("the business has no public key yet"));
    QByteArray box = key->seal(mutators::encodeCard(card));
    if (box.size() > mutators::maxSealedCustomerBytes)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("That is too long. Shorten the name."));
    return box;
}

Result<void> requireSealed(const mutators::Mutation &mutation)
{
    for (const char *plain : {mutators::ArgumentsOf<mutators::CustomerAdd>::name,
                              mutators::ArgumentsOf<domain::Customer>::name}) {
        if (mutation.name == QLatin1String(plain))
            return fail(
                ErrorCode::NotPermitted,
                QStringLiteral("A kiosk keeps no customers. Send the customer sealed, with the booking."));
    }
    return {};
}

} // namespace strop::sync
