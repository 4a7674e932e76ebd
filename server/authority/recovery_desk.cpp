#include "server/authority/recovery_desk.h"

#include "server/authority/business_head.h"
#include "shared/base/log.h"

#include <algorithm>
#include <limits>

namespace strop::server {

using protocol::Ack;
using protocol::PushedMutation;

namespace {

/// Mutations in one transaction.
constexpr size_t maxGroup = 1000;

/// What one device is told in the end.
using Outcomes = std::map<DeviceId, Result<Ack>>;

void add(Outcomes &outcomes, DeviceId device, Result<Ack> answer)
{
    const auto known = outcomes.find(device);
    if (known == outcomes.end()) {
        outcomes.emplace(device, std::move(answer));
    } else if (known->second && !answer) {
        known->second = std::move(answer);
    } else if (known->second) {
        Ack &all = *known->second;
        all.settled.insert(all.settled.end(), answer->settled.begin(), answer->settled.end());
        all.version = answer->version;
        all.durable = answer->durable;
    }
}

/// As many jobs from `from` on as belong into one transaction.
std::vector<PushJob> nextGroup(const std::vector<PushJob> &jobs, size_t from)
{
    std::vector<PushJob> group;
    for (size_t mutations = 0; from < jobs.size() && mutations < maxGroup; ++from) {
        mutations += jobs[from].mutations.size();
        group.push_back(jobs[from]);
    }
    return group;
}

} // namespace

void RecoveryDesk::take(QueuedPush push, const Publish &publish)
{
    const BusinessId business = push.job.device.business;
    if (!m_store.isRecovering(business)) {
        Result<BatchOutcome> outcome = m_store.push({push.job});
        if (!outcome)
            return push.answer(tl::unexpected(outcome.error()));
        for (const auto &commit : outcome->commits)
            publish(commit);
        return push.answer(std::move(outcome->answers.front()));
    }
    const auto [window, opened] = m_windows.try_emplace(business);
    if (opened)
        window->second.ends = m_clock.monotonic() + RecoveryDesk::windowLength;
    add(window->second, std::move(push));
}

void RecoveryDesk::add(Window &window, QueuedPush push)
{
    const Device &device = push.job.device;
    const auto [found, arrived] = window.devices.try_emplace(device.id);
    Offers &offers = found->second;
    if (arrived) {
        offers.device = device;
        window.arrivals.push_back(device.id);
    }
    const bool another =
        std::any_of(push.job.mutations.begin(), push.job.mutations.end(), [&](const PushedMutation &pushed) {
            const auto known = offers.mutations.find(pushed.id);
            return known != offers.mutations.end() && known->second.hash != pushed.hash;
        });
    if (another)
        return push.answer(fail(ErrorCode::IdentityConflict,
                                QStringLiteral("Another device writes under this one's identity.")));
    for (PushedMutation &pushed : push.job.mutations) {
        window.bytes += pushed.mutation.size();
        offers.mutations.try_emplace(pushed.id, std::move(pushed));
    }
    if (window.bytes > maxBytes)
        window.ends = m_clock.monotonic();
    const Result<BusinessHead> head = readHead(m_store.database(), device.business);
    push.answer(head.map([](const BusinessHead &now) { return Ack{{}, now.version, now.durable}; }));
    offers.answers.push_back(std::move(push.answer));
}

std::vector<PushJob> RecoveryDesk::inOrder(const Window &window)
{
    struct Offer
    {
        qint64 order = 0;
        const Offers *offers = nullptr;
        const PushedMutation *pushed = nullptr;
    };
    std::vector<Offer> all;
    for (const DeviceId device : window.arrivals) {
        const Offers &offers = window.devices.at(device);
        qint64 order = 0; // never falls: a device's own order is kept
        for (const auto &[id, pushed] : offers.mutations) {
            order = std::max(order, pushed.acknowledgedVersion > 0 ? pushed.acknowledgedVersion
                                                                   : std::numeric_limits<qint64>::max());
            all.push_back({order, &offers, &pushed});
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Offer &a, const Offer &b) { return a.order < b.order; });
    std::vector<PushJob> jobs;
    for (const Offer &offer : all) {
        if (jobs.empty() || jobs.back().device.id != offer.offers->device.id ||
            qsizetype(jobs.back().mutations.size()) == protocol::maxPushed)
            jobs.push_back({offer.offers->device, {}});
        jobs.back().mutations.push_back(*offer.pushed);
    }
    return jobs;
}

void RecoveryDesk::settleDue(const Publish &publish)
{
    for (auto window = m_windows.begin(); window != m_windows.end();) {
        if (m_clock.monotonic() < window->second.ends) {
            ++window;
            continue;
        }
        auto ended = m_windows.extract(window++);
        settle(ended.key(), std::move(ended.mapped()), publish);
    }
}

void RecoveryDesk::settle(BusinessId business, Window window, const Publish &publish)
{
    const std::vector<PushJob> jobs = inOrder(window);
    Outcomes outcomes;
    Result<void> done;
    for (size_t from = 0; done && from < jobs.size();) {
        const std::vector<PushJob> group = nextGroup(jobs, from);
        Result<BatchOutcome> outcome = m_store.push(group);
        if (!outcome) {
            done = tl::unexpected(outcome.error());
            break;
        }
        for (const auto &commit : outcome->commits)
            publish(commit);
        for (size_t i = 0; i < group.size(); ++i)
            server::add(outcomes, group[i].device.id, std::move(outcome->answers[i]));
        from += group.size();
    }
    if (done)
        done = m_store.endRecovery(business);
    log::info("store.recovered", {{"business", business.toString()},
                                  {"devices", qint64(window.arrivals.size())},
                                  {"complete", done.has_value()}});
    for (const auto &[device, offers] : window.devices) {
        const auto known = outcomes.find(device);
        for (const auto &answer : offers.answers)
            answer(!done                     ? Result<Ack>(tl::unexpected(done.error()))
                   : known != outcomes.end() ? known->second
                                             : Result<Ack>(Ack{}));
    }
}

} // namespace strop::server
