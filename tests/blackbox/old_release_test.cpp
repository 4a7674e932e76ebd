#include "shared/base/json_file.h"
#include "tests/blackbox/raw_client.h"
#include "tests/blackbox/shell.h"
#include "tests/unit/traces.h"

#include <QCborArray>
#include <QCborMap>
#include <QDir>

/// The folders that Strop 0.1.0 left (tests/fixtures/0.1.0), with the programs of today: everything opens,
/// nothing is lost, what waited drains to the server that was updated, and a device that was not updated is
/// served on.

using namespace strop;
using namespace strop::test;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const QString fixtures = QStringLiteral(STROP_FIXTURES "/0.1.0");
const QString desktop = QStringLiteral("desktop");
const QString kiosk = QStringLiteral("kiosk");

/// As make.py gives them out.
QString idOf(int number)
{
    return QStringLiteral("019e0000-0000-7000-8000-%1").arg(number, 12, 16, QLatin1Char('0'));
}

class OldRelease : public testing::Test
{
protected:
    void SetUp() override
    {
        for (const QString &name : {QStringLiteral("server"), desktop, kiosk})
            copy(name);
    }

    void copy(const QString &name) const
    {
        const QDir from(fixtures + u'/' + name);
        ASSERT_TRUE(QDir().mkpath(m_shell.folder(name)));
        ASSERT_FALSE(from.entryList(QDir::Files).isEmpty()) << from.path().toStdString();
        for (const QString &file : from.entryList(QDir::Files)) {
            const QString made = m_shell.folder(name) + u'/' + file;
            ASSERT_TRUE(QFile::copy(from.filePath(file), made));
            QFile::setPermissions(made, QFile::ReadOwner | QFile::WriteOwner);
        }
    }

    /// Starts the updated server, and tells the devices where it is now.
    void start()
    {
        must(m_shell.server().start());
        for (const QString &device : {desktop, kiosk}) {
            const QString path = m_shell.folder(device) + QStringLiteral("/device.json");
            QJsonObject json = must(readJsonFile(path));
            json.insert(QStringLiteral("server"), m_shell.server().url().toString());
            must(writeJsonFile(path, json));
        }
    }

    [[nodiscard]] std::vector<QJsonObject> pending(const QString &device, const QString &state) const
    {
        std::vector<QJsonObject> lines = jsonLines(m_shell.device(device, {QStringLiteral("pending")}));
        std::erase_if(lines, [&](const QJsonObject &line) {
            return line.value(QStringLiteral("state")).toString() != state;
        });
        return lines;
    }

    [[nodiscard]] QJsonObject row(const QString &device, const QString &table, const QString &id) const
    {
        for (const QJsonObject &one : m_shell.rows(device, table)) {
            if (one.value(QStringLiteral("id")).toString() == id)
                return one;
        }
        return {};
    }

    /// The name of whoever an appointment is for.
    [[nodiscard]] QString customerOf(const QString &appointment) const
    {
        const QJsonObject visit =
            row(desktop, QStringLiteral("visit"),
                row(desktop, QStringLiteral("appointment"), appointment)[u"visit_id"].toString());
        return row(desktop, QStringLiteral("customer"), visit[u"customer_id"].toString())[u"name"].toString();
    }

    [[nodiscard]] QString statusOf(const QString &device, int appointment) const
    {
        return row(device, QStringLiteral("appointment"), idOf(appointment))[u"status"].toString();
    }

    Shell m_shell;
};

// A recorded session

struct Said
{
    bool byDevice = false;
    QByteArray message;
};

std::vector<Said> recorded(const QString &device)
{
    QFile file(QStringLiteral("%1/%2-session.jsonl").arg(fixtures, device));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("the session was not recorded");
    std::vector<Said> session;
    for (const QJsonObject &line : jsonLines(file.readAll()))
        session.push_back({line[u"from"].toString() == QLatin1String("device"),
                           QByteArray::fromHex(line[u"cbor"].toString().toLatin1())});
    return session;
}

/// Every cell of every row that batches brought, but for versions: table/id/column → cell.
using Cells = std::map<QString, QCborValue>;

void addCells(const protocol::RowBatch &batch, Cells &cells)
{
    for (const QCborArray &table : batch.tables) {
        const QCborArray columns = table.at(1).toArray();
        for (const QCborValue &row : table.at(2).toArray()) {
            const QString key = table.at(0).toString() + u'/' +
                                QString::fromLatin1(row.toArray().at(0).toByteArray().toHex()) + u'/';
            cells[key + QStringLiteral("deleted")] = row.toArray().at(2);
            for (qsizetype i = 0; i < columns.size(); ++i)
                cells[key + columns.at(i).toString()] = row.toArray().at(3 + i);
        }
    }
}

