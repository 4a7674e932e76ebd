#pragma once

#include "client/sync_status/write_subjects.h"
#include "shared/net/shop_catalogue.h"
#include "shared/sync/live_list_model.h"

#include <QTimeZone>
#include <QtQml/qqmlregistration.h>

namespace strop::client {

/// A write that waits for the server, or that the server refused.
struct PendingWrite
{
    Q_GADGET
    QML_VALUE_TYPE(pendingWrite)
    Q_PROPERTY(QString id READ idText)
    Q_PROPERTY(QString what MEMBER what)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString problem MEMBER problem)
public:
    [[nodiscard]] QString idText() const { return QString::number(id); }

    qint64 id = 0;
    QString what;    ///< In the user's words: "Book an appointment".
    QString detail;  ///< Which one: "Priya Nair, Tue 5 May, 15:00 with Ana".
    QString when;    ///< It was made, on the shop's clock.
    QString problem; ///< Why it was refused and what to do; empty while it waits.

    friend bool operator==(const PendingWrite &, const PendingWrite &) = default;
};

/// The sync pill and the list behind it. Lives on the UI thread.
class SyncStatusViewModel final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(QString explanation READ explanation NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *writes READ writes CONSTANT)
    Q_PROPERTY(int writeCount READ writeCount NOTIFY changed)

public:
    enum class Tone { Good, Neutral, Warning, Bad };
    Q_ENUM(Tone)

    /// Both outlive it.
    SyncStatusViewModel(net::ReplicaHost &host, const net::ShopCatalogue &catalogue);

    [[nodiscard]] QString text() const;
    [[nodiscard]] Tone tone() const;
    [[nodiscard]] QString explanation() const;
    [[nodiscard]] QAbstractItemModel *writes() { return &m_writes; }
    [[nodiscard]] int writeCount() const { return int(m_writes.rows().size()); }

    /// Somebody has dealt with a refused write.
    Q_INVOKABLE void dismiss(const QString &id) { m_host.dismissRejection(id.toLongLong()); }

    Q_INVOKABLE void connectNow() { m_host.connectNow(); }

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void followSubjects();
    [[nodiscard]] PendingWrite describe(qint64 id, const mutators::Mutation &write, Instant made,
                                        const QString &problem) const;

    net::ReplicaHost &m_host;
    const net::ShopCatalogue &m_catalogue;
    WriteSubjects m_subjects;
    sync::LiveListModel<PendingWrite, std::function<qint64(const PendingWrite &)>> m_writes;
};

} // namespace strop::client
