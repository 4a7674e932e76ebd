#pragma once

#include "shared/base/role.h"
#include "shared/storage/fields.h"

#include <QSet>
#include <QStringList>

namespace strop::storage {

/// One column, who may see it included.
struct Column
{
    QString name;
    ColumnType type;
    bool nullable;
    RoleSet visibleTo;
};

/// An ordered path into a table, always within one business: `columns` after the business.
struct Index
{
    QString name;
    QStringList columns;
};

/// What is to know of a synced table without its C++ type: its SQL, what each role may see of it, its column
/// order. Immutable after construction, so free to share between threads.
///
/// Every synced table begins with `business_id`, `id`, `version` and `deleted`, its key is (business_id, id),
/// and it has an index over (business_id, version): a pull is "rows above my cursor".
class TableDescriptor
{
public:
    TableDescriptor(QString name, RoleSet visibleTo)
        : m_name(std::move(name))
        , m_visibleTo(visibleTo)
    {}

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const std::vector<Column> &columns() const { return m_columns; }
    [[nodiscard]] const std::vector<Index> &indexes() const { return m_indexes; }

    [[nodiscard]] bool visibleTo(Role role) const { return m_visibleTo.contains(role); }
    [[nodiscard]] std::vector<int> columnsVisibleTo(Role role) const;

    /// The place of a column among columns(), -1 if there is none.
    [[nodiscard]] int columnIndex(QStringView name) const;
    [[nodiscard]] const Index &index(QStringView name) const; ///< Asserts that it exists.
    [[nodiscard]] Values emptyValues() const;

    /// CREATE TABLE and CREATE INDEX statements, in SQL that SQLite and PostgreSQL both take (`bytes` is the
    /// type of a byte string there: BLOB or BYTEA).
    [[nodiscard]] QStringList ddl(const QString &bytes) const;

    /// ALTER TABLE statements for the columns that are not among `present`: empty in the rows that there are.
    [[nodiscard]] QStringList missingColumns(const QSet<QString> &present, const QString &bytes) const;

    /// "business_id, id, version, deleted, …": the order in which SQL reads and writes a row.
    [[nodiscard]] QString columnList() const;

protected:
    void addColumn(Column column) { m_columns.push_back(std::move(column)); }
    void addIndex(Index index) { m_indexes.push_back(std::move(index)); }

private:
    QString m_name;
    RoleSet m_visibleTo;
    std::vector<Column> m_columns;
    std::vector<Index> m_indexes;
};

/// The description of the table that holds entities of type T. T has a member `id`, an Id of some tag.
template <typename T>
class Table : public TableDescriptor
{
public:
    using IdType = decltype(T::id);

    Table(const char *name, RoleSet visibleTo)
        : TableDescriptor(QString::fromLatin1(name), visibleTo)
    {}

    template <typename Member>
    Table &&column(const char *name, Member T::*member, RoleSet roles = everyRole) &&
    {
        m_fields.append(name, member);
        const FieldDescriptor &field = m_fields.descriptors().back();
        addColumn({field.name, field.type, field.nullable, roles});
        return std::move(*this);
    }

    Table &&index(const char *name, QStringList columns) &&
    {
        addIndex({QString::fromLatin1(name), std::move(columns)});
        return std::move(*this);
    }
    using TableDescriptor::index;

    [[nodiscard]] const Fields<T> &fields() const { return m_fields; }

    [[nodiscard]] Values encode(const T &entity) const { return m_fields.encode(entity); }

    [[nodiscard]] Result<T> decode(const Uuid &id, const Values &values) const
    {
        STROP_TRY_ASSIGN(T entity, m_fields.decode(values));
        entity.id = IdType{id};
        return entity;
    }

private:
    Fields<T> m_fields;
};

} // namespace strop::storage
