#include "shared/sync/keyed_diff.h"

#include "tests/unit/expect.h"

#include <QString>
#include <rapidcheck/gtest.h>

using namespace strop;
using namespace strop::sync;

namespace {

struct Card
{
    int key;
    int face;

    friend bool operator==(const Card &, const Card &) = default;
    friend std::ostream &operator<<(std::ostream &out, const Card &card)
    {
        return out << card.key << ':' << card.face;
    }
};

using Cards = std::vector<Card>;

int keyOf(const Card &card)
{
    return card.key;
}

/// Cards of distinct keys out of few, in any order, so that two hands share many of them.
rc::Gen<Cards> hands()
{
    const auto card = rc::gen::construct<Card>(rc::gen::inRange(0, 12), rc::gen::inRange(0, 3));
    return rc::gen::map(rc::gen::container<Cards>(card), [](const Cards &drawn) {
        Cards distinct;
        for (const Card &one : drawn) {
            if (std::none_of(distinct.begin(), distinct.end(),
                             [&](const Card &other) { return other.key == one.key; }))
                distinct.push_back(one);
        }
        return distinct;
    });
}

template <typename Kind>
int count(const Diff<Card> &diff)
{
    return int(std::count_if(diff.begin(), diff.end(),
                             [](const Step<Card> &step) { return std::holds_alternative<Kind>(step); }));
}

} // namespace

RC_GTEST_PROP(KeyedDiff, LeadsFromTheOneListToTheOther, ())
{
    const Cards before = *hands();
    const Cards after = *hands();
    Cards cards = before;
    applyDiff(cards, diffByKey(before, after, keyOf));
    RC_ASSERT(cards == after);
}

RC_GTEST_PROP(KeyedDiff, InsertsWhatIsNewRemovesWhatIsGoneAndNothingElse, ())
{
    const Cards before = *hands();
    const Cards after = *hands();
    const auto missingIn = [](const Cards &here, const Cards &there) {
        return int(std::count_if(here.begin(), here.end(), [&](const Card &card) {
            return std::none_of(there.begin(), there.end(),
                                [&](const Card &other) { return other.key == card.key; });
        }));
    };
    const Diff<Card> diff = diffByKey(before, after, keyOf);
    RC_ASSERT(count<Inserted<Card>>(diff) == missingIn(after, before));
    RC_ASSERT(count<Removed>(diff) == missingIn(before, after));
}

RC_GTEST_PROP(KeyedDiff, MovesUpwardsOnlyAndOnlyInsideTheList, ())
{
    const Cards before = *hands();
    const Cards after = *hands();
    Cards cards = before;
    for (const Step<Card> &step : diffByKey(before, after, keyOf)) {
        if (const auto *moved = std::get_if<Moved>(&step)) {
            RC_ASSERT(moved->to < moved->from);
            RC_ASSERT(moved->to >= 0 && moved->from < int(cards.size()));
        }
        applyDiff(cards, {step});
    }
}

RC_GTEST_PROP(KeyedDiff, MovesNothingThatKeepsItsOrder, ())
{
    const Cards before = *hands();
    Cards after;
    for (const Card &card : before) {
        if (*rc::gen::arbitrary<bool>())
            after.push_back({card.key, *rc::gen::inRange(0, 3)});
    }
    RC_ASSERT(count<Moved>(diffByKey(before, after, keyOf)) == 0);
}

TEST(KeyedDiff, OfEqualListsIsEmpty)
{
    const Cards cards{{1, 0}, {2, 0}};
    EXPECT_TRUE(diffByKey(cards, cards, keyOf).empty());
    EXPECT_TRUE(diffByKey(Cards(), Cards(), keyOf).empty());
}

TEST(KeyedDiff, TellsAChangedRowAsOneChange)
{
    const auto diff = diffByKey(Cards{{1, 0}, {2, 0}, {3, 0}}, Cards{{1, 0}, {2, 9}, {3, 0}}, keyOf);
    ASSERT_EQ(diff.size(), 1U);
    EXPECT_EQ(std::get<Changed<Card>>(diff.front()).at, 1);
    EXPECT_EQ(std::get<Changed<Card>>(diff.front()).row, (Card{2, 9}));
}

TEST(KeyedDiff, TellsAMovedAndChangedRowAsAMoveThenAChange)
{
    const auto diff = diffByKey(Cards{{1, 0}, {2, 0}, {3, 0}}, Cards{{3, 7}, {1, 0}, {2, 0}}, keyOf);
    ASSERT_EQ(diff.size(), 2U);
    EXPECT_EQ(std::get<Moved>(diff[0]).from, 2);
    EXPECT_EQ(std::get<Moved>(diff[0]).to, 0);
    EXPECT_EQ(std::get<Changed<Card>>(diff[1]).at, 0);
}