Cells cellsOf(const std::vector<protocol::Message> &messages)
{
    Cells cells;
    for (const protocol::Message &message : messages) {
        if (const auto *snapshot = std::get_if<protocol::Snapshot>(&message))
            addCells(snapshot->batch, cells);
        else if (const auto *delta = std::get_if<protocol::Delta>(&message))
            addCells(delta->batch, cells);
    }
    return cells;
}

template <typename Message>
Message only(const std::vector<protocol::Message> &messages)
{
    for (const protocol::Message &message : messages) {
        if (const auto *found = std::get_if<Message>(&message))
            return *found;
    }
    throw std::runtime_error("a message is missing");
}

/// Says what a device of 0.1.0 said, byte for byte but for the proof, which answers to this challenge.
std::vector<protocol::Message> replay(const QUrl &server, const std::vector<Said> &session,
                                      const sync::DeviceIdentity &identity)
{
    RawClient client(server);
    if (!client.isChallenged())
        throw std::runtime_error("the server does not answer");
    size_t heard = 0;
    bool proven = false;
    for (const Said &one : session) {
        if (!one.byDevice) {
            ++heard;
            continue;
        }
        // Until the server has answered as much as it had then; a delta may come with the snapshot.
        EXPECT_TRUE(eventually([&] { return client.received.size() >= std::min<size_t>(heard, 2); }));
        QByteArray bytes = one.message;
        if (!std::exchange(proven, true)) {
            QCborArray hello = QCborValue::fromCbor(bytes).toArray();
            const QByteArray nonce = std::get<protocol::Challenge>(client.received.front()).nonce;
            hello[3] = identity.key.sign(protocol::signedText(nonce, identity.enrolment.device));
            bytes = QCborValue(hello).toCbor();
            EXPECT_EQ(bytes.size(), one.message.size());
        }
        client.sendBytes(bytes);
    }
    EXPECT_TRUE(client.gets<protocol::Ack>());
    EXPECT_TRUE(client.gets<protocol::Snapshot>());
    // A commit may have slipped in between the snapshot and the deltas: then there is something to be pulled.
    const qint64 cursor = only<protocol::Snapshot>(client.received).batch.to;
    client.sendBytes(QCborValue(QCborArray{QStringLiteral("pull"), cursor}).toCbor());
    EXPECT_TRUE(eventually([&] {
        return std::count_if(client.received.begin(), client.received.end(), [](const auto &message) {
                   return std::holds_alternative<protocol::Snapshot>(message);
               }) == 2;
    }));
    EXPECT_TRUE(client.stands());
    return client.received;
}

std::vector<protocol::Message> answersIn(const std::vector<Said> &session)
{
    std::vector<protocol::Message> answers;
    for (const Said &one : session) {
        if (!one.byDevice)
            answers.push_back(must(protocol::decode(one.message, protocol::maxServerMessageBytes)));
    }
    return answers;
}

/// What the server answers now means to a device of 0.1.0 what it meant then.
void expectTheSame(const std::vector<protocol::Message> &now, const std::vector<protocol::Message> &then)
{
    const auto welcome = only<protocol::Welcome>(now);
    const auto before = only<protocol::Welcome>(then);
    EXPECT_EQ(welcome.business, before.business);
    EXPECT_EQ(welcome.role, before.role);
    EXPECT_EQ(welcome.epoch, before.epoch);
    EXPECT_EQ(welcome.lastMutationId, before.lastMutationId);
    const auto ack = only<protocol::Ack>(now);
    const auto ackThen = only<protocol::Ack>(then);
    ASSERT_EQ(ack.settled.size(), ackThen.settled.size());
    for (size_t i = 0; i < ack.settled.size(); ++i) {
        EXPECT_EQ(ack.settled[i].id, ackThen.settled[i].id);
        EXPECT_EQ(ack.settled[i].rejection, ackThen.settled[i].rejection);
    }
    const Cells cells = cellsOf(now);
    const Cells cellsThen = cellsOf(then);
    EXPECT_FALSE(cellsThen.empty());
    for (const auto &[key, cell] : cellsThen) {
        const auto found = cells.find(key);
        ASSERT_NE(found, cells.end()) << key.toStdString();
        EXPECT_EQ(found->second, cell) << key.toStdString();
    }
}

} // namespace

