#include "tests/qml/support/test_device.h"

namespace strop::test {

using mutators::makeMutation;

TestDevice::TestDevice(Role role)
    : m_role(role)
{
    m_clock.pass(std::chrono::hours(10));
}

void TestDevice::componentComplete()
{
    if (m_scene != Scene::Unpaired)
        prepare();
    start();
}

void TestDevice::prepare()
{
    m_paired = std::make_unique<PairedFolder>(m_role, m_clock);
    const MadridShop &shop = m_paired->shop;
    if (m_scene == Scene::NoBarbers) {
        m_paired->confirmBusiness();
        m_paired->confirm(shop.hoursAndServices());
    }
    if (m_scene == Scene::Usual || m_scene == Scene::Refused)
        m_paired->confirmAll();
    if (m_scene == Scene::Refused) {
        m_paired->refuse(
            makeMutation(shop.booking(90, shop.ana, shop.cut, shop.at(15))),
            {ErrorCode::SlotTaken, QStringLiteral("Ana is busy then. Choose another time."), {}});
        m_paired->queue(makeMutation(shop.booking(91, shop.ana, shop.cut, shop.at(16))));
    }
    if (m_scene == Scene::TooNew)
        must(must(sync::Outbox::open(folder() + QStringLiteral("/outbox.db")))
                 ->database()
                 .setSchemaVersion(99));
}

} // namespace strop::test
