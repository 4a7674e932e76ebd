#pragma once

#include "shared/protocol/messages.h"

namespace strop::protocol {

/// One message is one CBOR array (RFC 8949): [type, field…], in one binary WebSocket message.
[[nodiscard]] QByteArray encode(const Message &message);

/// Decodes what a stranger sent. FrameTooLarge over `maxBytes`, MalformedFrame for bytes that are not such an
/// array or fields of the wrong type, UnknownMessage for a type that this version does not know. Never more
/// than a few times `maxBytes` of memory.
[[nodiscard]] Result<Message> decode(const QByteArray &bytes, qsizetype maxBytes);

} // namespace strop::protocol