TEST_F(OldRelease, FoldersOpenOfflineWithEverythingThatWaitsAndWasRefused)
{
    EXPECT_THAT(pending(desktop, QStringLiteral("waiting")), SizeIs(5));
    EXPECT_THAT(pending(kiosk, QStringLiteral("waiting")), SizeIs(4));
    const auto refused = pending(kiosk, QStringLiteral("rejected"));
    ASSERT_THAT(refused, SizeIs(1));
    EXPECT_EQ(refused.front()[u"code"].toString(), QStringLiteral("slot_taken"));
    for (const int appointment : {30, 31, 33, 36})
        EXPECT_FALSE(row(desktop, QStringLiteral("appointment"), idOf(appointment)).isEmpty()) << appointment;
    EXPECT_EQ(customerOf(idOf(36)), QStringLiteral("Walter Waiting")) << "a write that waits, replayed";
    EXPECT_EQ(statusOf(desktop, 30), QStringLiteral("confirmed"));
    for (const int appointment : {34, 35})
        EXPECT_EQ(statusOf(kiosk, appointment), QStringLiteral("booked")) << appointment;
}

TEST_F(OldRelease, WhatWaitedDrainsToTheUpdatedServerAndNothingIsDropped)
{
    start();
    m_shell.sync(desktop);
    m_shell.sync(kiosk);
    m_shell.sync(desktop);
    m_shell.sync(kiosk);
    EXPECT_THAT(pending(desktop, QStringLiteral("waiting")), IsEmpty());
    EXPECT_THAT(pending(kiosk, QStringLiteral("waiting")), IsEmpty());
    EXPECT_THAT(pending(desktop, QStringLiteral("rejected")), IsEmpty());
    EXPECT_THAT(pending(kiosk, QStringLiteral("rejected")), SizeIs(1)) << "the one from before";
    EXPECT_EQ(customerOf(idOf(30)), QStringLiteral("Rosina Regular"));
    EXPECT_EQ(customerOf(idOf(34)), QStringLiteral("Olive Offline"));
    EXPECT_EQ(customerOf(idOf(35)), QStringLiteral("Otto Outage"));
    EXPECT_EQ(customerOf(idOf(36)), QStringLiteral("Walter Waiting"));
    EXPECT_EQ(statusOf(desktop, 30), QStringLiteral("confirmed"));
    EXPECT_EQ(statusOf(desktop, 33), QStringLiteral("cancelled"));
    EXPECT_EQ(row(desktop, QStringLiteral("appointment"), idOf(31))[u"start_ms"].toString(),
              QStringLiteral("2026-12-01T14:00:00.000Z"));
    EXPECT_THAT(m_shell.rows(desktop, QStringLiteral("appointment")), SizeIs(6));
    EXPECT_TRUE(m_shell.admin({QStringLiteral("verify")}).contains("\"verified\":true"));
}

TEST_F(OldRelease, ItsBusinessGetsAKeyAndItsKioskKeepsNoNameAnyMore)
{
    const QByteArrayList names = writtenForms(QStringLiteral("Olive Offline")) +
                                 writtenForms(QStringLiteral("Otto Outage")) +
                                 writtenForms(QStringLiteral("Lois Loser"));
    ASSERT_FALSE(filesWith(m_shell.folder(kiosk), names).isEmpty()) << "0.1.0 wrote them down";
    start();
    m_shell.sync(kiosk);
    EXPECT_EQ(filesWith(m_shell.folder(kiosk), names), QStringList());
    const auto business = m_shell.rows(kiosk, QStringLiteral("business"));
    ASSERT_THAT(business, SizeIs(1));
    EXPECT_EQ(QByteArray::fromBase64(business.front()[u"public_key"].toString().toLatin1()).size(), 32);

    m_shell.mutate(kiosk, QStringLiteral("appointment.book"),
                   {{QStringLiteral("id"), idOf(40)},
                    {QStringLiteral("visit_id"), idOf(40)},
                    {QStringLiteral("shop_id"), idOf(2)},
                    {QStringLiteral("staff_id"), idOf(4)},
                    {QStringLiteral("service_id"), idOf(5)},
                    {QStringLiteral("start_ms"), QStringLiteral("2026-12-01T16:00:00Z")},
                    {QStringLiteral("source"), QStringLiteral("kiosk")},
                    {QStringLiteral("customer"),
                     QJsonObject{{QStringLiteral("name"), QStringLiteral("Nora New")},
                                 {QStringLiteral("phone"), QStringLiteral("+447700900140")}}}});
    EXPECT_EQ(filesWith(m_shell.folder(kiosk), writtenForms(QStringLiteral("Nora New"))), QStringList());
    m_shell.sync(kiosk);
    m_shell.sync(desktop);
    EXPECT_EQ(customerOf(idOf(40)), QStringLiteral("Nora New"));
}

TEST_F(OldRelease, ADeviceThatWasNotUpdatedIsServedAsItWasThen)
{
    start();
    for (const QString &device : {desktop, kiosk}) {
        const std::vector<Said> session = recorded(device);
        const auto answers = replay(m_shell.server().url(), session, m_shell.identityOf(device));
        expectTheSame(answers, answersIn(session));
    }
    EXPECT_TRUE(m_shell.admin({QStringLiteral("verify")}).contains("\"verified\":true"));
}
