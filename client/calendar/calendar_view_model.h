#pragma once

#include "client/calendar/appointment_editor.h"
#include "client/calendar/calendar_day.h"
#include "shared/sync/live_list_model.h"

#include <QTimer>

namespace strop::client {

/// The day view: what it shows, and what can be done in it. Lives on the UI thread.
class CalendarViewModel final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    Q_PROPERTY(QDate date READ date WRITE setDate NOTIFY dateChanged)
    Q_PROPERTY(QString title READ title NOTIFY dayChanged)
    Q_PROPERTY(QString shopName READ shopName NOTIFY dayChanged)
    Q_PROPERTY(bool today READ isToday NOTIFY dayChanged)
    Q_PROPERTY(bool loading READ isLoading NOTIFY dayChanged)

    /// Why there is nothing to see, and what to do; empty when there is something.
    Q_PROPERTY(QString notice READ notice NOTIFY dayChanged)

    Q_PROPERTY(QAbstractItemModel *columns READ columns CONSTANT)
    Q_PROPERTY(QAbstractItemModel *cards READ cards CONSTANT)
    Q_PROPERTY(QAbstractItemModel *lines READ lines CONSTANT)
    Q_PROPERTY(QAbstractItemModel *closures READ closures CONSTANT)
    Q_PROPERTY(int columnCount READ columnCount NOTIFY dayChanged)
    Q_PROPERTY(int totalMinutes READ totalMinutes NOTIFY dayChanged)
    Q_PROPERTY(int gridMinutes READ gridMinutes NOTIFY dayChanged)

    /// Where the now line stands, in minutes from the first line; -1 when it is not in sight.
    Q_PROPERTY(int nowMinute READ nowMinute NOTIFY nowChanged)

    /// The sheet for one appointment.
    Q_PROPERTY(strop::client::AppointmentEditor *editor READ editor CONSTANT)

public:
    /// `host`, `catalogue`, `clock` and `random` outlive it.
    CalendarViewModel(net::ReplicaHost &host, net::ShopCatalogue &catalogue, const Clock &clock,
                      Random &random);

    [[nodiscard]] QDate date() const { return m_date; }
    void setDate(const QDate &date);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString shopName() const { return m_catalogue.shop().name; }
    [[nodiscard]] bool isToday() const { return m_date == todayInShop(); }
    [[nodiscard]] bool isLoading() const { return !m_catalogue.ready() || !m_appointments.loaded(); }
    [[nodiscard]] QString notice() const;
    [[nodiscard]] QAbstractItemModel *columns() { return &m_columns; }
    [[nodiscard]] QAbstractItemModel *cards() { return &m_cards; }
    [[nodiscard]] QAbstractItemModel *lines() { return &m_lines; }
    [[nodiscard]] QAbstractItemModel *closures() { return &m_closures; }
    [[nodiscard]] int columnCount() const { return int(m_day.columns.size()); }
    [[nodiscard]] int totalMinutes() const;
    [[nodiscard]] int gridMinutes() const { return int(m_catalogue.shop().bookingGridMinutes); }
    [[nodiscard]] int nowMinute() const;
    [[nodiscard]] AppointmentEditor *editor() { return &m_editor; }

    Q_INVOKABLE void showToday() { setDate(todayInShop()); }
    Q_INVOKABLE void step(int days) { setDate(m_date.addDays(days)); }

    /// The time at a minute of the view, rounded to the shop's grid, and that minute.
    Q_INVOKABLE [[nodiscard]] QString timeAt(int minute) const;
    Q_INVOKABLE [[nodiscard]] int snapped(int minute) const;

    /// Why a card cannot move there; empty when it can.
    Q_INVOKABLE [[nodiscard]] QString whyNot(const QString &cardId, int column, int minute) const;

    Q_INVOKABLE void move(const QString &cardId, int column, int minute);
    Q_INVOKABLE void cancel(const QString &cardId);
    Q_INVOKABLE void setStatus(const QString &cardId, const QString &status);

    /// Opens the sheet: for an empty place, or for a card.
    Q_INVOKABLE void book(int column, int minute);
    Q_INVOKABLE void open(const QString &cardId);

    /// Takes the last action back.
    Q_INVOKABLE void undo();

    /// Time has passed: the now line moves, and a desktop that shows today goes on to the new one at
    /// midnight. The model's own timer calls it.
    void tick();

Q_SIGNALS:
    void dateChanged();
    void dayChanged();
    void nowChanged();

    /// What just happened, or why it did not.
    void announced(const QString &text, bool undoable);

private:
    [[nodiscard]] QDate todayInShop() const;
    [[nodiscard]] Instant instantAtMinute(int minute) const;
    [[nodiscard]] const DayAppointment *appointment(const QString &cardId) const;
    [[nodiscard]] std::vector<domain::Appointment> taken() const;
    void followShop();
    void watchDay();
    void refresh();
    void writeBooking(const Booking &booking);

    using Settled = std::function<void(const Result<void> &)>;

    /// Queues the writes one after the other; the first one that is refused ends it.
    void queue(std::vector<mutators::Mutation> writes, Settled settled);

    /// Says `done` and offers to take it back with `inverse`; or says why it was refused.
    void announce(const Result<void> &written, const QString &done,
                  const std::vector<mutators::Mutation> &inverse);

    /// Queues a write and announces what became of it.
    void write(const mutators::Mutation &mutation, const QString &done,
               std::vector<mutators::Mutation> inverse);

    net::ReplicaHost &m_host;
    net::ShopCatalogue &m_catalogue;
    const Clock &m_clock;
    Random &m_random;
    QDate m_date;
    QDate m_today; ///< As it was announced last.
    ShopId m_watchedShop;
    QTimeZone m_watchedZone;
    CalendarDay m_day;
    net::LiveRows<DayAppointment> m_appointments;
    AppointmentEditor m_editor;
    std::vector<mutators::Mutation> m_undo;
    QTimer m_minute;

    template <typename Row>
    using Model = sync::LiveListModel<Row, std::function<QString(const Row &)>>;
    Model<CalendarColumn> m_columns;
    Model<CalendarCard> m_cards;
    Model<CalendarLine> m_lines;
    Model<CalendarClosure> m_closures;
};

} // namespace strop::client
