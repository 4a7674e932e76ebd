#pragma once

#include <QByteArray>

namespace strop::fuzz {

/// The same CBOR item with one of its nodes changed: another number, text or type, an element more, less or
/// elsewhere. Bytes that hold CBOR are opened where that is what changes. Empty for bytes that are no CBOR
/// item. The same seed gives the same bytes.
[[nodiscard]] QByteArray mutatedCbor(const QByteArray &bytes, unsigned seed);

} // namespace strop::fuzz
