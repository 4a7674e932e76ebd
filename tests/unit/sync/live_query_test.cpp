#include "shared/sync/live_query.h"

#include "tests/unit/synced_store.h"

using namespace strop;
using namespace strop::sync;
using namespace strop::test;

namespace {

struct Named
{
    Uuid id;
    QString name;

    friend bool operator==(const Named &, const Named &) = default;
};

QuerySpec<Named> named(const QString &where = {})
{
    return {u"SELECT id, name FROM t "_qs + where + u" ORDER BY name"_qs,
            {},
            {u"t"_qs},
            [](const storage::RowReader &row) {
                return Named{row.uuid(0), row.text(1)};
            },
            [](const Named &one) { return one.id; }};
}

/// A query over a small table, with everything that it delivered.
struct Watched
{
    std::unique_ptr<storage::Database> database = [] {
        auto opened = must(storage::Database::open({.path = u":memory:"_qs}));
        must(opened->run(u"CREATE TABLE t (id, name)"_qs));
        return opened;
    }();
    std::vector<Diff<Named>> delivered;
    LiveQuery<Named> query{named(), [this](const Diff<Named> &diff) { delivered.push_back(diff); }};

    void insert(quint8 id, const QString &name)
    {
        must(database->run(u"INSERT INTO t VALUES (?, ?)"_qs, {uuidOf(id).toBytes(), name}));
    }

    [[nodiscard]] QStringList shown() const
    {
        std::vector<Named> rows;
        for (const Diff<Named> &diff : delivered)
            applyDiff(rows, diff);
        QStringList names;
        for (const Named &one : rows)
            names += one.name;
        return names;
    }
};

} // namespace

TEST(LiveQuery, DeliversTheWholeResultFirst)
{
    Watched watched;
    watched.insert(1, u"b"_qs);
    watched.insert(2, u"a"_qs);
    ASSERT_THAT(watched.query.refresh(*watched.database), Succeeds());
    EXPECT_EQ(watched.shown(), (QStringList{u"a"_qs, u"b"_qs}));
}

TEST(LiveQuery, DeliversAnEmptyResultOnce)
{
    Watched watched;
    must(watched.query.refresh(*watched.database));
    must(watched.query.refresh(*watched.database));
    ASSERT_EQ(watched.delivered.size(), 1U) << "so that a screen knows that there is nothing";
    EXPECT_TRUE(watched.delivered.front().empty());
}

TEST(LiveQuery, DeliversNothingWhenNothingDiffers)
{
    Watched watched;
    watched.insert(1, u"a"_qs);
    must(watched.query.refresh(*watched.database));
    must(watched.query.refresh(*watched.database));
    EXPECT_EQ(watched.delivered.size(), 1U);
}

TEST(LiveQuery, DeliversTheDifferenceOnly)
{
    Watched watched;
    watched.insert(1, u"a"_qs);
    watched.insert(3, u"c"_qs);
    must(watched.query.refresh(*watched.database));
    watched.insert(2, u"b"_qs);
    must(watched.query.refresh(*watched.database));
    ASSERT_EQ(watched.delivered.size(), 2U);
    ASSERT_EQ(watched.delivered.back().size(), 1U);
    EXPECT_EQ(std::get<Inserted<Named>>(watched.delivered.back().front()).at, 1);
    EXPECT_EQ(watched.shown(), (QStringList{u"a"_qs, u"b"_qs, u"c"_qs}));
}

TEST(LiveQuery, PassesOnAFailureAndGoesOnFromWhatItHadDelivered)
{
    Watched watched;
    watched.insert(1, u"a"_qs);
    must(watched.query.refresh(*watched.database));
    must(watched.database->run(u"ALTER TABLE t RENAME TO away"_qs));
    EXPECT_THAT(watched.query.refresh(*watched.database), FailsWith(ErrorCode::StorageFailure));
    must(watched.database->run(u"ALTER TABLE away RENAME TO t"_qs));
    watched.insert(2, u"b"_qs);
    must(watched.query.refresh(*watched.database));
    EXPECT_EQ(watched.shown(), (QStringList{u"a"_qs, u"b"_qs}));
}
