#include "shared/protocol/codec.h"

#include <QCborStreamReader>
#include <QHash>
#include <QtEndian>
#include <limits>

namespace strop::protocol {
namespace {

constexpr int maxNesting = 8; // message, tables, table, rows, row; a request's arguments may nest a little
constexpr QLatin1String unexpectedField("A field of the message has the wrong type.");

/// Walks the fields of a message after its type; remembers whether all of them were as asked for.
class FieldReader
{
public:
    explicit FieldReader(const QCborArray &fields)
        : m_fields(fields)
    {}

    qint64 integer() { return take(QCborValue::Integer).toInteger(); }

    /// A field that an older peer does not send.
    qint64 integerOr(qint64 absent) { return hasMore() ? integer() : absent; }
    QByteArray bytesOr(const QByteArray &absent) { return hasMore() ? bytes() : absent; }

    int versionNumber()
    {
        const qint64 number = integer();
        require(number >= 0 && number <= std::numeric_limits<int>::max());
        return int(number);
    }
    bool boolean()
    {
        return take([](const QCborValue &v) { return v.isBool(); }).toBool();
    }
    QByteArray bytes() { return take(QCborValue::ByteArray).toByteArray(); }
    QString text() { return take(QCborValue::String).toString(); }
    QCborArray array() { return take(QCborValue::Array).toArray(); }
    QCborMap map() { return take(QCborValue::Map).toMap(); }

    template <typename IdType>
    IdType id()
    {
        const std::optional<Uuid> uuid = Uuid::fromBytes(bytes());
        m_good = m_good && uuid;
        return IdType{uuid.value_or(Uuid())};
    }

    Role role()
    {
        const std::optional<Role> known = roleFromName(text());
        m_good = m_good && known;
        return known.value_or(Role::Display);
    }

    std::optional<Error> optionalError()
    {
        const QCborArray parts = array();
        if (parts.isEmpty())
            return std::nullopt;
        FieldReader reader(parts);
        Error error = reader.error();
        m_good = m_good && reader.m_good;
        return error;
    }

    Error error()
    {
        const ErrorCode code = errorCodeFromName(text());
        return Error{code, text(), {}};
    }

    /// Whether every field was there with its type. Fields beyond are a newer version's and are ignored.
    [[nodiscard]] bool good() const { return m_good; }
    void require(bool condition) { m_good = m_good && condition; }

private:
    [[nodiscard]] bool hasMore() const { return m_at + 1 < m_fields.size(); }

    QCborValue take(QCborValue::Type type)
    {
        return take([type](const QCborValue &value) { return value.type() == type; });
    }

    template <typename Predicate>
    QCborValue take(Predicate fitting)
    {
        const QCborValue value = m_fields.at(++m_at);
        if (fitting(value))
            return value;
        m_good = false;
        return {}; // not the value: toInteger() of a double beyond 64 bits is undefined behaviour
    }

