#include "tests/demo/main_job.h"

#include "tests/demo/reckoning.h"
#include "tests/support/driver/demo_stage.h"
#include "tests/support/driver/step_report.h"

#include <QTextStream>

namespace strop::demo_run {

using test::AppUnderTest;
using test::Target;

namespace {

/// Nobody of these names is among the demo shop's customers.
struct Guest
{
    const char *name;
    const char *phone;
    const char *service;
};
constexpr Guest online{"Olive Online", "07700900101", "Classic cut"};
constexpr Guest offlineFirst{"Otto Offline", "07700900102", "Buzz cut"};
constexpr Guest offlineKilled{"Odette Outage", "07700900103", "Beard trim"};

Target cardOf(const Guest &guest)
{
    return Target::named(QStringLiteral("card-") + QLatin1String(guest.name));
}

class MainJob
{
public:
    MainJob(const test::Programs &programs, const QString &out)
        : m_programs(programs)
        , m_out(out)
        , m_stage(programs, out + QStringLiteral("/data"))
    {}

    Result<void> run()
    {
        STROP_TRY(openShop());
        STROP_TRY(bookOnline());
        STROP_TRY(workOffline());
        STROP_TRY(comeBack());
        STROP_TRY(step("closes both apps and the server, and counts the bookings in the three databases",
                       [&] { return closeAndReckon(); }));
        QTextStream(stdout) << QStringLiteral("All in order after %1 s. Pictures: %2\n")
                                   .arg(m_report.seconds(), 0, 'f', 1)
                                   .arg(m_out);
        return {};
    }

private:
    template <typename Step>
    Result<void> step(const char *what, const Step &run)
    {
        return m_report.step(QString::fromUtf8(what), run);
    }

    Result<void> makeShop()
    {
        STROP_TRY(m_stage.makeShop());
        STROP_TRY_ASSIGN(m_appointmentsBefore, countAppointments(serverFolder()));
        return {};
    }

    Result<void> openShop()
    {
        STROP_TRY(step("makes a barbershop with 6 barbers, 20 services and a year behind it",
                       [&] { return makeShop(); }));
        STROP_TRY(step("starts the server", [&] { return m_stage.server().start(); }));
        m_desktop.emplace(m_programs, "strop-desktop", m_stage.desktopArguments());
        m_kiosk.emplace(m_programs, "strop-kiosk", m_stage.kioskArguments());
        STROP_TRY(step("opens the desktop, and the owner logs in", [&]() -> Result<void> {
            STROP_TRY(m_desktop->start());
            STROP_TRY(m_stage.logIn(*m_desktop));
            return picture(*m_desktop, "01-desktop-day");
        }));
        return step("opens the kiosk, and pairs it with a code from the desktop", [&]() -> Result<void> {
            STROP_TRY(m_kiosk->start());
            STROP_TRY(test::DemoStage::pair(*m_desktop, *m_kiosk));
            STROP_TRY(picture(*m_desktop, "02-desktop-code"));
            STROP_TRY(picture(*m_kiosk, "03-kiosk-attract"));
            return m_desktop->tap(Target::named(QStringLiteral("railCalendar")));
        });
    }

    Result<void> bookOnline()
    {
        STROP_TRY(step("a customer books at the kiosk", [&] { return book(online, true); }));
        return step("the booking stands on the desktop", [&]() -> Result<void> {
            STROP_TRY(m_desktop->waitFor(cardOf(online)));
            STROP_TRY_ASSIGN(m_firstStart, startOf(serverFolder(), QString::fromLatin1(online.name)));
            return picture(*m_desktop, "06-desktop-booked");
        });
    }

    Result<void> workOffline()
    {
        STROP_TRY(step("stops the server: both apps say that they are offline", [&]() -> Result<void> {
            STROP_TRY(m_stage.server().stop());
            STROP_TRY(m_desktop->waitFor(Target::containing(QStringLiteral("all changes kept"))));
            return m_kiosk->waitFor(Target::named(QStringLiteral("connectionLine")));
        }));
        STROP_TRY(step("a customer books at the kiosk, offline", [&]() -> Result<void> {
            STROP_TRY(book(offlineFirst, false));
            return picture(*m_kiosk, "07-kiosk-offline");
        }));
        STROP_TRY(
            step("the next one books, and the kiosk is killed right after it said so", [&]() -> Result<void> {
                STROP_TRY(m_kiosk->tap(Target::named(QStringLiteral("finish"))));
                STROP_TRY(book(offlineKilled, false));
                m_kiosk->kill();
                return {};
            }));
        STROP_TRY(step("the kiosk starts again, still offline", [&]() -> Result<void> {
            STROP_TRY(m_kiosk->start());
            return m_kiosk->waitFor(Target::text(QStringLiteral("Book a visit")));
        }));
        return step("the owner moves the first booking on the desktop, offline",
                    [&] { return moveOnDesktop(); });
    }

