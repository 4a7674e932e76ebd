#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QString>

namespace strop::mutators {

/// What a person types at a kiosk of themselves.
struct CustomerCard
{
    QString name;
    QString phone;
    QString email = {};

    friend bool operator==(const CustomerCard &, const CustomerCard &) = default;
};

/// The longest box that a booking may carry.
inline constexpr qsizetype maxSealedCustomerBytes = 1024;

/// The bytes that are sealed: the CBOR map {"name", "phone", "email", "pad"}. The e-mail address is left out
/// when there is none; the pad makes the length a multiple of 64, so that it says little of the name.
[[nodiscard]] QByteArray encodeCard(const CustomerCard &card);

/// Hostile bytes. SealBroken for anything but a map with a name and a phone that are texts; further keys are
/// ignored. How long texts may be is for the mutator to say.
[[nodiscard]] Result<CustomerCard> decodeCard(const QByteArray &bytes);

/// Opens what kiosks sealed to the business. Only where the secret key is: on the authority.
class Unsealer
{
public:
    virtual ~Unsealer() = default;

    /// SealBroken for a box that does not open; a storage failure when the key cannot be read.
    [[nodiscard]] virtual Result<QByteArray> open(const QByteArray &box) = 0;
};

} // namespace strop::mutators
