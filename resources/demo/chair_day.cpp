#include "resources/demo/chair_day.h"

namespace strop::demo {

using namespace domain;

ChairDay::ChairDay(const std::vector<TimeSpan> &working, const QDate &date, const QTimeZone &zone,
                   int gridMinutes)
    : m_grid(std::chrono::minutes(gridMinutes))
{
    for (const TimeSpan &span : working)
        m_workingTime += span.end - span.start;
    SlotQuery cells;
    cells.date = date;
    cells.zone = zone;
    cells.gridMinutes = gridMinutes;
    cells.duration = m_grid;
    for (const Slot &slot : freeSlots(cells, {{}, working, {}}))
        m_cells.push_back({slot.span, false});
}

std::optional<TimeSpan> ChairDay::findRoom(Millis duration, Random &random) const
{
    const size_t count = size_t((duration + m_grid - Millis(1)) / m_grid);
    std::vector<Instant> all;
    std::vector<Instant> snug;
    for (size_t first = 0; first + count <= m_cells.size(); ++first) {
        if (!hasRoom(first, count))
            continue;
        all.push_back(m_cells[first].span.start);
        if (isSnug(first, count))
            snug.push_back(m_cells[first].span.start);
    }
    if (all.empty())
        return std::nullopt;
    constexpr double scattered = 0.3;
    const std::vector<Instant> &starts = snug.empty() || random.unit() < scattered ? all : snug;
    const Instant start = starts[random.below(starts.size())];
    return TimeSpan{start, start + duration};
}

void ChairDay::occupy(const TimeSpan &span)
{
    for (Cell &cell : m_cells)
        cell.taken = cell.taken || cell.span.overlaps(span);
}

bool ChairDay::adjoin(size_t cell, size_t next) const
{
    return m_cells[cell].span.end == m_cells[next].span.start;
}

bool ChairDay::hasRoom(size_t first, size_t count) const
{
    for (size_t i = first; i < first + count; ++i) {
        if (!isFree(i) || (i > first && !adjoin(i - 1, i)))
            return false;
    }
    return true;
}

/// Whether the cells touch an appointment or the edge of a working span.
bool ChairDay::isSnug(size_t first, size_t count) const
{
    const size_t last = first + count - 1;
    const bool roomBefore = first > 0 && isFree(first - 1) && adjoin(first - 1, first);
    const bool roomAfter = isFree(last + 1) && adjoin(last, last + 1);
    return !roomBefore || !roomAfter;
}

} // namespace strop::demo
