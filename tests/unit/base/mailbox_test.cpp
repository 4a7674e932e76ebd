#include "shared/base/mailbox.h"

#include "tests/unit/expect.h"

#include <QCoreApplication>
#include <QThread>
#include <thread>

using namespace strop;

TEST(Mailbox, RunsWhatAnotherThreadPostsOnItsOwnersThreadInOrder)
{
    QObject context;
    Mailbox mailbox(context);
    const QThread *owner = QThread::currentThread();
    std::vector<int> ran;
    std::jthread([&] {
        for (int i = 0; i < 100; ++i)
            mailbox.post([&, i] {
                EXPECT_EQ(QThread::currentThread(), owner);
                ran.push_back(i);
            });
    }).join();
    EXPECT_TRUE(ran.empty()) << "nothing runs before the event loop turns";
    QCoreApplication::processEvents();
    ASSERT_EQ(ran.size(), 100U);
    EXPECT_TRUE(std::is_sorted(ran.begin(), ran.end()));
}

TEST(Mailbox, DropsWhatComesAfterItClosed)
{
    int ran = 0;
    auto context = std::make_unique<QObject>();
    Mailbox mailbox(*context);
    mailbox.post([&] { ++ran; });
    QCoreApplication::processEvents();
    mailbox.close();
    context.reset();
    mailbox.post([&] { ++ran; });
    QCoreApplication::processEvents();
    EXPECT_EQ(ran, 1);
}
