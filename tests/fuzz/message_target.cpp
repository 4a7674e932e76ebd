#include "shared/mutators/mutation.h"
#include "shared/protocol/codec.h"
#include "shared/storage/row.h"
#include "tests/fuzz/targets.h"

#include <limits>

namespace strop::fuzz {

using namespace protocol;

namespace {

/// Goes on where a receiver does.
struct Receiver
{
    void operator()(const Push &push) const
    {
        promise(push.mutations.size() <= size_t(maxPushed), "a push is bounded");
        for (const PushedMutation &one : push.mutations)
            (void)mutators::decodeMutation(one.mutation).has_value();
    }
    void operator()(const Delta &delta) const { read(delta.batch); }
    void operator()(const Snapshot &snapshot) const { read(snapshot.batch); }
    template <typename Other>
    void operator()(const Other &) const
    {}

private:
    static void read(const RowBatch &batch)
    {
        for (const QCborArray &table : batch.tables)
            (void)storage::decodeRows(table).has_value();
    }
};

} // namespace

void message(const QByteArray &bytes)
{
    const Result<Message> decoded = decode(bytes, maxServerMessageBytes);
    if (!decoded) {
        const ErrorCode code = decoded.error().code;
        return promise(code == ErrorCode::MalformedFrame || code == ErrorCode::UnknownMessage ||
                           code == ErrorCode::FrameTooLarge,
                       "what is no message is told as a breach");
    }
    const QByteArray written = encode(*decoded);
    const Result<Message> again = decode(written, std::numeric_limits<qsizetype>::max());
    promise(again.has_value() && encode(*again) == written, "what was read is written as it was meant");
    std::visit(Receiver{}, *decoded);
}

} // namespace strop::fuzz
