#include "tests/load/booking_writer.h"

#include "tests/load/send_mark.h"

namespace strop::load {

BookingWriter::BookingWriter(LoadDevice &device, const bench::BusyShop &shop)
    : m_device(device)
    , m_shop(shop)
{
    device.setAckListener([this](const protocol::Ack &ack) { take(ack); });
}

void BookingWriter::fallDue(bench::Stopwatch::time_point when)
{
    m_due.push_back(when);
    if (!m_pushing)
        pushNext();
}

void BookingWriter::pushNext()
{
    m_pushing = !m_due.empty();
    if (!m_pushing)
        return;
    mutators::AppointmentBook booking = m_shop.freeBooking(m_next++);
    booking.id = AppointmentId{markedId(m_due.front())};
    m_due.pop_front();
    m_device.send(protocol::Push{{m_chain.append(mutators::makeMutation(booking))}});
}

void BookingWriter::take(const protocol::Ack &ack)
{
    for (const protocol::Settled &settled : ack.settled)
        ++(settled.rejection ? m_rejected : m_accepted);
    pushNext();
}

} // namespace strop::load
