#include "client/device_cli/commands.h"

#include "client/device_cli/row_filter.h"
#include "shared/mutators/arguments.h"
#include "shared/mutators/registry.h"
#include "shared/net/pairing_client.h"
#include "shared/net/sync_connection.h"
#include "shared/sync/sealed_customer.h"

#include <QEventLoop>
#include <QJsonDocument>

namespace strop::client {

using net::SyncConnection;
using storage::RowReader;
using storage::TableDescriptor;
using sync::Replica;

namespace {

struct Workplace
{
    const DeviceCall &call;
    const Clock &clock;
    Random &random;
    QTextStream &out;
};

void print(QTextStream &out, const QJsonObject &line)
{
    out << QJsonDocument(line).toJson(QJsonDocument::Compact) << Qt::endl;
}

/// A paired folder, opened.
struct OpenDevice
{
    sync::DeviceIdentity identity;
    std::unique_ptr<Replica> replica;
};

Result<OpenDevice> openDevice(const Workplace &place)
{
    auto identity = sync::loadIdentity(place.call.dataDir);
    if (!identity && identity.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound,
                    QStringLiteral("%1 is not paired yet. Run: strop-device --data %1 --server URL pair CODE")
                        .arg(place.call.dataDir));
    if (!identity)
        return tl::unexpected(identity.error());
    const protocol::Enrolment &enrolment = identity->enrolment;
    STROP_TRY_ASSIGN(auto replica,
                     Replica::open(place.call.dataDir,
                                   {enrolment.business, enrolment.device, enrolment.role, enrolment.shop},
                                   place.clock, place.random));
    return OpenDevice{*identity, std::move(replica)};
}

Result<void> pair(const Workplace &place)
{
    if (place.call.arguments.size() != 1 || place.call.server.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give --server URL and one code: pair ABCD-EFGH"));
    if (sync::loadIdentity(place.call.dataDir))
        return fail(ErrorCode::AlreadyExists,
                    QStringLiteral("%1 is paired already. Use another folder for another device.")
                        .arg(place.call.dataDir));
    STROP_TRY_ASSIGN(const QUrl server, net::serverUrl(place.call.server));
    net::PairingClient client;
    QEventLoop loop;
    Result<sync::DeviceIdentity> paired = fail(ErrorCode::Internal, QString());
    client.pair(server,
                protocol::JoinByCode{{}, protocol::normalisedPairingCode(place.call.arguments.front())},
                place.call.name, place.call.dataDir, [&](Result<sync::DeviceIdentity> result) {
                    paired = std::move(result);
                    loop.quit();
                });
    loop.exec();
    STROP_TRY(paired);
    print(place.out, protocol::toJson(paired->enrolment));
    return {};
}

/// What a kiosk's customer typed goes into the write as the kiosk itself would put it there: sealed.
Result<void> sealInto(mutators::Mutation &mutation, const QJsonValue &given, Replica &replica, BusinessId id)
{
    const QJsonObject customer = given.toObject();
    if (mutation.name != QLatin1String(mutators::ArgumentsOf<mutators::AppointmentBook>::name) ||
        !given.isObject())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Only appointment.book takes a \"customer\" to seal: an object with "
                                   "\"name\" and \"phone\"."));
    STROP_TRY_ASSIGN(const auto business, replica.rows().get<domain::Business>(id));
    STROP_TRY_ASSIGN(const QByteArray box,
                     sync::sealCustomer({customer.value(QStringLiteral("name")).toString(),
                                         customer.value(QStringLiteral("phone")).toString(),
                                         customer.value(QStringLiteral("email")).toString()},
                                        business.value_or(domain::Business())));
    mutation.arguments.insert(QStringLiteral("sealed_customer"), box);
    return {};
}

Result<void> mutate(const Workplace &place)
{
    if (place.call.arguments.size() != 2)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give a name and its arguments: mutate NAME JSON. Names: %1")
                        .arg(mutators::mutatorNames().join(QStringLiteral(", "))));
    QJsonParseError problem;
    const QJsonDocument json = QJsonDocument::fromJson(place.call.arguments.at(1).toUtf8(), &problem);
    if (!json.isObject()) {
        const QString why =
            json.isArray() ? QStringLiteral("they are an array, in [] instead of {}") : problem.errorString();
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("The arguments are not a JSON object: %1.").arg(why));
    }
    QJsonObject arguments = json.object();
    const QJsonValue customer = arguments.take(QStringLiteral("customer"));
    STROP_TRY_ASSIGN(mutators::Mutation mutation,
                     mutators::mutationFromJson(place.call.arguments.at(0), arguments));
    STROP_TRY_ASSIGN(const OpenDevice device, openDevice(place));
    if (!customer.isUndefined())
        STROP_TRY(sealInto(mutation, customer, *device.replica, device.identity.enrolment.business));
    STROP_TRY_ASSIGN(const qint64 id, device.replica->mutate(mutation));
    print(place.out, {{QStringLiteral("queued"), id}});
    return {};
}

