#pragma once

#include "shared/base/instant.h"

/// What the server gives to one peer, one business and all together before it says no: every bound that is
/// not a setting of the operator, with its reason. Past one of them the answer is RateLimited (slow down) or
/// Unavailable (come back later), or the connection ends; PROTOCOL.md §1, §7 and §9 say it to
/// devices.
namespace strop::server::limits {

/// Strangers: connections that have not proven to be a device yet.
///
/// A request of a stranger, headers included. Pairing takes 16 KiB, and a browser's headers fit beside it.
inline constexpr qint64 requestBytes = 64 * 1024;
/// From the connection, or from the last answer, to a whole request. Slower than any line that syncs.
inline constexpr Millis requestTime{10'000};
/// At one address (IPv6: one network of 64 bits). A mall's devices come back from behind one address after an
/// outage, and each is a stranger for some milliseconds.
inline constexpr int strangersOfAddress = 1024;
/// Of all addresses: at most 64 KiB and a socket each are some 400 MiB.
inline constexpr int strangers = 4096;

/// One connection of a device. The apps ask for one thing at a time, as a person does.
inline constexpr int requestsUnderWay = 16;
inline constexpr int requestBurst = 40;
inline constexpr Millis requestRefill{100};

/// One device has one push under way, and another when it has connected again before the first was answered.
inline constexpr size_t pushesOfDevice = 4;
/// What all pushes that wait for the disk may take: ten seconds of writing at full speed.
inline constexpr qint64 queuedBytes = 128LL << 20;

/// One business. The largest chains have some hundred shops with a handful of devices each.
inline constexpr qint64 devicesOfBusiness = 2000;
/// A code lives for five minutes and a person reads it out; more at once would help somebody who guesses.
inline constexpr qint64 pairingCodesOfBusiness = 20;

} // namespace strop::server::limits
