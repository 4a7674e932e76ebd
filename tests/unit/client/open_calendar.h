#pragma once

#include "client/calendar/calendar_view_model.h"
#include "tests/unit/open_device.h"

#include <QSignalSpy>

namespace strop::test {

/// The owner's day view over the Madrid shop with today's diary, at ten o'clock.
struct OpenCalendar : testing::Test
{
    OpenCalendar() { device.folder.confirmAll(); }

    [[nodiscard]] bool open()
    {
        return device.start() && eventually([this] { return !model.isLoading(); });
    }

    template <typename Row>
    static std::vector<Row> rowsOf(QAbstractItemModel *list)
    {
        std::vector<Row> all;
        for (int row = 0; row < list->rowCount(); ++row)
            all.push_back(list->index(row, 0).data(Qt::UserRole).template value<Row>());
        return all;
    }

    [[nodiscard]] std::optional<client::CalendarCard> card(const QString &customer)
    {
        for (const client::CalendarCard &one : rowsOf<client::CalendarCard>(model.cards())) {
            if (one.customer == customer)
                return one;
        }
        return std::nullopt;
    }
    [[nodiscard]] QString idOfCard(const QString &customer)
    {
        const auto found = card(customer);
        return found ? found->idText() : QString();
    }

    /// What was announced last.
    [[nodiscard]] QString said() const
    {
        return announced.isEmpty() ? QString() : announced.last().at(0).toString();
    }
    [[nodiscard]] bool saysSoon(const QString &text)
    {
        return eventually([&] { return said() == text; });
    }

    const QString lucia = QStringLiteral("Lucía Vega");
    const QString marcos = QStringLiteral("Marcos Gil");

    OpenDevice device{Role::Owner};
    const MadridShop &shop = device.shop;
    client::CalendarViewModel model{device.host, device.catalogue, device.clock, device.random};
    QSignalSpy announced{&model, &client::CalendarViewModel::announced};
};

} // namespace strop::test