Result<const TableDescriptor *> namedTable(const QString &name)
{
    if (const TableDescriptor *table = storage::tableNamed(name))
        return table;
    QStringList names;
    for (const TableDescriptor *table : storage::allTables())
        names << table->name();
    return fail(
        ErrorCode::NotFound,
        QStringLiteral("There is no table \"%1\". Tables: %2").arg(name, names.join(QStringLiteral(", "))));
}

/// What a row has in its JSON form.
QStringList printedColumns(const TableDescriptor &table)
{
    QStringList names{QStringLiteral("id"), QStringLiteral("version")};
    for (const storage::Column &column : table.columns())
        names << column.name;
    return names;
}

Result<void> query(const Workplace &place)
{
    if (place.call.arguments.size() != 1)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("Give one table: query TABLE [--where COLUMN=VALUE …]"));
    STROP_TRY_ASSIGN(const TableDescriptor *table, namedTable(place.call.arguments.front()));
    STROP_TRY_ASSIGN(const RowFilter filter, RowFilter::parse(place.call.where, printedColumns(*table)));
    STROP_TRY_ASSIGN(const OpenDevice device, openDevice(place));
    return device.replica->rows().eachRow(*table, [&](const storage::Row &row) -> Result<void> {
        const QJsonObject json = storage::rowToJson(*table, row);
        if (!row.deleted && filter.matches(json))
            print(place.out, json);
        return {};
    });
}

Result<void> pending(const Workplace &place)
{
    STROP_TRY_ASSIGN(const OpenDevice device, openDevice(place));
    for (const sync::OutboxEntry &entry : device.replica->outbox().entries()) {
        print(place.out, {{QStringLiteral("id"), entry.id},
                          {QStringLiteral("mutation"), entry.mutation.name},
                          {QStringLiteral("state"),
                           entry.settledVersion ? QStringLiteral("settled") : QStringLiteral("waiting")}});
    }
    for (const sync::Rejection &rejection : device.replica->outbox().rejections()) {
        print(place.out, {{QStringLiteral("id"), rejection.id},
                          {QStringLiteral("mutation"), rejection.mutation.name},
                          {QStringLiteral("state"), QStringLiteral("rejected")},
                          {QStringLiteral("code"), QString(errorCodeName(rejection.error.code))},
                          {QStringLiteral("message"), rejection.error.message}});
    }
    return {};
}

Result<void> synchronise(const Workplace &place)
{
    STROP_TRY_ASSIGN(const OpenDevice device, openDevice(place));
    SyncConnection connection(*device.replica, device.identity, place.clock, place.random);
    QEventLoop loop;
    const auto check = [&] {
        if (connection.problem() || (place.call.untilIdle && connection.session().isIdle()))
            loop.quit();
    };
    QObject::connect(&connection, &SyncConnection::changed, &loop, check);
    device.replica->setListener(check);
    bool timedOut = false;
    if (place.call.untilIdle) {
        QTimer::singleShot(std::chrono::seconds(place.call.timeoutSeconds), &loop, [&] {
            timedOut = true;
            loop.quit();
        });
    }
    connection.start();
    loop.exec();
    device.replica->setListener({});
    if (connection.problem())
        return tl::unexpected(*connection.problem());
    if (timedOut)
        return fail(ErrorCode::NetworkFailure,
                    QStringLiteral("Not in sync after %1 s. Nothing is lost: run it again.")
                        .arg(place.call.timeoutSeconds));
    print(place.out, {{QStringLiteral("cursor"), device.replica->cursor()},
                      {QStringLiteral("rejected"), qint64(device.replica->outbox().rejections().size())}});
    return {};
}

struct WatchedRow
{
    Uuid id;
    QJsonObject json;

    friend bool operator==(const WatchedRow &, const WatchedRow &) = default;
};

sync::QuerySpec<WatchedRow> everyRowOf(const TableDescriptor &table)
{
    constexpr int firstColumn = 4; // after business_id, id, version and deleted
    return {QStringLiteral("SELECT %1 FROM %2 WHERE deleted = 0 ORDER BY id")
                .arg(table.columnList(), table.name()),
            {},
            {table.name()},
            [&table](const RowReader &row) {
                storage::Row read{row.uuid(1), row.integer(2), false, {}};
                for (int i = 0; i < int(table.columns().size()); ++i)
                    read.values.push_back(row.value(firstColumn + i));
                return WatchedRow{read.id, storage::rowToJson(table, read)};
            },
            [](const WatchedRow &row) { return row.id; }};
}

