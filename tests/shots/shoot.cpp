#include "tests/shots/shoot.h"

#include "tests/support/driver/demo_stage.h"
#include "tests/support/driver/step_report.h"

#include <QDir>

namespace strop::shots {

using test::AppUnderTest;
using test::Target;

namespace {

struct Variant
{
    const char *name;
    QStringList flags;
};

const std::vector<Variant> &variants()
{
    static const std::vector<Variant> all{
        {"light", {}},
        {"dark", {QStringLiteral("--dark")}},
        {"right-to-left", {QStringLiteral("--rtl")}},
        {"text-200", {QStringLiteral("--text-scale"), QStringLiteral("2")}}};
    return all;
}

/// One variant of both apps, page by page, in the order in which a person would see them.
class Shoot
{
public:
    Shoot(const test::Programs &programs, const QString &out, const Variant &variant)
        : m_folder(out + u'/' + QLatin1String(variant.name))
        , m_stage(programs, m_folder + QStringLiteral("/data"))
        , m_programs(programs)
        , m_flags(QStringList(QStringLiteral("--reduced-motion")) + variant.flags)
    {}

    Result<void> run()
    {
        STROP_TRY(m_stage.makeShop());
        STROP_TRY(m_stage.server().start());
        AppUnderTest desktop(m_programs, "strop-desktop", m_stage.desktopArguments() + m_flags);
        AppUnderTest kiosk(m_programs, "strop-kiosk", m_stage.kioskArguments() + m_flags);
        STROP_TRY(shootFirstRuns(desktop, kiosk));
        STROP_TRY(shootKiosk(kiosk));
        STROP_TRY(shootDesktop(desktop));
        STROP_TRY(shootOffline(desktop, kiosk));
        QDir(m_folder + QStringLiteral("/data")).removeRecursively();
        return {};
    }

private:
    Result<void> shootFirstRuns(AppUnderTest &desktop, AppUnderTest &kiosk)
    {
        STROP_TRY(desktop.start());
        STROP_TRY(desktop.waitFor(Target::named(QStringLiteral("tabCreate"))));
        STROP_TRY(picture(desktop, "desktop-first-run-create"));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("tabJoin"))));
        STROP_TRY(picture(desktop, "desktop-first-run-join"));
        STROP_TRY(m_stage.logIn(desktop));
        STROP_TRY(kiosk.start());
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("pair"))));
        STROP_TRY(picture(kiosk, "kiosk-pairing"));
        STROP_TRY(test::DemoStage::pair(desktop, kiosk));
        STROP_TRY(picture(desktop, "desktop-devices"));
        return desktop.tap(Target::named(QStringLiteral("railCalendar")));
    }

    Result<void> shootKiosk(AppUnderTest &kiosk)
    {
        STROP_TRY(picture(kiosk, "kiosk-attract"));
        STROP_TRY(kiosk.tap(Target::named(QStringLiteral("begin"))));
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("service-Classic cut"))));
        STROP_TRY(picture(kiosk, "kiosk-service"));
        STROP_TRY(kiosk.tap(Target::named(QStringLiteral("service-Classic cut"))));
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("firstFree"))));
        STROP_TRY(picture(kiosk, "kiosk-barber"));
        STROP_TRY(kiosk.tap(Target::named(QStringLiteral("firstFree"))));
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("time-0"))));
        STROP_TRY(picture(kiosk, "kiosk-time"));
        STROP_TRY(kiosk.tap(Target::named(QStringLiteral("time-0"))));
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("name"))));
        STROP_TRY(picture(kiosk, "kiosk-details-name"));
        STROP_TRY(test::enterName(kiosk, QStringLiteral("Priya Nair")));
        STROP_TRY(test::enterPhone(kiosk, QStringLiteral("07700900")));
        STROP_TRY(picture(kiosk, "kiosk-details-phone"));
        STROP_TRY(test::enterPhone(kiosk, QStringLiteral("111")));
        STROP_TRY(test::confirmBooking(kiosk));
        STROP_TRY(picture(kiosk, "kiosk-booked"));
        return kiosk.tap(Target::named(QStringLiteral("finish")));
    }

    Result<void> shootDesktop(AppUnderTest &desktop)
    {
        const Target card = Target::named(QStringLiteral("card-Priya Nair"));
        STROP_TRY(desktop.waitFor(card));
        STROP_TRY(picture(desktop, "desktop-day"));
        STROP_TRY(desktop.tap(card));
        STROP_TRY(picture(desktop, "desktop-appointment"));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("closeSheet"))));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("newAppointment"))));
        STROP_TRY(desktop.waitFor(Target::named(QStringLiteral("customerName"))));
        STROP_TRY(desktop.fill(QStringLiteral("customerName"), QStringLiteral("ma")));
        STROP_TRY(picture(desktop, "desktop-new-appointment"));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("closeSheet"))));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("syncPill"))));
        STROP_TRY(picture(desktop, "desktop-sync-up-to-date"));
        return desktop.tap(Target::named(QStringLiteral("closeSheet")));
    }

    Result<void> shootOffline(AppUnderTest &desktop, AppUnderTest &kiosk)
    {
        STROP_TRY(m_stage.server().stop());
        STROP_TRY(kiosk.waitFor(Target::named(QStringLiteral("connectionLine"))));
        STROP_TRY(picture(kiosk, "kiosk-offline"));
        STROP_TRY(desktop.waitFor(Target::containing(QStringLiteral("all changes kept"))));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("card-Priya Nair"))));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("status-arrived"))));
        STROP_TRY(desktop.tap(Target::named(QStringLiteral("syncPill"))));
        STROP_TRY(desktop.waitFor(Target::containing(QStringLiteral("status"))));
        return picture(desktop, "desktop-offline");
    }

    Result<void> picture(AppUnderTest &app, const char *page)
    {
        return app.grab(m_folder + u'/' + QLatin1String(page) + QStringLiteral(".png"));
    }

    QString m_folder;
    test::DemoStage m_stage;
    test::Programs m_programs;
    QStringList m_flags;
};

} // namespace

Result<void> shootAll(const test::Programs &programs, const QString &out)
{
    test::StepReport report;
    for (const Variant &variant : variants()) {
        STROP_TRY(report.step(QStringLiteral("draws every page: ") + QLatin1String(variant.name),
                              [&] { return Shoot(programs, out, variant).run(); }));
    }
    return {};
}

} // namespace strop::shots
