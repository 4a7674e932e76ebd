#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QStringList>
#include <vector>

namespace strop::client {

/// Conditions over rows in their JSON form, as typed: "status=booked", "start_ms>=2026-11-24T09:00:00.000Z".
/// All must hold.
class RowFilter
{
public:
    /// InvalidArgument for a condition without one of = != < <= > >=, or over none of `columns`.
    [[nodiscard]] static Result<RowFilter> parse(const QStringList &conditions, const QStringList &columns);

    [[nodiscard]] bool matches(const QJsonObject &row) const;

private:
    enum class Operator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Condition
    {
        QString column;
        Operator op = Operator::Equal;
        QString value;
    };
    static bool holds(const Condition &condition, const QJsonValue &cell);

    std::vector<Condition> m_conditions;
};

} // namespace strop::client
