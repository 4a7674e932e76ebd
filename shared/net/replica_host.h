#pragma once

#include "shared/base/mailbox.h"
#include "shared/net/sync_connection.h"

#include <QThread>

namespace strop::net {

/// What a person should know of syncing, as a copy for the UI thread.
struct SyncStatus
{
    sync::SessionState state = sync::SessionState::Offline;
    std::optional<Instant> offlineSince;
    bool complete = false;                  ///< Replica::isComplete().
    std::optional<Error> problem;           ///< Syncing has stopped until somebody deals with it.
    std::vector<sync::OutboxEntry> waiting; ///< Not settled yet, oldest first.
    std::vector<sync::Rejection> rejections;
};

/// A live query as the UI thread holds it: rows keep coming until it is destroyed.
class Subscription
{
public:
    Subscription() = default;
    Subscription(std::shared_ptr<sync::LiveQueryBase> query, std::shared_ptr<bool> wanted)
        : m_query(std::move(query))
        , m_wanted(std::move(wanted))
    {}
    ~Subscription() { cancel(); }
    Subscription(Subscription &&other) noexcept = default;
    Subscription &operator=(Subscription &&other) noexcept
    {
        cancel();
        m_query = std::move(other.m_query);
        m_wanted = std::move(other.m_wanted);
        return *this;
    }

    void cancel()
    {
        if (m_wanted)
            *m_wanted = false;
        m_query.reset();
        m_wanted.reset();
    }

private:
    std::shared_ptr<sync::LiveQueryBase> m_query;
    std::shared_ptr<bool> m_wanted; ///< Read and written on the UI thread only.
};

/// The device's replica on a thread of its own, with its connection, as the UI thread uses it: everything
/// here returns at once, and answers, rows and signals come later on the thread that made the host. Nothing
/// is lost by destroying it: what was acknowledged is on the disk.
class ReplicaHost final : public QObject
{
    Q_OBJECT
public:
    /// `clock` and `random` are thread-safe and outlive the host.
    ReplicaHost(const QString &folder, const sync::DeviceIdentity &identity, const Clock &clock,
                Random &random);
    ~ReplicaHost() override;

    /// Opens the replica; `opened` or `failed` follows. What was asked before waits for it.
    void start();

    /// Applies and queues a write. The id comes when it is on the disk.
    void mutate(const mutators::Mutation &mutation, std::function<void(Result<qint64>)> done);

    /// Asks the server; NetworkFailure when it is out of reach.
    void request(const QString &method, const QCborMap &arguments, sync::Session::Answer done);

    void dismissRejection(qint64 id);
    void connectNow();

    /// Registers a live query: `deliver` gets the whole result, then every change.
    template <typename Row>
    [[nodiscard]] Subscription watch(sync::QuerySpec<Row> spec,
                                     std::function<void(const sync::Diff<Row> &)> deliver)
    {
        auto wanted = std::make_shared<bool>(true);
        auto query = std::make_shared<sync::LiveQuery<Row>>(
            std::move(spec),
            [mailbox = m_mailbox, wanted, deliver = std::move(deliver)](sync::Diff<Row> diff) {
                mailbox->post([wanted, deliver, diff = std::move(diff)] {
                    if (*wanted)
                        deliver(diff);
                });
            });
        watchQuery(query);
        return {query, wanted};
    }

    [[nodiscard]] const protocol::Enrolment &enrolment() const { return m_identity.enrolment; }
    [[nodiscard]] const SyncStatus &status() const { return m_status; }

Q_SIGNALS:
    void opened();
    void failed(const strop::Error &error);
    void statusChanged();

private:
    struct Inside; ///< What lives on the replica's thread.

    void watchQuery(const std::shared_ptr<sync::LiveQueryBase> &query);
    void post(std::function<void(Inside &)> task);
    void open(Inside &inside);
    static SyncStatus statusOf(const Inside &inside);

    QString m_folder;
    sync::DeviceIdentity m_identity;
    const Clock &m_clock;
    Random &m_random;
    std::shared_ptr<Mailbox> m_mailbox; ///< To this thread.
    QThread m_thread;
    Inside *m_inside; ///< Deleted on its own thread.
    bool m_started = false;
    std::vector<std::function<void(Inside &)>> m_early; ///< Posted before start().
    SyncStatus m_status;
};

} // namespace strop::net
