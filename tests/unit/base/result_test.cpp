#include "shared/base/result.h"

#include "tests/unit/expect.h"

#include <QSet>
#include <memory>

using namespace strop;
using namespace strop::test;

namespace {

Result<void> step(bool good, int &steps)
{
    ++steps;
    if (good)
        return {};
    return fail(ErrorCode::Conflict, u"Step %1 failed."_qs.arg(steps), u"detail"_qs);
}

Result<int> threeSteps(bool first, bool second, bool third, int &steps)
{
    STROP_TRY(step(first, steps));
    if (!second)
        STROP_TRY(step(second, steps));
    else
        STROP_TRY(step(second, steps));
    STROP_TRY(step(third, steps));
    return steps;
}

Result<std::unique_ptr<int>> boxed(int number)
{
    if (number < 0)
        return fail(ErrorCode::InvalidArgument, u"Negative."_qs);
    return std::make_unique<int>(number);
}

Result<int> sumOfBoxes(int a, int b)
{
    STROP_TRY_ASSIGN(const std::unique_ptr<int> first, boxed(a));
    std::unique_ptr<int> second;
    STROP_TRY_ASSIGN(second, boxed(b));
    return *first + *second;
}

} // namespace

TEST(Result, TryRunsEveryStepThatSucceeds)
{
    int steps = 0;
    EXPECT_EQ(threeSteps(true, true, true, steps), 3);
}

TEST(Result, TryReturnsTheFirstErrorWholeAndRunsNothingAfterIt)
{
    int steps = 0;
    const Result<int> result = threeSteps(true, false, true, steps);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), (Error{ErrorCode::Conflict, u"Step 2 failed."_qs, u"detail"_qs}));
    EXPECT_EQ(steps, 2);
}

TEST(Result, TryAssignMovesTheValueOutOrReturnsTheError)
{
    EXPECT_EQ(sumOfBoxes(2, 3), 5);
    EXPECT_THAT(sumOfBoxes(-1, 3), FailsWith(ErrorCode::InvalidArgument));
    EXPECT_THAT(sumOfBoxes(2, -1), FailsWith(ErrorCode::InvalidArgument));
}

TEST(ErrorCode, EveryNameIsUniqueAndReadsBack)
{
    QSet<QString> names;
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        const QString name = errorCodeName(ErrorCode(i));
        EXPECT_EQ(errorCodeFromName(name), ErrorCode(i)) << name.toStdString();
        names.insert(name);
    }
    EXPECT_EQ(names.size(), int(ErrorCode::Internal) + 1);
}

TEST(ErrorCode, NameOfANewerVersionReadsAsInternal)
{
    EXPECT_EQ(errorCodeFromName(u"shop_on_fire"), ErrorCode::Internal);
    EXPECT_EQ(errorCodeFromName(u""), ErrorCode::Internal);
}
