#include "tests/fuzz/seeds.h"

#include "server/app/config.h"
#include "shared/crypto/digest.h"
#include "shared/protocol/codec.h"
#include "shared/protocol/pairing.h"
#include "shared/storage/tables.h"
#include "shared/sync/device_identity.h"
#include "shared/sync/outbox.h"
#include "tests/fuzz/fuzz_shop.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace strop::fuzz {

using namespace protocol;
using mutators::encodeMutation;

namespace {

/// The rows of the shop as a role sees them.
std::vector<QCborArray> tablesFor(Role role)
{
    FuzzShop shop;
    storage::RowStore store = shop.store();
    std::vector<QCborArray> tables;
    for (const storage::TableDescriptor *table : storage::allTables()) {
        storage::TableRows content{table, {}};
        const auto read = store.eachRow(*table, [&](const storage::Row &row) -> Result<void> {
            content.rows.push_back(row);
            return {};
        });
        promise(read.has_value(), "the shop can be read");
        if (table->visibleTo(role))
            tables.push_back(storage::encodeRows(content, role));
    }
    return tables;
}

Push pushOfEverything()
{
    Push push;
    QByteArray hash;
    for (const mutators::Mutation &one : FuzzShop::mutations()) {
        const QByteArray bytes = encodeMutation(one);
        const qint64 id = qint64(push.mutations.size()) + 1;
        hash = crypto::digest(chainText(hash, id, bytes));
        push.mutations.push_back({id, hash, bytes});
    }
    return push;
}

std::vector<Seed> messages()
{
    const Error taken{ErrorCode::SlotTaken, QStringLiteral("Taken."), {}};
    const DeviceId device{FuzzShop::business().uuid};
    const RowBatch batch{3, 9, tablesFor(Role::Kiosk)};
    const std::pair<const char *, Message> all[] = {
        {"challenge", Challenge{QByteArray(nonceBytes, 'n')}},
        {"hello", Hello{protocol::version, device, QByteArray(64, 's'), 41, "epoch"}},
        {"welcome", Welcome{FuzzShop::business(), Role::Barber, "epoch", 99, 7, 2500}},
        {"push", pushOfEverything()},
        {"ack", Ack{{{1, std::nullopt}, {2, taken}}, 12}},
        {"pull", Pull{41}},
        {"delta", Delta{batch}},
        {"snapshot", Snapshot{batch, true}},
        {"behind", Behind{}},
        {"request",
         Request{5, QStringLiteral("pairing.create"), {{QStringLiteral("role"), QStringLiteral("kiosk")}}}},
        {"response", Response{6, std::nullopt, {{QStringLiteral("code"), QStringLiteral("ABCD2345")}}}},
        {"response-error", Response{5, taken, {}}},
        {"ping", Ping{}},
        {"pong", Pong{}},
        {"error", ErrorMessage{taken}},
    };
    std::vector<Seed> seeds;
    for (const auto &[name, one] : all)
        seeds.push_back({name, encode(one)});
    return seeds;
}

std::vector<Seed> batches()
{
    std::vector<Seed> seeds;
    for (const Role role : {Role::Owner, Role::Kiosk}) {
        QCborArray batch;
        for (const QCborArray &table : tablesFor(role))
            batch.append(table);
        seeds.push_back({roleName(role).data(), QCborValue(batch).toCbor()});
    }
    return seeds;
}

std::vector<Seed> writes()
{
    std::vector<Seed> seeds;
    for (const mutators::Mutation &one : FuzzShop::mutations())
        seeds.push_back(
            {one.name.toLatin1() + '-' + QByteArray::number(qint64(seeds.size())), encodeMutation(one)});
    return seeds;
}

QByteArray selected(char which, const QJsonObject &document)
{
    return which + QJsonDocument(document).toJson(QJsonDocument::Compact);
}

std::vector<Seed> documents()
{
    const DeviceCard card{QStringLiteral("Tablet"), QByteArray(32, 'k')};
    const Enrolment enrolment{DeviceId{FuzzShop::business().uuid}, FuzzShop::business(), Role::Kiosk,
                              FuzzShop::shop()};
    const QJsonObject identity{{QStringLiteral("seed"), QString::fromLatin1(QByteArray(32, 's').toBase64())},
                               {QStringLiteral("enrolment"), toJson(enrolment)},
                               {QStringLiteral("server"), QStringLiteral("http://127.0.0.1:8420")}};
    return {
        {"create",
         selected('\0', toJson(CreateBusiness{card, QStringLiteral("Messerschnitt"), QStringLiteral("a@b.de"),
                                              QStringLiteral("a long password")}))},
        {"login", selected('\1', toJson(JoinByPassword{card, QStringLiteral("a@b.de"),
                                                       QStringLiteral("a long password")}))},
        {"code", selected('\2', toJson(JoinByCode{card, QStringLiteral("K7M2QX9D")}))},
        {"enrolment", selected('\3', toJson(enrolment))},
        {"error", selected('\4', toJson(Error{ErrorCode::SlotTaken, QStringLiteral("Taken."), {}}))},
        {"device", selected('\5', identity)},
    };
}

std::vector<Seed> texts()
{
    const auto selectedText = [](char which, const QByteArray &rest) { return which + rest; };
    return {
        {"settings",
         selectedText('\0', "# a comment\ndata = /srv/strop\nlisten = [::1]:8420\nsignup = closed\n"
                            "hub-threads = 2\nheartbeat-ms = 4000\n")},
        {"flags", selectedText('\1', "--data\n/srv/strop\n--listen\n127.0.0.1:0\n--log-level\ndebug")},
        {"hours", selectedText('\2', "09:00-13:00,14:00-24:00")},
        {"zone", selectedText('\3', "Europe/Madrid")},
        {"pairing-code", selectedText('\4', "k7m2-qx9d")},
        {"forwarded-for", selectedText('\5', "203.0.113.9, 2001:db8::7")},
        {"name", selectedText('\6', "no_show")},
        {"typed-write", selectedText('\7', "staff.retire {\"id\":\"0192f0c0-3344-7b6c-8d9e-1f2a3b4c5d6e\"}")},
    };
}

/// A queue of two writes in pages of 512 bytes, so that the seed is small.
std::vector<Seed> queues()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("outbox.db"));
    {
        Result<std::unique_ptr<sync::Outbox>> opened = sync::Outbox::open(path);
        promise(opened.has_value(), "an outbox opens");
        sync::Outbox &outbox = **opened;
        for (const mutators::Mutation &one : {FuzzShop::mutations().at(1), FuzzShop::mutations().at(6)})
            promise(outbox.append(one, instantFromMs(1)).has_value(), "a write is queued");
        const Error taken{ErrorCode::SlotTaken, QStringLiteral("Taken."), {}};
        promise(outbox.settle({{1, taken}}, 5).has_value(), "one is refused");
        storage::Database &database = outbox.database();
        promise(database.checkpoint().has_value(), "the log is moved into the file");
        promise(database.cell(QStringLiteral("PRAGMA journal_mode = DELETE")).has_value() &&
                    database.cell(QStringLiteral("PRAGMA page_size = 512")).has_value() &&
                    database.run(QStringLiteral("VACUUM")).has_value(),
                "the file is made small");
    }
    QFile file(path);
    promise(file.open(QIODevice::ReadOnly), "and is read");
    return {{"two-writes", file.readAll()}};
}

} // namespace

std::vector<Seed> seedsOf(const Target &target)
{
    const QByteArrayView name(target.name);
    if (name == "message")
        return messages();
    if (name == "rows")
        return batches();
    if (name == "mutation")
        return writes();
    if (name == "json")
        return documents();
    if (name == "text")
        return texts();
    return queues();
}

} // namespace strop::fuzz