    Result<void> comeBack()
    {
        STROP_TRY(step("starts the server again", [&] { return m_stage.server().start(); }));
        return step("all are in sync: both offline bookings stand on the desktop", [&]() -> Result<void> {
            constexpr int comeBackMs = 40'000; // the longest wait before a device tries again is 15 s
            STROP_TRY(m_desktop->waitFor(cardOf(offlineFirst), comeBackMs));
            STROP_TRY(m_desktop->waitFor(cardOf(offlineKilled), comeBackMs));
            STROP_TRY(m_desktop->waitFor(Target::text(QStringLiteral("Up to date")), comeBackMs));
            STROP_TRY(m_kiosk->waitUntilGone(Target::named(QStringLiteral("connectionLine")), comeBackMs));
            return picture(*m_desktop, "09-desktop-in-sync");
        });
    }

    Result<void> book(const Guest &guest, bool pictures)
    {
        AppUnderTest &kiosk = *m_kiosk;
        STROP_TRY(test::chooseFirstFree(kiosk, QString::fromLatin1(guest.service)));
        if (pictures)
            STROP_TRY(picture(kiosk, "04-kiosk-details"));
        STROP_TRY(test::enterName(kiosk, QString::fromLatin1(guest.name)));
        STROP_TRY(test::enterPhone(kiosk, QString::fromLatin1(guest.phone)));
        STROP_TRY(test::confirmBooking(kiosk));
        if (!pictures)
            return {};
        STROP_TRY(picture(kiosk, "05-kiosk-booked"));
        return kiosk.tap(Target::named(QStringLiteral("finish")));
    }

    /// By keyboard: M picks the card up, the arrows carry it to the first place from two hours later where it
    /// may stand, Enter puts it down. Any sooner, and the kiosk, which cannot know, may promise the chair
    /// meanwhile.
    Result<void> moveOnDesktop()
    {
        AppUnderTest &desktop = *m_desktop;
        const Target card = cardOf(online);
        STROP_TRY(desktop.tap(card));
        STROP_TRY(desktop.key(QStringLiteral("Escape")));
        STROP_TRY(desktop.key(QStringLiteral("M")));
        constexpr int twoHours = 8; // of a quarter each
        constexpr int tries = 60;
        for (int i = 1; i <= tries; ++i) {
            STROP_TRY(desktop.key(QStringLiteral("Down")));
            STROP_TRY_ASSIGN(const QJsonValue reason, desktop.property(card, QStringLiteral("reason")));
            if (i < twoHours || !reason.toString().isEmpty())
                continue;
            STROP_TRY(desktop.key(QStringLiteral("Return")));
            STROP_TRY(desktop.waitFor(Target::containing(QStringLiteral("moved to"))));
            return picture(desktop, "08-desktop-moved-offline");
        }
        return fail(ErrorCode::Conflict, QStringLiteral("There is no free place to move the card to."));
    }

    Result<void> closeAndReckon()
    {
        STROP_TRY(m_desktop->quit());
        STROP_TRY(m_kiosk->quit());
        STROP_TRY(checkTheKiosksLog());
        STROP_TRY(m_stage.server().stop());
        STROP_TRY(checkWhatWasDone());
        return reckon({m_stage.path(QStringLiteral("server")), m_stage.path(QStringLiteral("desktop")),
                       m_stage.path(QStringLiteral("kiosk"))},
                      {QString::fromLatin1(online.name), QString::fromLatin1(offlineFirst.name),
                       QString::fromLatin1(offlineKilled.name)});
    }

    /// What the kiosk wrote to standard error names nobody who booked at it.
    Result<void> checkTheKiosksLog()
    {
        const QByteArray log = m_kiosk->log();
        for (const Guest &guest : {online, offlineFirst, offlineKilled}) {
            if (log.contains(guest.name) || log.contains(guest.phone))
                return fail(ErrorCode::Conflict,
                            QStringLiteral("The kiosk's log names %1.").arg(QString::fromLatin1(guest.name)));
        }
        return {};
    }

    /// Three bookings more than before, and the one that was moved stands somewhere else.
    Result<void> checkWhatWasDone()
    {
        STROP_TRY_ASSIGN(const qint64 appointments, countAppointments(serverFolder()));
        if (appointments != m_appointmentsBefore + 3)
            return fail(ErrorCode::Conflict, QStringLiteral("There were %1 appointments, and there are %2.")
                                                 .arg(m_appointmentsBefore)
                                                 .arg(appointments));
        STROP_TRY_ASSIGN(const Instant start, startOf(serverFolder(), QString::fromLatin1(online.name)));
        if (start < m_firstStart + std::chrono::hours(2))
            return fail(ErrorCode::Conflict, QStringLiteral("The move that was made offline is lost."));
        return {};
    }

    [[nodiscard]] QString serverFolder() const { return m_stage.path(QStringLiteral("server")); }

    Result<void> picture(AppUnderTest &app, const char *name)
    {
        return app.grab(m_out + u'/' + QLatin1String(name) + QStringLiteral(".png"));
    }

    test::Programs m_programs;
    QString m_out;
    test::StepReport m_report;
    test::DemoStage m_stage;
    qint64 m_appointmentsBefore = 0;
    Instant m_firstStart; ///< Of the booking that is moved later.
    std::optional<AppUnderTest> m_desktop;
    std::optional<AppUnderTest> m_kiosk;
};

} // namespace

Result<void> runMainJob(const test::Programs &programs, const QString &out)
{
    return MainJob(programs, out).run();
}

} // namespace strop::demo_run
