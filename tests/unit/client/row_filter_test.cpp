#include "client/device_cli/row_filter.h"

#include "tests/unit/expect.h"

/// The conditions of `strop-device query --where`.
namespace strop::client {
namespace {

using test::FailsSaying;
using test::must;

const QJsonObject row{{"status", "booked"},
                      {"price_minor", 2400},
                      {"start_ms", "2026-05-05T08:00:00.000Z"},
                      {"retired", true},
                      {"customer_id", QJsonValue::Null}};

bool matches(const QStringList &conditions)
{
    return must(RowFilter::parse(conditions, row.keys())).matches(row);
}

TEST(RowFilter, WithoutConditionsEveryRowMatches)
{
    EXPECT_TRUE(matches({}));
}

TEST(RowFilter, ComparesTexts)
{
    EXPECT_TRUE(matches({"status=booked"}));
    EXPECT_FALSE(matches({"status=Booked"}));
    EXPECT_TRUE(matches({"status!=done"}));
    EXPECT_FALSE(matches({"status!=booked"}));
}

TEST(RowFilter, ComparesNumbersAsNumbers)
{
    EXPECT_TRUE(matches({"price_minor>900"})) << "as texts, 2400 stands before 900";
    EXPECT_TRUE(matches({"price_minor<=2400"}));
    EXPECT_TRUE(matches({"price_minor>=2400"}));
    EXPECT_FALSE(matches({"price_minor<2400"}));
    EXPECT_TRUE(matches({"price_minor=2400.0"}));
}

TEST(RowFilter, ComparesTimesInTheirOrder)
{
    EXPECT_TRUE(matches({"start_ms>=2026-05-05T08:00:00.000Z", "start_ms<2026-05-06"}));
    EXPECT_FALSE(matches({"start_ms>2026-05-05T08:00:00.000Z"}));
}

TEST(RowFilter, EveryConditionMustHold)
{
    EXPECT_TRUE(matches({"status=booked", "price_minor=2400"}));
    EXPECT_FALSE(matches({"status=booked", "price_minor=1"}));
}

TEST(RowFilter, BooleansAreReadAsTheyArePrinted)
{
    EXPECT_TRUE(matches({"retired=true"}));
    EXPECT_FALSE(matches({"retired=false"}));
}

TEST(RowFilter, NothingEqualsTheEmptyText)
{
    EXPECT_TRUE(matches({"customer_id="}));
    EXPECT_FALSE(matches({"status="}));
}

TEST(RowFilter, AValueMayContainOperators)
{
    EXPECT_FALSE(matches({"status=a=b"}));
    EXPECT_TRUE(must(RowFilter::parse({"note=a=b"}, {"note"})).matches({{"note", "a=b"}}));
}

TEST(RowFilter, ANumberIsNotComparedWithAWord)
{
    EXPECT_FALSE(must(RowFilter::parse({"rank=first"}, {"rank"})).matches({{"rank", 0}}));
}

TEST(RowFilter, WhatIsNoConditionIsSaidWithAnExample)
{
    for (const char *text : {"", "status", "=booked", "Status=booked", "status booked"})
        EXPECT_THAT(RowFilter::parse({text}, row.keys()),
                    FailsSaying(ErrorCode::InvalidArgument, "COLUMN=VALUE"))
            << text;
}

TEST(RowFilter, AColumnThatIsNotThereIsAnErrorThatNamesThoseThatAre)
{
    EXPECT_THAT(RowFilter::parse({"no_such_column="}, row.keys()),
                FailsSaying(ErrorCode::InvalidArgument, "price_minor"));
}

} // namespace
} // namespace strop::client
