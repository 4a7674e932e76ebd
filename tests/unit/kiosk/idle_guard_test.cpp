#include "kiosk/device/idle_guard.h"

#include <QEvent>
#include <QSignalSpy>
#include <gmock/gmock.h>

/// When the kiosk takes a customer for gone. Seconds pass by tick(), as the guard's own timer calls it.
namespace strop::kiosk {
namespace {

struct Idling : testing::Test
{
    Idling() { guard.setActive(true); }

    void pass(int seconds)
    {
        for (int i = 0; i < seconds; ++i)
            guard.tick();
    }

    IdleGuard guard{nullptr};
    QSignalSpy expired{&guard, &IdleGuard::expired};
};

TEST_F(Idling, WarnsAfterFortyFiveSecondsWithoutATouch)
{
    pass(44);
    EXPECT_FALSE(guard.isWarning());
    pass(1);
    EXPECT_TRUE(guard.isWarning());
    EXPECT_EQ(guard.secondsLeft(), 20);
}

TEST_F(Idling, ExpiresOnceWhenTheWarningHasRunOut)
{
    pass(64);
    EXPECT_EQ(guard.secondsLeft(), 1);
    EXPECT_EQ(expired.count(), 0);
    pass(1);
    EXPECT_EQ(expired.count(), 1);
    EXPECT_FALSE(guard.isWarning());
}

TEST_F(Idling, StillHereTakesTheWarningBackAndGivesTheFullTimeAgain)
{
    pass(50);
    guard.touch();
    EXPECT_FALSE(guard.isWarning());
    pass(44);
    EXPECT_FALSE(guard.isWarning());
    EXPECT_EQ(expired.count(), 0);
}

TEST_F(Idling, EveryKeyAndTouchOfTheApplicationCounts)
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::MouseButtonPress, QEvent::TouchBegin}) {
        pass(50);
        QObject anything;
        QEvent event(type);
        QCoreApplication::sendEvent(&anything, &event);
        EXPECT_FALSE(guard.isWarning()) << int(type);
    }
}

/// Counts the events that reach it.
struct Receiver : QObject
{
    bool event(QEvent *) override { return ++received > 0; }
    int received = 0;
};

TEST_F(Idling, TheTouchThatEndsTheWarningDoesNothingElse)
{
    Receiver below;
    QEvent press(QEvent::MouseButtonPress);
    pass(50);
    QCoreApplication::sendEvent(&below, &press);
    EXPECT_EQ(below.received, 0);
    EXPECT_FALSE(guard.isWarning());
    QCoreApplication::sendEvent(&below, &press);
    EXPECT_EQ(below.received, 1);
}

TEST_F(Idling, MereMovementDoesNotCount)
{
    pass(50);
    QObject anything;
    QEvent event(QEvent::MouseMove);
    QCoreApplication::sendEvent(&anything, &event);
    EXPECT_TRUE(guard.isWarning());
}

TEST_F(Idling, NothingExpiresOnTheAttractScreen)
{
    guard.setActive(false);
    pass(500);
    EXPECT_FALSE(guard.isWarning());
    EXPECT_EQ(expired.count(), 0);
}

TEST_F(Idling, TheNextCustomerDoesNotInheritTheLastOnesSeconds)
{
    pass(44);
    guard.setActive(false);
    guard.setActive(true);
    pass(44);
    EXPECT_FALSE(guard.isWarning());
}

TEST_F(Idling, TellsWhenTheSecondsChange)
{
    pass(45);
    QSignalSpy changed(&guard, &IdleGuard::changed);
    pass(1);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(guard.secondsLeft(), 19);
}

} // namespace
} // namespace strop::kiosk
