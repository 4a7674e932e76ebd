#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <gmock/gmock.h>
#include <ostream>
#include <stdexcept>

/// How unit tests read: matchers for Result, and Qt's strings printed as text.

QT_BEGIN_NAMESPACE
inline void PrintTo(const QString &text, std::ostream *out)
{
    *out << '"' << text.toStdString() << '"';
}
inline void PrintTo(const QByteArray &bytes, std::ostream *out)
{
    *out << "0x" << bytes.toHex().constData();
}
QT_END_NAMESPACE

namespace strop {

inline void PrintTo(ErrorCode code, std::ostream *out)
{
    *out << errorCodeName(code).data();
}

template <typename T>
void PrintTo(const tl::expected<T, Error> &result, std::ostream *out)
{
    if (result)
        *out << "a success";
    else
        *out << errorCodeName(result.error().code).data() << ": " << result.error().message.toStdString()
             << " (" << result.error().detail.toStdString() << ')';
}

namespace test {

/// The value of a step that a test builds on; throws, and so fails the test, when there is none.
template <typename T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(testing::PrintToString(result));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

MATCHER(Succeeds, "is a success")
{
    return arg.has_value();
}

/// A failure of that code which tells the user something.
MATCHER_P(FailsWith, code, "fails with " + testing::PrintToString(code))
{
    return !arg && arg.error().code == code && !arg.error().message.isEmpty();
}

/// The same, with a message that contains a text.
MATCHER_P2(FailsSaying, code, text,
           "fails with " + testing::PrintToString(code) + " saying " + testing::PrintToString(text))
{
    return !arg && arg.error().code == code && arg.error().message.contains(text);
}

} // namespace test
} // namespace strop
