#pragma once

#include "shared/domain/entities.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace strop::client {

/// A barber's column of the day view.
struct CalendarColumn
{
    Q_GADGET
    QML_VALUE_TYPE(calendarColumn)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int hue MEMBER hue)
    Q_PROPERTY(QString summary MEMBER summary)
public:
    StaffId staff;
    QString name;
    int hue = 0;
    QString summary; ///< "6 booked", or that the barber is off.

    friend bool operator==(const CalendarColumn &, const CalendarColumn &) = default;
};

/// An appointment in the day view. Minutes count in real time from the first line shown.
struct CalendarCard
{
    Q_GADGET
    QML_VALUE_TYPE(calendarCard)
    Q_PROPERTY(QString id READ idText)
    Q_PROPERTY(int column MEMBER column)
    Q_PROPERTY(int startMinute MEMBER startMinute)
    Q_PROPERTY(int minutes MEMBER minutes)
    Q_PROPERTY(QString time MEMBER time)
    Q_PROPERTY(QString customer MEMBER customer)
    Q_PROPERTY(QString service MEMBER service)
    Q_PROPERTY(QString price MEMBER price)
    Q_PROPERTY(QString status MEMBER status)
    Q_PROPERTY(QString statusText MEMBER statusText)
    Q_PROPERTY(int hue MEMBER hue)
    Q_PROPERTY(bool faint MEMBER faint)
public:
    [[nodiscard]] QString idText() const { return id.toString(); }

    AppointmentId id;
    int column = 0;
    int startMinute = 0;
    int minutes = 0;
    QString time;
    QString customer;
    QString service;
    QString price;
    QString status;     ///< domain::statusName.
    QString statusText; ///< The same for people.
    int hue = 0;
    bool faint = false; ///< Keeps nobody busy: a no-show.

    friend bool operator==(const CalendarCard &, const CalendarCard &) = default;
};

/// A line across the day.
struct CalendarLine
{
    Q_GADGET
    QML_VALUE_TYPE(calendarLine)
    Q_PROPERTY(int minute MEMBER minute)
    Q_PROPERTY(QString label MEMBER label)
public:
    int minute = 0;
    QString label; ///< The hour on the shop's clock; empty between hours.

    friend bool operator==(const CalendarLine &, const CalendarLine &) = default;
};

/// A stretch in which a barber does not work.
struct CalendarClosure
{
    Q_GADGET
    QML_VALUE_TYPE(calendarClosure)
    Q_PROPERTY(int column MEMBER column)
    Q_PROPERTY(int startMinute MEMBER startMinute)
    Q_PROPERTY(int minutes MEMBER minutes)
public:
    int column = 0;
    int startMinute = 0;
    int minutes = 0;

    friend bool operator==(const CalendarClosure &, const CalendarClosure &) = default;
};

/// A line of a list to choose from: a service, a barber, a time, a customer, a status.
struct CalendarChoice
{
    Q_GADGET
    QML_VALUE_TYPE(calendarChoice)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString value MEMBER value)
public:
    QString value; ///< Which one: an id, a name, or milliseconds.
    QString text;
    QString detail;

    friend bool operator==(const CalendarChoice &, const CalendarChoice &) = default;
};

} // namespace strop::client