void printDiff(QTextStream &out, const TableDescriptor &table, const sync::Diff<WatchedRow> &diff)
{
    for (const auto &step : diff) {
        if (const auto *inserted = std::get_if<sync::Inserted<WatchedRow>>(&step))
            print(out, {{QStringLiteral("table"), table.name()},
                        {QStringLiteral("inserted"), inserted->row.json}});
        else if (const auto *changed = std::get_if<sync::Changed<WatchedRow>>(&step))
            print(out,
                  {{QStringLiteral("table"), table.name()}, {QStringLiteral("changed"), changed->row.json}});
        else if (const auto *removed = std::get_if<sync::Removed>(&step))
            print(out,
                  {{QStringLiteral("table"), table.name()}, {QStringLiteral("removed_at"), removed->at}});
    }
}

Result<void> watch(const Workplace &place)
{
    std::vector<const TableDescriptor *> tables;
    for (const QString &name : place.call.arguments) {
        STROP_TRY_ASSIGN(const TableDescriptor *table, namedTable(name));
        tables.push_back(table);
    }
    if (tables.empty())
        tables.assign(storage::allTables().begin(), storage::allTables().end());
    STROP_TRY_ASSIGN(const OpenDevice device, openDevice(place));
    std::vector<std::shared_ptr<sync::LiveQueryBase>> queries;
    for (const TableDescriptor *table : tables) {
        queries.push_back(std::make_shared<sync::LiveQuery<WatchedRow>>(
            everyRowOf(*table),
            [&out = place.out, table](const sync::Diff<WatchedRow> &diff) { printDiff(out, *table, diff); }));
        STROP_TRY(device.replica->watch(queries.back()));
    }
    SyncConnection connection(*device.replica, device.identity, place.clock, place.random);
    QEventLoop loop;
    QObject::connect(&connection, &SyncConnection::changed, &loop, [&] {
        print(place.out,
              {{QStringLiteral("live"), connection.session().state() == sync::SessionState::Live}});
        if (connection.problem())
            loop.quit();
    });
    connection.start();
    loop.exec();
    return tl::unexpected(*connection.problem());
}

Result<void> makeId(const Workplace &place)
{
    place.out << Uuid::v7(place.clock.now(), place.random).toString() << '\n';
    return {};
}

struct Verb
{
    const char *name;
    const char *what;
    Result<void> (*run)(const Workplace &place);
    bool takesArguments = true; ///< The others would pass over them in silence.
};

constexpr Verb verbs[] = {
    {"pair", "CODE --server URL [--name NAME]: makes this folder a device of a business", pair},
    {"mutate",
     "NAME JSON: queues a write, durably; sync sends it. appointment.book takes \"customer\": {\"name\", "
     "\"phone\"} too, and seals it",
     mutate},
    {"query", "TABLE [--where COLUMN=VALUE …]: its rows, waiting writes included", query},
    {"pending", "the writes that wait, and those that were rejected", pending, false},
    {"sync", "[--until-idle] [--timeout SECONDS]: talks to the server", synchronise, false},
    {"watch", "[TABLE …]: stays in sync and prints every change", watch},
    {"id", "a fresh id for a new row", makeId, false},
};

constexpr int longestName = int(std::string_view("pending").size());

} // namespace

Result<int> readSeconds(const QString &text)
{
    bool whole = false;
    const int seconds = text.toInt(&whole);
    if (whole && seconds > 0)
        return seconds;
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("\"%1\" is not a number of seconds. Give a whole one from 1 on.").arg(text));
}

Result<void> runDevice(const DeviceCall &call, const Clock &clock, Random &random, QTextStream &out)
{
    for (const Verb &verb : verbs) {
        if (call.verb != QLatin1String(verb.name))
            continue;
        if (!verb.takesArguments && !call.arguments.isEmpty())
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("%1 takes no arguments; this is one too many: %2")
                            .arg(call.verb, call.arguments.front()));
        return verb.run({call, clock, random, out});
    }
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("There is no verb \"%1\".\n%2").arg(call.verb, deviceVerbs()));
}

QString deviceVerbs()
{
    QString text = QStringLiteral("Verbs:\n");
    for (const Verb &verb : verbs)
        text += QStringLiteral("  %1  %2\n")
                    .arg(QLatin1String(verb.name), -longestName)
                    .arg(QString::fromUtf8(verb.what));
    return text;
}

} // namespace strop::client
