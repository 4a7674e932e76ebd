#pragma once

#include <QByteArray>
#include <span>

/// Whatever reads bytes of strangers, as functions over any bytes: none may crash, hang, or break what it
/// promises of what it accepts. libFuzzer (https://llvm.org/docs/LibFuzzer.html) looks for bytes that do.
namespace strop::fuzz {

/// Each returns in a moment, whatever the bytes; throws std::logic_error where a promise is broken.
void message(const QByteArray &bytes); ///< A message of either side, its rows and mutations included.
void rows(const QByteArray &bytes);    ///< [table…] of a batch, written to a database and read as entities.
void mutation(const QByteArray &bytes); ///< A write, run over a small shop as each role.
void json(const QByteArray &bytes);     ///< Which document is told by the first byte: pairing, device.json.
void text(const QByteArray &bytes);     ///< By the first byte: settings, hours, zones, codes, addresses.
void outbox(const QByteArray &bytes);   ///< A device's outbox.db.

struct Target
{
    const char *name;
    void (*run)(const QByteArray &bytes);
    bool isCbor; ///< Worth mutating as a tree (cbor_mutator.h).
};

[[nodiscard]] std::span<const Target> targets();

/// The target of that name; asserts that it exists.
[[nodiscard]] const Target &targetNamed(QByteArrayView name);

/// Throws std::logic_error unless the promise holds.
void promise(bool holds, const char *what);

} // namespace strop::fuzz
