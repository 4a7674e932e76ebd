#include "tests/load/load_loop.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace strop::load {

using bench::Stopwatch;

namespace {

/// Handshakes under way at once: enough to keep the server busy, few enough for its backlog.
constexpr int handshakesAtOnce = 200;

constexpr Millis connectTimeout{40'000};
constexpr Millis drainTimeout{5'000};

/// How long it must be quiet after the last push was answered.
constexpr Millis quiet{300};

constexpr int eventsAtOnce = 256;
constexpr int scratchBytes = 1 << 16;

void watch(int epoll, int file, void *what)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = what;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

} // namespace

LoadLoop::LoadLoop(const Fleet &fleet, int devicesEach, quint16 port)
    : m_port(port)
    , m_shop(0, QDate::currentDate())
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_scratch(scratchBytes, Qt::Uninitialized)
    , m_keptAlive(Stopwatch::now())
{
    m_devices.reserve(fleet.size());
    for (const FleetMember &member : fleet)
        m_devices.emplace_back(member, m_tally);
    for (size_t i = 0; i < m_devices.size(); i += size_t(devicesEach))
        m_writers.emplace_back(m_devices[i], m_shop);
    watch(m_epoll, STDIN_FILENO, nullptr);
}

LoadLoop::~LoadLoop()
{
    ::close(m_epoll);
}

Result<void> LoadLoop::connectAll()
{
    const auto deadline = Stopwatch::now() + connectTimeout;
    while (m_live < int(m_devices.size())) {
        if (m_lost > 0 || Stopwatch::now() > deadline)
            return fail(ErrorCode::NetworkFailure, QStringLiteral("Only %1 devices got through.").arg(m_live),
                        m_problem);
        while (m_connected < m_devices.size() && int(m_connected) - m_live < handshakesAtOnce)
            STROP_TRY(admitOne());
        turn(10);
    }
    return {};
}

Result<void> LoadLoop::admitOne()
{
    LoadDevice &device = m_devices[m_connected++];
    STROP_TRY(device.connect(m_port));
    watch(m_epoll, device.socket(), &device);
    return {};
}

void LoadLoop::turn(int timeoutMs)
{
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), eventsAtOnce, timeoutMs);
    for (int i = 0; i < count; ++i) {
        if (void *device = events[size_t(i)].data.ptr)
            readDevice(*static_cast<LoadDevice *>(device));
        else
            readInput();
    }
    keepAlive();
}

void LoadLoop::readDevice(LoadDevice &device)
{
    using State = LoadDevice::State;
    const State before = device.state();
    device.readable(m_scratch);
    if (device.state() == before)
        return;
    m_live += int(device.state() == State::Live) - int(before == State::Live);
    if (device.state() == State::Lost && m_lost++ == 0)
        m_problem = device.problem();
}

void LoadLoop::readInput()
{
    const ssize_t size = ::read(STDIN_FILENO, m_scratch.data(), size_t(m_scratch.size()));
    if (size > 0) {
        m_input.append(m_scratch.constData(), size);
        return;
    }
    m_inputEnded = true;
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, STDIN_FILENO, nullptr);
}

/// Looks after as many devices as keeps the round over all of them at a second, so that their pings are
/// spread.
void LoadLoop::keepAlive()
{
    const auto now = Stopwatch::now();
    const auto count = size_t(double(m_devices.size()) * bench::seconds(now - m_keptAlive));
    if (count == 0)
        return;
    m_keptAlive = now;
    for (size_t i = 0; i < std::min(count, m_devices.size()); ++i) {
        m_devices[m_nextToKeepAlive].keepAlive(now);
        m_nextToKeepAlive = (m_nextToKeepAlive + 1) % m_devices.size();
    }
}

std::optional<QByteArray> LoadLoop::nextLine()
{
    while (!m_input.contains('\n') && !m_inputEnded)
        turn(100);
    const qsizetype end = m_input.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    const QByteArray line = m_input.left(end);
    m_input.remove(0, end + 1);
    return line;
}

bool LoadLoop::writersAreIdle() const
{
    return std::all_of(m_writers.begin(), m_writers.end(),
                       [](const BookingWriter &one) { return one.isIdle(); });
}

QJsonObject LoadLoop::deliver(double pushesPerSecond, Millis duration)
{
    m_tally = {};
    const auto begun = Stopwatch::now();
    m_tally.last = begun;
    const auto pushes = qint64(pushesPerSecond * std::chrono::duration<double>(duration).count());
    qint64 due = 0;
    size_t turnOf = 0;
    const auto dueAt = [&] {
        return begun + bench::Nanoseconds(qint64(1e9 * double(due) / pushesPerSecond));
    };
    while (due < pushes) {
        for (const auto now = Stopwatch::now(); due < pushes && dueAt() <= now; ++due) {
            m_writers[turnOf].fallDue(dueAt());
            turnOf = (turnOf + 1) % m_writers.size();
        }
        turn(1);
    }
    auto busy = Stopwatch::now();
    const auto deadline = busy + drainTimeout;
    while (Stopwatch::now() < deadline && Stopwatch::now() - busy < quiet) {
        if (!writersAreIdle() || m_tally.last > busy)
            busy = Stopwatch::now();
        turn(10);
    }
    for (BookingWriter &writer : m_writers)
        writer.forgetDue();
    return report(begun);
}

QJsonObject LoadLoop::report(Stopwatch::time_point begun) const
{
    qint64 accepted = 0;
    qint64 rejected = 0;
    for (const BookingWriter &writer : m_writers) {
        accepted += writer.accepted();
        rejected += writer.rejected();
    }
    return {{QStringLiteral("accepted"), accepted},
            {QStringLiteral("rejected"), rejected},
            {QStringLiteral("deliveries"), m_tally.deliveries},
            {QStringLiteral("behind"), m_tally.behind},
            {QStringLiteral("lost"), m_lost},
            {QStringLiteral("seconds"), bench::seconds(m_tally.last - begun)},
            {QStringLiteral("latencies"), m_tally.latencies.toJson()}};
}

} // namespace strop::load
