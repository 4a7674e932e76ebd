#include "client/sync_status/sync_words.h"

#include <QCoreApplication>

namespace strop::client {
namespace {

using sync::SessionState;

struct Wording
{
    const char *mutator;
    const char *what;
};

constexpr Wording wordings[] = {
    {"appointment.book", QT_TRANSLATE_NOOP("Sync", "Book an appointment")},
    {"appointment.move", QT_TRANSLATE_NOOP("Sync", "Move an appointment")},
    {"appointment.cancel", QT_TRANSLATE_NOOP("Sync", "Cancel an appointment")},
    {"appointment.restore", QT_TRANSLATE_NOOP("Sync", "Take a cancellation back")},
    {"appointment.setStatus", QT_TRANSLATE_NOOP("Sync", "Change an appointment's status")},
    {"customer.add", QT_TRANSLATE_NOOP("Sync", "Add a customer")},
    {"customer.put", QT_TRANSLATE_NOOP("Sync", "Save a customer")},
    {"shop.put", QT_TRANSLATE_NOOP("Sync", "Save the shop")},
    {"staff.put", QT_TRANSLATE_NOOP("Sync", "Save a barber")},
    {"service.put", QT_TRANSLATE_NOOP("Sync", "Save a service")},
    {"hours.put", QT_TRANSLATE_NOOP("Sync", "Save opening hours")},
    {"business.create", QT_TRANSLATE_NOOP("Sync", "Create the business")},
    {"business.setKey", QT_TRANSLATE_NOOP("Sync", "Make the key of the business")},
    {"shop.retire", QT_TRANSLATE_NOOP("Sync", "Close a shop for good")},
    {"staff.retire", QT_TRANSLATE_NOOP("Sync", "Take a barber off the list")},
    {"service.retire", QT_TRANSLATE_NOOP("Sync", "Take a service off the list")},
    {"hours.retire", QT_TRANSLATE_NOOP("Sync", "Remove opening hours")},
    {"outbox.lost", QT_TRANSLATE_NOOP("Sync", "Changes that were lost")},
};

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("Sync", text, nullptr, count);
}

} // namespace

QString writeDetail(const mutators::Mutation &write, const net::ShopCatalogue &catalogue,
                    const WriteSubjects &subjects)
{
    const QCborMap &arguments = write.arguments;
    const std::optional<AppointmentSubject> known = subjects.appointmentOf(write);
    // A booking or a move says itself when and with whom; any other write means what stands in the book.
    const QCborValue start = arguments.value(QStringLiteral("start_ms"));
    if (!start.isInteger() && !known)
        return arguments.value(QStringLiteral("name")).toString();
    const Instant when = start.isInteger() ? instantFromMs(start.toInteger()) : known->start;
    const QByteArray barber = arguments.value(QStringLiteral("staff_id")).toByteArray();
    const StaffId staff =
        start.isInteger() ? StaffId{Uuid::fromBytes(barber).value_or(Uuid())} : known->staff;
    const QDate date = domain::wallMinuteOf(when, catalogue.zone()).date;
    const QString slot = tr("%1, %2 with %3")
                             .arg(catalogue.locale().toString(date, QStringLiteral("ddd d MMM")),
                                  catalogue.timeText(when), catalogue.staffOf(staff).name);
    const QString customer = subjects.customerOf(write);
    return customer.isEmpty() ? slot : tr("%1, %2").arg(customer, slot);
}

QString mutatorText(const QString &name)
{
    for (const Wording &one : wordings) {
        if (name == QLatin1String(one.mutator))
            return tr(one.what);
    }
    return name;
}

QString syncText(const net::SyncStatus &status, const TimeText &timeText)
{
    const int conflicts = int(status.rejections.size());
    if (status.problem)
        return tr("Needs you");
    if (conflicts ==
        1) // the source texts are English and shown without a translation file, so without plurals
        return tr("Needs you: 1 conflict");
    if (conflicts > 1)
        return tr("Needs you: %n conflicts", conflicts);
    if (status.offlineSince && status.state != SessionState::CatchingUp)
        return tr("Offline since %1, all changes kept").arg(timeText(*status.offlineSince));
    if (!status.waiting.empty())
        return tr("%n waiting to sync", int(status.waiting.size()));
    return status.state == SessionState::Live ? tr("Up to date") : tr("Catching up");
}

QString syncExplanation(const net::SyncStatus &status)
{
    if (status.problem)
        return status.problem->message;
    if (!status.rejections.empty())
        return tr("The server could not accept these changes. Everything else is in order.");
    if (status.offlineSince)
        return tr("Go on working. Every change is kept on this device and sent when the connection is back.");
    if (!status.waiting.empty())
        return tr("These changes are on their way to the server.");
    return tr("Everything on this device is on the server, and the other way round.");
}

} // namespace strop::client
