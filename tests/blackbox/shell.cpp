#include "tests/blackbox/shell.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <unistd.h>

namespace strop::test {
namespace {

constexpr int endMs = 60'000;
constexpr uid_t nobody = 65534;

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

const QString Shell::email = QStringLiteral("anna@example.com");
const QByteArray Shell::password = "scissors & comb";
const QString Shell::shop = QStringLiteral("019e0000-0000-7000-8000-000000000002");
const QString Shell::barber = QStringLiteral("019e0000-0000-7000-8000-000000000003");
const QString Shell::service = QStringLiteral("019e0000-0000-7000-8000-000000000004");

Programs realPrograms()
{
    return {QStringLiteral(STROP_BIN), {}};
}

Ending run(const char *program, const QStringList &arguments, const QByteArray &input, bool asNobody)
{
    QProcess process;
    if (asNobody)
        process.setChildProcessModifier([] {
            if (::geteuid() == 0 && ::setuid(nobody) != 0)
                ::_exit(126);
        });
    process.start(realPrograms().path(program), arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(endMs) && process.exitStatus() == QProcess::NormalExit;
    if (!ended)
        process.kill();
    process.waitForFinished();
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

std::vector<QJsonObject> jsonLines(const QByteArray &printed)
{
    std::vector<QJsonObject> lines;
    for (const QByteArray &line : printed.split('\n')) {
        if (!line.isEmpty())
            lines.push_back(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

Shell::Shell()
    : m_server(realPrograms(), folder(QStringLiteral("server")))
{}

QByteArray Shell::admin(const QStringList &arguments, const QByteArray &input) const
{
    return must(runTool(realPrograms().path("strop-admin"),
                        QStringList{QStringLiteral("--data"), folder(QStringLiteral("server"))} + arguments,
                        input));
}

Result<QByteArray> Shell::tryDevice(const QString &name, const QStringList &arguments) const
{
    return runTool(realPrograms().path("strop-device"),
                   QStringList{QStringLiteral("--data"), folder(name)} + arguments);
}

QByteArray Shell::device(const QString &name, const QStringList &arguments) const
{
    return must(tryDevice(name, arguments));
}

void Shell::mutate(const QString &name, const QString &mutation, const QJsonObject &arguments) const
{
    device(name, {QStringLiteral("mutate"), mutation, QString::fromUtf8(compact(arguments))});
}

void Shell::sync(const QString &name) const
{
    device(name, {QStringLiteral("sync"), QStringLiteral("--until-idle")});
}

std::vector<QJsonObject> Shell::rows(const QString &name, const QString &table) const
{
    return jsonLines(device(name, {QStringLiteral("query"), table}));
}

void Shell::createBusiness() const
{
    admin({QStringLiteral("create-business"), QStringLiteral("Sharp Cuts"), QStringLiteral("--email"), email,
           QStringLiteral("--password-stdin")},
          password + '\n');
}

void Shell::pair(const QString &name, const QString &role) const
{
    const QByteArray made = admin({QStringLiteral("pairing-code"), QStringLiteral("--role"), role});
    const QString code = jsonLines(made).front().value(QStringLiteral("code")).toString();
    device(name, {QStringLiteral("pair"), code, QStringLiteral("--server"), m_server.url().toString(),
                  QStringLiteral("--name"), name});
}

void Shell::openShop()
{
    createBusiness();
    must(m_server.start());
    const QString desk = QStringLiteral("desk");
    pair(desk, QStringLiteral("owner"));
    mutate(desk, QStringLiteral("shop.put"),
           {{QStringLiteral("id"), shop},
            {QStringLiteral("name"), QStringLiteral("Old Street")},
            {QStringLiteral("zone"), QStringLiteral("Europe/London")},
            {QStringLiteral("currency"), QStringLiteral("GBP")},
            {QStringLiteral("locale"), QStringLiteral("en-GB")},
            {QStringLiteral("booking_grid_minutes"), 15}});
    mutate(desk, QStringLiteral("staff.put"),
           {{QStringLiteral("id"), barber},
            {QStringLiteral("shop_id"), shop},
            {QStringLiteral("name"), QStringLiteral("Figaro")}});
    mutate(desk, QStringLiteral("service.put"),
           {{QStringLiteral("id"), service},
            {QStringLiteral("shop_id"), shop},
            {QStringLiteral("name"), QStringLiteral("Cut")},
            {QStringLiteral("duration_minutes"), 30},
            {QStringLiteral("price_minor"), 2400}});
    mutate(desk, QStringLiteral("hours.put"),
           {{QStringLiteral("id"), freshId()},
            {QStringLiteral("shop_id"), shop},
            {QStringLiteral("weekday"), 2},
            {QStringLiteral("intervals"), QStringLiteral("09:00-18:00")}});
    sync(desk);
}

void Shell::addCustomer(const QString &name, const QString &customer) const
{
    mutate(name, QStringLiteral("customer.put"),
           {{QStringLiteral("id"), freshId()},
            {QStringLiteral("shop_id"), shop},
            {QStringLiteral("name"), customer},
            {QStringLiteral("phone"), QStringLiteral("+447700900123")}});
}

sync::DeviceIdentity Shell::identityOf(const QString &name) const
{
    return must(sync::loadIdentity(folder(name)));
}

QString Shell::freshId() const
{
    SystemRandom random;
    return Uuid::v7(SystemClock().now(), random).toString();
}

void Shell::configure(const QByteArray &settings) const
{
    QDir().mkpath(folder(QStringLiteral("server")));
    QFile file(folder(QStringLiteral("server/strop-server.conf")));
    if (!file.open(QIODevice::WriteOnly) || file.write(settings) != settings.size())
        throw std::runtime_error("the configuration was not written");
}

QByteArray Shell::rawLog() const
{
    QFile file(folder(QStringLiteral("server.log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<QJsonObject> Shell::log(const QString &event) const
{
    std::vector<QJsonObject> lines = jsonLines(rawLog());
    if (!event.isEmpty())
        std::erase_if(lines, [&event](const QJsonObject &line) {
            return line.value(QStringLiteral("event")).toString() != event;
        });
    return lines;
}

} // namespace strop::test
