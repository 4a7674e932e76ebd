#pragma once

#include "shared/base/random.h"
#include "shared/domain/slots.h"

#include <optional>

namespace strop::demo {

/// One barber's working time on one date, cut into the cells of the booking grid.
class ChairDay
{
public:
    /// The grid is that of the slot engine, so what is placed here can be booked.
    ChairDay(const std::vector<domain::TimeSpan> &working, const QDate &date, const QTimeZone &zone,
             int gridMinutes);

    [[nodiscard]] Millis workingTime() const { return m_workingTime; }

    /// A free span of that length that starts on the grid; none when there is no room. Mostly next to
    /// something, as a shop fills its days, so that few useless gaps are left.
    [[nodiscard]] std::optional<domain::TimeSpan> findRoom(Millis duration, Random &random) const;

    /// Keeps a span that findRoom gave.
    void occupy(const domain::TimeSpan &span);

private:
    struct Cell
    {
        domain::TimeSpan span;
        bool taken = false;
    };

    [[nodiscard]] bool isFree(size_t cell) const { return cell < m_cells.size() && !m_cells[cell].taken; }
    [[nodiscard]] bool adjoin(size_t cell, size_t next) const;
    [[nodiscard]] bool hasRoom(size_t first, size_t count) const;
    [[nodiscard]] bool isSnug(size_t first, size_t count) const;

    Millis m_grid;
    Millis m_workingTime{0};
    std::vector<Cell> m_cells;
};

} // namespace strop::demo
