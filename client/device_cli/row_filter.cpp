#include "client/device_cli/row_filter.h"

#include <QRegularExpression>

namespace strop::client {

Result<RowFilter> RowFilter::parse(const QStringList &conditions, const QStringList &columns)
{
    static const QRegularExpression shape(QStringLiteral("^([a-z_]+)(!=|<=|>=|=|<|>)(.*)$"));
    static const QStringList operators{QStringLiteral("="),  QStringLiteral("!="), QStringLiteral("<"),
                                       QStringLiteral("<="), QStringLiteral(">"),  QStringLiteral(">=")};
    RowFilter filter;
    for (const QString &text : conditions) {
        const QRegularExpressionMatch match = shape.match(text);
        if (!match.hasMatch())
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("\"%1\" is not a condition. Write COLUMN=VALUE, or with != < <= > >=.")
                            .arg(text));
        if (!columns.contains(match.captured(1)))
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("There is no column \"%1\". Columns: %2")
                            .arg(match.captured(1), columns.join(QStringLiteral(", "))));
        filter.m_conditions.push_back(
            {match.captured(1), Operator(operators.indexOf(match.captured(2))), match.captured(3)});
    }
    return filter;
}

bool RowFilter::matches(const QJsonObject &row) const
{
    return std::all_of(m_conditions.begin(), m_conditions.end(),
                       [&](const Condition &one) { return holds(one, row.value(one.column)); });
}

bool RowFilter::holds(const Condition &condition, const QJsonValue &cell)
{
    const QString text = cell.isNull() ? QString() : cell.toVariant().toString();
    bool numeric = false;
    const double wanted = condition.value.toDouble(&numeric);
    const int order = cell.isDouble() && numeric
                          ? (cell.toDouble() < wanted ? -1 : int(cell.toDouble() > wanted))
                          : text.compare(condition.value);
    switch (condition.op) {
    case Operator::Equal:
        return order == 0;
    case Operator::NotEqual:
        return order != 0;
    case Operator::Less:
        return order < 0;
    case Operator::LessOrEqual:
        return order <= 0;
    case Operator::Greater:
        return order > 0;
    case Operator::GreaterOrEqual:
        return order >= 0;
    }
    return false;
}

} // namespace strop::client
