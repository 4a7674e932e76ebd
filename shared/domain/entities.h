#pragma once

#include "shared/base/ids.h"
#include "shared/base/instant.h"
#include "shared/domain/wall_time.h"

#include <QByteArray>
#include <QDate>
#include <QString>
#include <optional>
#include <vector>

/// The nouns of a barbershop, as plain data. Each is one synced table (shared/storage/tables.h describes them
/// once). Every entity but Business belongs to one shop, for good.
namespace strop::domain {

/// The longest texts, in UTF-16 units: of a name or a category, of a phone number, of an e-mail address (RFC
/// 5321 §4.5.3.1), of notes.
inline constexpr qsizetype maxNameLength = 120;
inline constexpr qsizetype maxPhoneLength = 40;
inline constexpr qsizetype maxEmailLength = 254;
inline constexpr qsizetype maxNotesLength = 4000;

/// The length of a business's public key, in bytes.
inline constexpr qsizetype publicKeySize = 32;

/// The tenant: one owner's company with one or more shops.
struct Business
{
    BusinessId id;
    QString name;

    /// X25519 (RFC 7748): what kiosks seal to it what people type. The server alone has the secret half.
    /// Empty until the server has made one.
    QByteArray publicKey = {};

    friend bool operator==(const Business &, const Business &) = default;
};

struct Shop
{
    ShopId id;
    QString name;
    QString zone;     ///< IANA zone, "Europe/Madrid": all wall-clock times of the shop are in it.
    QString currency; ///< ISO 4217; never changes once the shop exists.
    QString locale;   ///< BCP 47, "es-ES": how times, dates and money are written.
    qint64 bookingGridMinutes =
        15; ///< Offered starts are multiples of this after midnight: 5, 10, 15, 20, 30 or 60.
    bool retired = false;

    friend bool operator==(const Shop &, const Shop &) = default;
};

struct Staff
{
    StaffId id;
    ShopId shopId;
    QString name;
    qint64 hue = 0;  ///< Index into the theme's eight staff hues.
    qint64 rank = 0; ///< Column order in the calendar.
    bool retired = false;

    friend bool operator==(const Staff &, const Staff &) = default;
};

/// How short and how long a service or an appointment may be.
inline constexpr qint64 minServiceMinutes = 5;
inline constexpr qint64 maxServiceMinutes = 480;

struct Service
{
    ServiceId id;
    ShopId shopId;
    QString name;
    QString category;
    qint64 durationMinutes = 30; ///< minServiceMinutes to maxServiceMinutes.
    qint64 priceMinor = 0;       ///< Minor units of the shop's currency.
    qint64 rank = 0;             ///< Order in lists.
    bool retired = false;

    friend bool operator==(const Service &, const Service &) = default;
};

/// When a shop is open or a barber works. Weekly rules repeat; a rule with a date replaces the weekly one on
/// that date (no intervals = closed). A barber without any weekly rule works whenever the shop is open.
struct HoursRule
{
    HoursId id;
    ShopId shopId;
    std::optional<StaffId> staffId; ///< None: the shop's opening hours.
    qint64 weekday = 0;             ///< 1 (Monday) to 7 (ISO 8601) for a weekly rule, 0 for a dated one.
    QString date;                   ///< ISO 8601 date of a dated rule, empty otherwise.
    WallIntervals intervals;        ///< Sorted, disjoint, within one day.
    bool retired = false;

    friend bool operator==(const HoursRule &, const HoursRule &) = default;
};

struct Customer
{
    CustomerId id;
    ShopId shopId;
    QString name;
    QString phone;
    QString email;
    QString notes;

    friend bool operator==(const Customer &, const Customer &) = default;
};

enum class Source { Desktop, Kiosk, Import };

/// One coming of one customer; its appointments are the services, each by one barber.
struct Visit
{
    VisitId id;
    ShopId shopId;
    std::optional<CustomerId> customerId; ///< None: an anonymous walk-in.
    Source source = Source::Desktop;
    QString note;

    friend bool operator==(const Visit &, const Visit &) = default;
};

enum class AppointmentStatus { Booked, Confirmed, Arrived, InChair, Done, NoShow, Cancelled };

struct Appointment
{
    AppointmentId id;
    ShopId shopId;
    VisitId visitId;
    StaffId staffId;
    ServiceId serviceId;
    Instant start;
    Instant end; ///< Exclusive; after start.
    AppointmentStatus status = AppointmentStatus::Booked;
    qint64 priceMinor = 0; ///< Agreed when booked, in minor units of the shop's currency.

    friend bool operator==(const Appointment &, const Appointment &) = default;
};

/// Whether an appointment of this status keeps its barber busy: all but cancelled and no-show.
[[nodiscard]] bool occupiesBarber(AppointmentStatus status);

/// Whether a status may follow another: the natural order, with steps skipped or taken back, but nothing
/// comes after Cancelled (the one way back is its own write, appointment.restore).
[[nodiscard]] bool mayFollow(AppointmentStatus from, AppointmentStatus to);

[[nodiscard]] QLatin1String statusName(AppointmentStatus status);
[[nodiscard]] std::optional<AppointmentStatus> statusFromName(QStringView name);
[[nodiscard]] QLatin1String sourceName(Source source);
[[nodiscard]] std::optional<Source> sourceFromName(QStringView name);

/// The id under which a kiosk files a person: the same for the same phone and name in one shop, so that a
/// returning customer is recognised without the kiosk ever holding the customer list.
[[nodiscard]] CustomerId customerIdFor(ShopId shop, const QString &name, const QString &phone);

/// A phone number reduced to its digits and a leading plus; empty when fewer than 5 or more than 15 digits
/// (E.164).
[[nodiscard]] QString normalisedPhone(const QString &typed);

} // namespace strop::domain
