#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace strop {

/// What went wrong, as a machine must know it. The names travel on the wire (see
/// shared/protocol/PROTOCOL.md): add at will, rename never.
enum class ErrorCode {
    InvalidArgument,  ///< The caller's input cannot be right; the message says what to change.
    NotFound,         ///< The thing named does not exist (any more).
    AlreadyExists,    ///< The id or unique name is taken.
    NotPermitted,     ///< This role may not do that.
    Unauthenticated,  ///< Wrong password, code or signature; never says which.
    RateLimited,      ///< Too many attempts; the message says when to try again.
    SlotTaken,        ///< The barber has another appointment at that time.
    OutsideHours,     ///< The barber does not work at that time.
    Retired,          ///< The service, barber or shop is no longer offered.
    Conflict,         ///< The state changed under the writer.
    IdentityConflict, ///< Two devices share one identity (a copied or restored folder).
    MalformedFrame,   ///< Bytes that are not a message of this protocol.
    FrameTooLarge,    ///< A message over the limit.
    UnknownMessage,   ///< Well formed, of a type this side does not know.
    OutOfOrder,       ///< A known message at a moment when it may not come.
    SealBroken,       ///< Sealed data that the key of the business does not open.
    UpdateNeeded,     ///< One side is too old for the other.
    DatabaseTooNew,   ///< The file was written by a newer program.
    StorageFull,      ///< The disk is full.
    StorageReadOnly,  ///< The folder or file cannot be written.
    StorageCorrupt,   ///< The file is damaged.
    StorageFailure,   ///< Any other failure of the database.
    NetworkFailure,   ///< The peer cannot be reached.
    Unavailable,      ///< The service is shutting down or overloaded; trying again later is right.
    Internal,         ///< A defect of this program.
};

/// A failure. `message` is a sentence for the user that says what to do next; `detail` is for the log.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

/// A value or the reason why there is none. Programmer errors assert instead.
template <typename T>
using Result = tl::expected<T, Error>;

/// The failing branch of any Result: `return fail(ErrorCode::NotFound, QStringLiteral("…"));`
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, QString message, QString detail = {});

/// The stable name of a code ("slot_taken"), as written on the wire and in logs.
[[nodiscard]] QLatin1String errorCodeName(ErrorCode code);

/// Whether the disk or the database failed, whatever was being done: it says nothing about the input, and the
/// transaction that it happened in may be gone.
[[nodiscard]] bool isStorageFailure(ErrorCode code);

/// The code of a name; Internal for a name that this version does not know.
[[nodiscard]] ErrorCode errorCodeFromName(QStringView name);

} // namespace strop

#define STROP_CONCAT_(a, b) a##b
#define STROP_CONCAT(a, b) STROP_CONCAT_(a, b)

/// Returns the error of a Result from the enclosing function, or goes on.
#define STROP_TRY(expression) STROP_TRY_NAMED(STROP_CONCAT(tried_, __COUNTER__), expression)
#define STROP_TRY_NAMED(tried, expression)                                                                   \
    do {                                                                                                     \
        if (auto tried = (expression); !tried)                                                               \
            return tl::unexpected(std::move(tried).error());                                                 \
    } while (false)

/// Declares or assigns `variable` with the value of a Result, or returns its error from the enclosing
/// function.
#define STROP_TRY_ASSIGN(variable, expression)                                                               \
    STROP_TRY_ASSIGN_NAMED(STROP_CONCAT(tried_, __COUNTER__), variable, expression)
#define STROP_TRY_ASSIGN_NAMED(tried, variable, expression)                                                  \
    auto tried = (expression);                                                                               \
    if (!tried)                                                                                              \
        return tl::unexpected(std::move(tried).error());                                                     \
    variable = std::move(*tried)
