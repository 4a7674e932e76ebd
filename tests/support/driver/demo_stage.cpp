#include "tests/support/driver/demo_stage.h"

#include <QDir>
#include <QTimeZone>

namespace strop::test {
namespace {

const QString ownerEmail = QStringLiteral("owner@lamb-and-lock.example");
const QString ownerPassword = QStringLiteral("correct horse battery");

/// Places round the globe: at any moment it is between half past nine and two in the afternoon in one of
/// them.
constexpr const char *zones[] = {"Europe/London",    "America/New_York", "America/Los_Angeles",
                                 "Pacific/Honolulu", "Australia/Sydney", "Asia/Tokyo",
                                 "Asia/Kolkata",     "Asia/Dubai",       "America/Sao_Paulo"};

bool isMorning(const QTime &time)
{
    return time >= QTime(9, 30) && time < QTime(14, 0);
}

/// On the keys in the kiosk's own window.
Result<void> tapKeys(AppUnderTest &kiosk, const QString &text)
{
    for (const QChar &letter : text)
        STROP_TRY(kiosk.tap(
            Target::named(letter == u' ' ? QStringLiteral("key-space") : QStringLiteral("key-") + letter)));
    return {};
}

} // namespace

QString morningZone(const QDateTime &now)
{
    for (const char *zone : zones) {
        if (isMorning(now.toTimeZone(QTimeZone(zone)).time()))
            return QString::fromLatin1(zone);
    }
    return QString::fromLatin1(zones[0]);
}

DemoStage::DemoStage(const Programs &programs, const QString &folder)
    : m_programs(programs)
    , m_folder(folder)
    , m_server(programs, folder + QStringLiteral("/server"))
{}

Result<void> DemoStage::makeShop()
{
    for (const QString &inside :
         {QStringLiteral("server"), QStringLiteral("desktop"), QStringLiteral("kiosk")})
        QDir(path(inside)).removeRecursively();
    if (!QDir().mkpath(m_folder))
        return fail(ErrorCode::StorageReadOnly,
                    QStringLiteral("The folder %1 cannot be made.").arg(m_folder));
    return runTool(m_programs.path("strop-admin"),
                   {QStringLiteral("--data"), path(QStringLiteral("server")), QStringLiteral("demo"),
                    QStringLiteral("--email"), ownerEmail, QStringLiteral("--password-stdin"),
                    QStringLiteral("--zone"), morningZone(QDateTime::currentDateTimeUtc())},
                   ownerPassword.toUtf8() + '\n')
        .map([](const QByteArray &) {});
}

QStringList DemoStage::arguments(const QString &app) const
{
    return {QStringLiteral("--data"), path(app), QStringLiteral("--server"), m_server.url().toString()};
}

Result<void> DemoStage::logIn(AppUnderTest &desktop) const
{
    STROP_TRY(desktop.tap(Target::named(QStringLiteral("tabJoin"))));
    STROP_TRY(desktop.fill(QStringLiteral("joinEmail"), ownerEmail));
    STROP_TRY(desktop.fill(QStringLiteral("joinPassword"), ownerPassword));
    STROP_TRY(desktop.tap(Target::named(QStringLiteral("logIn"))));
    STROP_TRY(desktop.waitFor(Target::named(QStringLiteral("dayTitle"))));
    return desktop.waitFor(Target::text(QStringLiteral("Up to date")));
}

Result<void> DemoStage::pair(AppUnderTest &desktop, AppUnderTest &kiosk)
{
    STROP_TRY(desktop.tap(Target::named(QStringLiteral("railDevices"))));
    STROP_TRY(desktop.tap(Target::named(QStringLiteral("pairKiosk"))));
    STROP_TRY(desktop.waitFor(Target::named(QStringLiteral("pairingCode"))));
    STROP_TRY_ASSIGN(const QString code, desktop.text(Target::named(QStringLiteral("pairingCode"))));
    STROP_TRY(tapKeys(kiosk, code.toLower()));
    STROP_TRY(kiosk.tap(Target::named(QStringLiteral("pair"))));
    return kiosk.waitFor(Target::text(QStringLiteral("Book a visit")));
}

Result<void> chooseFirstFree(AppUnderTest &kiosk, const QString &service)
{
    STROP_TRY(kiosk.tap(Target::named(QStringLiteral("begin"))));
    STROP_TRY(kiosk.tap(Target::named(QStringLiteral("service-") + service)));
    STROP_TRY(kiosk.tap(Target::named(QStringLiteral("firstFree"))));
    STROP_TRY(kiosk.tap(Target::named(QStringLiteral("time-0"))));
    return kiosk.waitFor(Target::named(QStringLiteral("bookingSummary")));
}

Result<void> enterName(AppUnderTest &kiosk, const QString &name)
{
    STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("key-a"))));
    STROP_TRY(tapKeys(kiosk, name.toLower()));
    return kiosk.tap(Target::text(QStringLiteral("Next")));
}

Result<void> enterPhone(AppUnderTest &kiosk, const QString &phone)
{
    STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("key-1"))));
    return tapKeys(kiosk, phone);
}

Result<void> confirmBooking(AppUnderTest &kiosk)
{
    STROP_TRY(kiosk.tap(Target::text(QStringLiteral("Book it"))));
    return kiosk.waitFor(Target::named(QStringLiteral("booked")));
}

} // namespace strop::test
