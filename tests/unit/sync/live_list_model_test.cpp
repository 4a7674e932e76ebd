#include "shared/sync/live_list_model.h"

#include "tests/unit/expect.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace strop;
using namespace strop::sync;

namespace {

struct Line
{
    int key;
    QString text;

    friend bool operator==(const Line &, const Line &) = default;
};

int keyOf(const Line &line)
{
    return line.key;
}

using Model = LiveListModel<Line, int (*)(const Line &)>;

/// Fails the test when the model breaks a rule of QAbstractItemModel.
struct Checked
{
    Model model{keyOf};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QSignalSpy inserted{&model, &QAbstractItemModel::rowsInserted};
    QSignalSpy removed{&model, &QAbstractItemModel::rowsRemoved};
    QSignalSpy moved{&model, &QAbstractItemModel::rowsMoved};
    QSignalSpy changed{&model, &QAbstractItemModel::dataChanged};
    QSignalSpy reset{&model, &QAbstractItemModel::modelReset};
};

} // namespace

Q_DECLARE_METATYPE(Line)

TEST(LiveListModel, ShowsEachRowInItsOneRole)
{
    Checked checked;
    checked.model.show({{1, u"one"_qs}, {2, u"two"_qs}});
    ASSERT_EQ(checked.model.rowCount(), 2);
    EXPECT_EQ(checked.model.roleNames().values(), QList<QByteArray>{"modelData"});
    EXPECT_EQ(checked.model.data(checked.model.index(1), Qt::UserRole).value<Line>().text, u"two"_qs);
    EXPECT_FALSE(checked.model.data(checked.model.index(1), Qt::DisplayRole).isValid());
    EXPECT_FALSE(checked.model.data({}, Qt::UserRole).isValid());
    EXPECT_EQ(checked.model.rowCount(checked.model.index(0)), 0) << "a list has no children";
}

TEST(LiveListModel, AnnouncesOnlyWhatDiffersAndNeverResets)
{
    Checked checked;
    checked.model.show({{1, u"a"_qs}, {2, u"b"_qs}, {3, u"c"_qs}});
    EXPECT_EQ(checked.inserted.size(), 3);
    checked.model.show({{1, u"a"_qs}, {2, u"b"_qs}, {3, u"c"_qs}});
    EXPECT_EQ(checked.inserted.size(), 3) << "nothing differs";
    checked.model.show({{1, u"a"_qs}, {2, u"changed"_qs}, {3, u"c"_qs}});
    EXPECT_EQ(checked.changed.size(), 1);
    EXPECT_EQ(checked.changed.front().front().toModelIndex().row(), 1);
    checked.model.show({{3, u"c"_qs}, {1, u"a"_qs}, {2, u"changed"_qs}});
    EXPECT_EQ(checked.moved.size(), 1);
    checked.model.show({{3, u"c"_qs}, {2, u"changed"_qs}});
    EXPECT_EQ(checked.removed.size(), 1);
    EXPECT_EQ(checked.reset.size(), 0);
    EXPECT_EQ(checked.model.rows(), (std::vector<Line>{{3, u"c"_qs}, {2, u"changed"_qs}}));
}

TEST(LiveListModel, KeepsAPersistentIndexOnItsRowThroughMovesAndRemovals)
{
    Checked checked;
    checked.model.show({{1, u"a"_qs}, {2, u"b"_qs}, {3, u"c"_qs}});
    const QPersistentModelIndex third = checked.model.index(2);
    checked.model.show({{3, u"c"_qs}, {1, u"a"_qs}, {2, u"b"_qs}});
    EXPECT_EQ(third.row(), 0);
    checked.model.show({{5, u"e"_qs}, {3, u"c"_qs}});
    EXPECT_EQ(third.row(), 1);
    checked.model.show({{5, u"e"_qs}});
    EXPECT_FALSE(third.isValid());
}

TEST(LiveListModel, FollowsAnySequenceOfLists)
{
    Checked checked;
    const std::vector<std::vector<int>> sequence{{},           {1, 2, 3, 4}, {4, 3, 2, 1}, {2, 9, 4},
                                                 {9, 4, 2, 7}, {1},          {},           {3, 1, 2}};
    for (const std::vector<int> &keys : sequence) {
        std::vector<Line> lines;
        for (const int key : keys)
            lines.push_back({key, QString::number(key)});
        checked.model.show(lines);
        EXPECT_EQ(checked.model.rows(), lines);
    }
}
