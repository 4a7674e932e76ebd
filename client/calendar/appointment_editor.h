#pragma once

#include "client/calendar/calendar_day.h"
#include "shared/mutators/arguments.h"
#include "shared/sync/live_list_model.h"

namespace strop::client {

/// What the sheet asks to be written.
struct Booking
{
    /// To be added first; none for a customer who is known already and for an anonymous walk-in.
    std::optional<mutators::CustomerAdd> newcomer;
    QString customerName; ///< Empty for an anonymous walk-in.
    mutators::AppointmentBook appointment;
};

/// The sheet beside the day: a new appointment being made up, or an existing one with what can be done to it.
/// Lives on the UI thread.
class AppointmentEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the calendar.")

    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
    Q_PROPERTY(bool isNew READ isNew NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)

    // A new appointment
    Q_PROPERTY(QString customerName READ customerName WRITE setCustomerName NOTIFY changed)
    Q_PROPERTY(QString phone READ phone WRITE setPhone NOTIFY changed)
    Q_PROPERTY(QString note READ note WRITE setNote NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *suggestions READ suggestions CONSTANT)
    Q_PROPERTY(QAbstractItemModel *services READ services CONSTANT)
    Q_PROPERTY(QAbstractItemModel *barbers READ barbers CONSTANT)
    Q_PROPERTY(QAbstractItemModel *times READ times CONSTANT)
    Q_PROPERTY(int serviceIndex READ serviceIndex WRITE setServiceIndex NOTIFY changed)
    Q_PROPERTY(int barberIndex READ barberIndex WRITE setBarberIndex NOTIFY changed)
    Q_PROPERTY(int timeIndex READ timeIndex WRITE setTimeIndex NOTIFY changed)

    /// Why it cannot be booked yet; empty when it can.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

    // An existing one
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString status READ status NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *statuses READ statuses CONSTANT)

public:
    AppointmentEditor(net::ReplicaHost &host, const net::ShopCatalogue &catalogue, const Clock &clock,
                      Random &random);

    /// What the day holds, whenever it changes.
    void setDay(const QDate &date, const std::vector<DayAppointment> &appointments);

    /// A nil barber stands for any.
    void startNew(StaffId barber, Instant wanted);
    void show(const DayAppointment &appointment);

    /// What became of a booking. The sheet closes once it is written; refused, it stays with what was typed.
    void settle(AppointmentId booking, bool written);

    [[nodiscard]] bool isOpen() const { return m_mode != Mode::Closed; }
    [[nodiscard]] bool isNew() const { return m_mode == Mode::New; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString customerName() const { return m_customer.name; }
    [[nodiscard]] QString phone() const { return m_customer.phone; }
    [[nodiscard]] QString note() const { return m_note; }
    void setCustomerName(const QString &name);
    void setPhone(const QString &phone);
    void setNote(const QString &note);
    [[nodiscard]] int serviceIndex() const { return m_service; }
    [[nodiscard]] int barberIndex() const { return m_barber; }
    [[nodiscard]] int timeIndex() const { return m_time; }
    void setServiceIndex(int index);
    void setBarberIndex(int index);
    void setTimeIndex(int index);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString status() const { return domain::statusName(m_shown.appointment.status); }
    [[nodiscard]] QAbstractItemModel *suggestions() { return &m_suggestions; }
    [[nodiscard]] QAbstractItemModel *services() { return &m_services; }
    [[nodiscard]] QAbstractItemModel *barbers() { return &m_barbers; }
    [[nodiscard]] QAbstractItemModel *times() { return &m_times; }
    [[nodiscard]] QAbstractItemModel *statuses() { return &m_statuses; }

    Q_INVOKABLE void chooseSuggestion(int index);
    Q_INVOKABLE void book();
    Q_INVOKABLE void chooseStatus(const QString &status);
    Q_INVOKABLE void cancelAppointment();
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    void booked(const strop::client::Booking &booking);
    void statusChosen(const QString &cardId, const QString &status);
    void cancelChosen(const QString &cardId);

private:
    enum class Mode { Closed, New, Existing };

    /// What is wrong with the customer as typed; empty when nothing is.
    [[nodiscard]] QString customerProblem() const;
    [[nodiscard]] std::optional<mutators::CustomerAdd> newcomer() const;
    void offerChoices();
    void offerTimes();
    void suggest();
    void stopSuggesting();

    net::ReplicaHost &m_host;
    const net::ShopCatalogue &m_catalogue;
    const Clock &m_clock;
    Random &m_random;
    Mode m_mode = Mode::Closed;
    QDate m_date;
    std::vector<DayAppointment> m_day;

    domain::Customer m_customer; ///< Nil id: typed, not one of the known ones.
    CustomerId m_typedId;        ///< For one who is typed without a phone: the same at every attempt.
    AppointmentId m_asked;       ///< The booking that waits to be settled.
    QString m_note;
    int m_service = 0;
    int m_barber = 0; ///< 0: any.
    int m_time = -1;
    Instant m_wanted;
    std::vector<domain::Slot> m_slots;
    net::LiveRows<domain::Customer> m_found;
    bool m_suggesting = false;
    DayAppointment m_shown;

    using ChoiceModel = sync::LiveListModel<CalendarChoice, std::function<QString(const CalendarChoice &)>>;
    ChoiceModel m_suggestions;
    ChoiceModel m_services;
    ChoiceModel m_barbers;
    ChoiceModel m_times;
    ChoiceModel m_statuses;
};

} // namespace strop::client
