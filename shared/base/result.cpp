#include "shared/base/result.h"

#include <array>

namespace strop {
namespace {

struct CodeName
{
    ErrorCode code;
    const char *name;
};

constexpr std::array codeNames{
    CodeName{ErrorCode::InvalidArgument, "invalid_argument"},
    CodeName{ErrorCode::NotFound, "not_found"},
    CodeName{ErrorCode::AlreadyExists, "already_exists"},
    CodeName{ErrorCode::NotPermitted, "not_permitted"},
    CodeName{ErrorCode::Unauthenticated, "unauthenticated"},
    CodeName{ErrorCode::RateLimited, "rate_limited"},
    CodeName{ErrorCode::SlotTaken, "slot_taken"},
    CodeName{ErrorCode::OutsideHours, "outside_hours"},
    CodeName{ErrorCode::Retired, "retired"},
    CodeName{ErrorCode::Conflict, "conflict"},
    CodeName{ErrorCode::IdentityConflict, "identity_conflict"},
    CodeName{ErrorCode::MalformedFrame, "malformed_frame"},
    CodeName{ErrorCode::FrameTooLarge, "frame_too_large"},
    CodeName{ErrorCode::UnknownMessage, "unknown_message"},
    CodeName{ErrorCode::OutOfOrder, "out_of_order"},
    CodeName{ErrorCode::SealBroken, "seal_broken"},
    CodeName{ErrorCode::UpdateNeeded, "update_needed"},
    CodeName{ErrorCode::DatabaseTooNew, "database_too_new"},
    CodeName{ErrorCode::StorageFull, "storage_full"},
    CodeName{ErrorCode::StorageReadOnly, "storage_read_only"},
    CodeName{ErrorCode::StorageCorrupt, "storage_corrupt"},
    CodeName{ErrorCode::StorageFailure, "storage_failure"},
    CodeName{ErrorCode::NetworkFailure, "network_failure"},
    CodeName{ErrorCode::Unavailable, "unavailable"},
    CodeName{ErrorCode::Internal, "internal"},
};

} // namespace

tl::unexpected<Error> fail(ErrorCode code, QString message, QString detail)
{
    return tl::unexpected(Error{code, std::move(message), std::move(detail)});
}

bool isStorageFailure(ErrorCode code)
{
    return code >= ErrorCode::StorageFull && code <= ErrorCode::StorageFailure;
}

QLatin1String errorCodeName(ErrorCode code)
{
    for (const CodeName &entry : codeNames) {
        if (entry.code == code)
            return QLatin1String(entry.name);
    }
    Q_UNREACHABLE();
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (const CodeName &entry : codeNames) {
        if (name == QLatin1String(entry.name))
            return entry.code;
    }
    return ErrorCode::Internal;
}

} // namespace strop