    const QCborArray &m_fields;
    qsizetype m_at = 0; // the type stands at 0
    bool m_good = true;
};

QCborArray errorFields(const Error &error)
{
    return {QString(errorCodeName(error.code)), error.message};
}

QCborArray optionalErrorFields(const std::optional<Error> &error)
{
    // The leading null keeps the reader's rule that fields begin at 1.
    return error ? QCborArray{nullptr, QString(errorCodeName(error->code)), error->message} : QCborArray();
}

QCborArray batchFields(const RowBatch &batch)
{
    QCborArray tables;
    for (const QCborArray &table : batch.tables)
        tables.append(table);
    return tables;
}

RowBatch readBatch(FieldReader &reader)
{
    RowBatch batch{reader.integer(), reader.integer(), {}};
    for (const QCborValue &table : reader.array()) {
        reader.require(table.isArray());
        batch.tables.push_back(table.toArray());
    }
    return batch;
}

struct Encoder
{
    QCborArray operator()(const Challenge &m) const { return {u"challenge"_qs, m.nonce}; }
    QCborArray operator()(const Hello &m) const
    {
        return {u"hello"_qs, m.version, m.device.uuid.toBytes(), m.signature, m.cursor, m.epoch};
    }
    QCborArray operator()(const Welcome &m) const
    {
        return {u"welcome"_qs,
                m.business.uuid.toBytes(),
                QString(roleName(m.role)),
                m.epoch,
                m.head,
                m.lastMutationId,
                m.heartbeatMs,
                m.chainHash,
                m.durable,
                m.oldest};
    }
    QCborArray operator()(const Push &m) const
    {
        QCborArray entries;
        for (const PushedMutation &pushed : m.mutations)
            entries.append(QCborArray{pushed.id, pushed.hash, pushed.mutation, pushed.acknowledgedVersion});
        return {u"push"_qs, entries};
    }
    QCborArray operator()(const Ack &m) const
    {
        QCborArray entries;
        for (const Settled &settled : m.settled)
            entries.append(QCborArray{settled.id, optionalErrorFields(settled.rejection)});
        return {u"ack"_qs, entries, m.version, m.durable};
    }
    QCborArray operator()(const Pull &m) const { return {u"pull"_qs, m.cursor}; }
    QCborArray operator()(const Delta &m) const
    {
        return {u"delta"_qs, m.batch.from, m.batch.to, batchFields(m.batch)};
    }
    QCborArray operator()(const Snapshot &m) const
    {
        return {u"snapshot"_qs, m.batch.from, m.batch.to, batchFields(m.batch), m.final};
    }
    QCborArray operator()(const Behind &) const { return {u"behind"_qs}; }
    QCborArray operator()(const Request &m) const { return {u"request"_qs, m.id, m.method, m.arguments}; }
    QCborArray operator()(const Response &m) const
    {
        return {u"response"_qs, m.id, optionalErrorFields(m.error), m.result};
    }
    QCborArray operator()(const Ping &) const { return {u"ping"_qs}; }
    QCborArray operator()(const Pong &m) const { return {u"pong"_qs, m.version}; }
    QCborArray operator()(const ErrorMessage &m) const
    {
        return QCborArray{u"error"_qs} + errorFields(m.error).at(0) + errorFields(m.error).at(1);
    }
};

Message readPush(FieldReader &reader)
{
    Push push;
    const QCborArray entries = reader.array();
    reader.require(entries.size() <= maxPushed);
    for (const QCborValue &entry : entries) {
        const QCborArray parts = entry.toArray();
        const bool isEntry = parts.size() >= 3 && parts.at(0).isInteger() && parts.at(1).isByteArray() &&
                             parts.at(2).isByteArray() && (parts.size() == 3 || parts.at(3).isInteger());
        reader.require(isEntry);
        if (!isEntry)
            break;
        const qint64 acknowledged = parts.size() == 3 ? 0 : parts.at(3).toInteger();
        push.mutations.push_back(
            {parts.at(0).toInteger(), parts.at(1).toByteArray(), parts.at(2).toByteArray(), acknowledged});
    }
    return push;
}

Message readAck(FieldReader &reader)
{
    Ack ack;
    for (const QCborValue &entry : reader.array()) {
        const QCborArray parts = entry.toArray();
        reader.require(parts.size() == 2 && parts.at(0).isInteger() && parts.at(1).isArray());
        // [id, rejection] read as fields 1 and 2
        QCborArray fields{nullptr};
        fields.append(parts.at(0));
        fields.append(parts.at(1));
        FieldReader inner(fields);
        const qint64 id = inner.integer();
        ack.settled.push_back({id, inner.optionalError()});
        reader.require(inner.good());
    }
    ack.version = reader.integer();
    ack.durable = reader.integerOr(0);
    return ack;
}

using Reader = Message (*)(FieldReader &);

/// Every message type by its name. Braced initialisers evaluate left to right, which is the order of the
/// fields.
const QHash<QString, Reader> &readers()
{
    static const QHash<QString, Reader> all{
        {u"challenge"_qs, [](FieldReader &r) -> Message { return Challenge{r.bytes()}; }},
        {u"hello"_qs,
         [](FieldReader &r) -> Message {
             return Hello{r.versionNumber(), r.id<DeviceId>(), r.bytes(), r.integer(), r.bytes()};
         }},
        {u"welcome"_qs,
         [](FieldReader &r) -> Message {
             return Welcome{r.id<BusinessId>(), r.role(),      r.bytes(),      r.integer(),   r.integer(),
                            r.integer(),        r.bytesOr({}), r.integerOr(0), r.integerOr(0)};
         }},
        {u"push"_qs, readPush},
        {u"ack"_qs, readAck},
        {u"pull"_qs, [](FieldReader &r) -> Message { return Pull{r.integer()}; }},
        {u"delta"_qs, [](FieldReader &r) -> Message { return Delta{readBatch(r)}; }},
        {u"snapshot"_qs,
         [](FieldReader &r) -> Message {
             return Snapshot{readBatch(r), r.boolean()};
         }},
        {u"behind"_qs, [](FieldReader &) -> Message { return Behind{}; }},
        {u"request"_qs,
         [](FieldReader &r) -> Message {
             return Request{r.integer(), r.text(), r.map()};
         }},
        {u"response"_qs,
         [](FieldReader &r) -> Message {
             return Response{r.integer(), r.optionalError(), r.map()};
         }},
        {u"ping"_qs, [](FieldReader &) -> Message { return Ping{}; }},
        {u"pong"_qs, [](FieldReader &r) -> Message { return Pong{r.integerOr(0)}; }},
        {u"error"_qs, [](FieldReader &r) -> Message { return ErrorMessage{r.error()}; }},
    };
    return all;
}

/// QCborValue recurses as deep as its input nests, so the depth is bounded before it is built.
bool nestsTooDeep(QCborStreamReader &reader, int left)
{
    while (reader.isValid() && reader.hasNext() && reader.lastError() == QCborError::NoError) {
        if (!reader.isContainer()) {
            reader.next(maxNesting);
            continue;
        }
        if (left == 0)
            return true;
        reader.enterContainer();
        if (nestsTooDeep(reader, left - 1))
            return true;
        if (reader.lastError() == QCborError::NoError)
            reader.leaveContainer();
    }
    return false;
}

} // namespace

QByteArray encode(const Message &message)
{
    return QCborValue(std::visit(Encoder{}, message)).toCbor();
}

Result<Message> decode(const QByteArray &bytes, qsizetype maxBytes)
{
    if (bytes.size() > maxBytes)
        return fail(ErrorCode::FrameTooLarge,
                    QStringLiteral("A message may have at most %1 bytes; this one has %2.")
                        .arg(maxBytes)
                        .arg(bytes.size()));
    QCborStreamReader depthProbe(bytes);
    if (nestsTooDeep(depthProbe, maxNesting))
        return fail(ErrorCode::MalformedFrame, QStringLiteral("The message nests too deep."));
    QCborParserError problem;
    const QCborValue value = QCborValue::fromCbor(bytes, &problem);
    const QCborArray fields = value.toArray();
    if (problem.error != QCborError::NoError || problem.offset != bytes.size() || !fields.at(0).isString())
        return fail(ErrorCode::MalformedFrame,
                    QStringLiteral("The message is not a CBOR array that begins with its type."),
                    problem.errorString());
    const Reader read = readers().value(fields.at(0).toString());
    if (!read)
        return fail(ErrorCode::UnknownMessage,
                    QStringLiteral("The message type \"%1\" is not known here. Update the older side.")
                        .arg(fields.at(0).toString().left(40)));
    FieldReader reader(fields);
    Message message = read(reader);
    if (!reader.good())
        return fail(ErrorCode::MalformedFrame, unexpectedField, fields.at(0).toString());
    return message;
}

QByteArray signedText(const QByteArray &nonce, DeviceId device)
{
    return QByteArrayLiteral("strop device proof 1\n") + nonce + device.uuid.toBytes();
}

QByteArray chainText(const QByteArray &previousHash, qint64 id, const QByteArray &mutation)
{
    QByteArray number(sizeof(qint64), Qt::Uninitialized);
    qToBigEndian(id, number.data());
    return previousHash + number + mutation;
}

} // namespace strop::protocol
