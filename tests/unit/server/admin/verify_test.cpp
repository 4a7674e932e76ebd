#include "server/admin/verify.h"

#include "tests/unit/server/salon_server.h"

using namespace strop;
using namespace strop::server;
using namespace strop::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// A shop with two bookings by a device, sound until a test does something to it.
class Verification : public testing::Test
{
protected:
    void SetUp() override
    {
        const auto outcome = must(m_server.store->push(
            {m_desktop.job({m_desktop.write(m_server.customer(1)),
                            m_desktop.write(m_server.salon.booking(1, m_server.salon.at(10))),
                            m_desktop.write(m_server.salon.booking(2, m_server.salon.at(11)))})}));
        must(outcome.answers.front());
    }

    void damage(const QString &sql) { must(m_server.store->database().run(sql)); }
    [[nodiscard]] QStringList defects() { return must(findDefects(m_server.store->database())); }

    SalonServer m_server;
    PushingDevice m_desktop = m_server.device();
};

MATCHER_P(Says, text, "contains " + testing::PrintToString(text))
{
    return arg.contains(QString::fromUtf8(text));
}

} // namespace

TEST_F(Verification, FindsNothingInASoundDatabase)
{
    EXPECT_THAT(defects(), IsEmpty());
}

TEST_F(Verification, FindsABarberWithTwoCustomersAtOnce)
{
    damage(u"UPDATE appointment SET end_ms = end_ms + 3600000"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("same barber at the same time")));
}

TEST_F(Verification, FindsABusinessThatCannotOpenWhatItsKiosksSeal)
{
    damage(u"UPDATE business_key SET secret = randomblob(32)"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("cannot open")));
    damage(u"DELETE FROM business_key"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("cannot open")));
}

TEST_F(Verification, LetsCancelledAppointmentsOverlap)
{
    damage(u"UPDATE appointment SET end_ms = end_ms + 3600000, status = 'cancelled'"_qs);
    EXPECT_THAT(defects(), IsEmpty());
}

TEST_F(Verification, FindsARowAboveTheNewestVersion)
{
    damage(u"UPDATE customer SET version = version + 100"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("above the newest")));
}

TEST_F(Verification, FindsARowThatDoesNotDecode)
{
    damage(u"UPDATE visit SET source = 'a dream' WHERE id IN (SELECT id FROM visit LIMIT 1)"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("cannot be read")));
}

TEST_F(Verification, FindsASettledWriteThatIsNotInTheLog)
{
    damage(u"DELETE FROM mutation_log WHERE mutation_id = 2"_qs);
    EXPECT_THAT(defects(), ElementsAre(Says("has 3 settled writes, but 2 are in the log")));
}

TEST_F(Verification, FindsADamagedPage)
{
    auto &database = m_server.store->database();
    must(database.checkpoint());
    const auto cell = [&](const QString &sql) { return std::get<qint64>(must(database.cell(sql)).value()); };
    const qint64 pageBytes = cell(u"PRAGMA page_size"_qs);
    const qint64 page = cell(u"SELECT rootpage FROM sqlite_master WHERE name = 'customer'"_qs);
    m_server.store.reset();
    const QString path = m_server.folder.filePath(u"strop.db"_qs);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite) && file.seek((page - 1) * pageBytes));
    file.write(QByteArray(64, '\xa5'));
    file.close();
    EXPECT_THAT(findDefects(*must(storage::Database::open({.path = path}))),
                FailsWith(ErrorCode::StorageCorrupt));
}
