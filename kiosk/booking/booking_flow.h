#pragma once

#include "shared/mutators/arguments.h"
#include "shared/net/shop_catalogue.h"
#include "shared/sync/live_list_model.h"

#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace strop::kiosk {

/// Something to tap.
struct BookingChoice
{
    Q_GADGET
    QML_VALUE_TYPE(bookingChoice)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString extra MEMBER extra)
    Q_PROPERTY(int hue MEMBER hue)
public:
    QString value; ///< Which one: an id, or milliseconds.
    QString text;
    QString detail;
    QString extra;
    int hue = -1; ///< Of a barber; -1 for anything else.

    friend bool operator==(const BookingChoice &, const BookingChoice &) = default;
};

/// The customer's way through a booking as a state machine: one question a screen, back everywhere, and
/// everything typed is forgotten when it ends. A confirmed booking is on this device's disk before `done`
/// shows; who it is for is sealed to the business's key before it gets there, and stands in plain text in
/// this object alone, until it ends or starts over. Lives on the UI thread.
class BookingFlow final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")

    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(QString shopName READ shopName NOTIFY changed)
    /// Everything is here that says what is free, and what customers are sealed to: not before the first
    /// catch-up has ended.
    Q_PROPERTY(bool ready READ isReady NOTIFY changed)

    /// "Next free: today 14:30", that nothing is free, or why nothing can be booked yet.
    Q_PROPERTY(QString nextFree READ nextFree NOTIFY changed)

    Q_PROPERTY(QAbstractItemModel *services READ services CONSTANT)
    Q_PROPERTY(QAbstractItemModel *barbers READ barbers CONSTANT)
    Q_PROPERTY(QAbstractItemModel *days READ days CONSTANT)
    Q_PROPERTY(QAbstractItemModel *times READ times CONSTANT)
    Q_PROPERTY(int timeCount READ timeCount NOTIFY changed)
    Q_PROPERTY(int dayIndex READ dayIndex NOTIFY changed)

    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    Q_PROPERTY(QString phone READ phone WRITE setPhone NOTIFY changed)

    /// What is still missing on the details screen; empty when it can be confirmed.
    Q_PROPERTY(QString missing READ missing NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(bool confirming READ isConfirming NOTIFY changed)

public:
    enum class Step { Attract, Service, Barber, Time, Details, Done };
    Q_ENUM(Step)

    /// No more is kept than the fields show: the keys in the window know no limit of their own.
    static constexpr int maxNameLetters = int(domain::maxNameLength);
    static constexpr int maxPhoneLetters = 20;

    /// All outlive it.
    BookingFlow(net::ReplicaHost &host, net::ShopCatalogue &catalogue, const Clock &clock, Random &random);

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] QString shopName() const { return m_catalogue.shop().name; }
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] QString nextFree() const;
    [[nodiscard]] QAbstractItemModel *services() { return &m_services; }
    [[nodiscard]] QAbstractItemModel *barbers() { return &m_barbers; }
    [[nodiscard]] QAbstractItemModel *days() { return &m_days; }
    [[nodiscard]] QAbstractItemModel *times() { return &m_times; }
    [[nodiscard]] int timeCount() const { return int(m_times.rows().size()); }
    [[nodiscard]] int dayIndex() const { return m_day; }
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString phone() const { return m_phone; }
    void setName(const QString &name);
    void setPhone(const QString &phone);
    [[nodiscard]] QString missing() const;
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool isConfirming() const { return m_confirming; }

    Q_INVOKABLE void begin();
    Q_INVOKABLE void chooseService(const QString &id);

    /// The empty text stands for the first free one.
    Q_INVOKABLE void chooseBarber(const QString &id);
    Q_INVOKABLE void chooseDay(int index);
    Q_INVOKABLE void chooseTime(const QString &milliseconds);
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void back();

    /// Forgets everything and returns to the attract screen. Neither this nor back() interrupts a booking
    /// that is being written: its answer comes within milliseconds.
    Q_INVOKABLE void startOver();

    /// Time has passed: what was free may be over, and today another day. The flow's own timer calls it.
    void tick();

Q_SIGNALS:
    void changed();

private:
    struct Chosen
    {
        ServiceId service;
        std::optional<StaffId> barber; ///< None: the first free one.
        std::optional<domain::Slot> slot;
    };

    [[nodiscard]] QDate today() const;
    [[nodiscard]] QDate chosenDate() const { return today().addDays(m_day); }
    [[nodiscard]] QString dayText(const QDate &date) const;
    [[nodiscard]] std::vector<domain::Slot> freeSlots(const QDate &date, Millis duration,
                                                      std::optional<StaffId> barber) const;
    [[nodiscard]] std::optional<domain::Slot> firstFree(Millis duration, std::optional<StaffId> barber) const;
    [[nodiscard]] Millis chosenDuration() const;
    [[nodiscard]] QString whenText(const std::optional<domain::Slot> &slot) const;
    void watchDays();
    void refresh();
    void offerTimes();
    void go(Step step);
    [[nodiscard]] bool knowsTimes() const;
    [[nodiscard]] domain::Business business() const;
    [[nodiscard]] Result<mutators::AppointmentBook> booking() const;
    void failed(const Error &error);

    net::ReplicaHost &m_host;
    net::ShopCatalogue &m_catalogue;
    const Clock &m_clock;
    Random &m_random;
    Step m_step = Step::Attract;
    Chosen m_chosen;
    int m_day = 0; ///< Days from today.
    QString m_name;
    QString m_phone;
    QString m_problem;
    bool m_confirming = false;
    QDate m_watchedFrom;
    ShopId m_watchedShop;
    QTimeZone m_watchedZone;
    net::LiveRows<domain::Appointment> m_appointments;
    net::LiveRows<domain::Business> m_business;
    QTimer m_timer;
    bool m_complete = false; ///< As the host said last.

    using ChoiceModel = sync::LiveListModel<BookingChoice, std::function<QString(const BookingChoice &)>>;
    ChoiceModel m_services;
    ChoiceModel m_barbers;
    ChoiceModel m_days;
    ChoiceModel m_times;
};

} // namespace strop::kiosk
