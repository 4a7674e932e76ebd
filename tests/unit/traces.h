#pragma once

#include "shared/domain/entities.h"
#include "shared/mutators/customer_card.h"

#include <QDirIterator>
#include <QFile>
#include <QStringEncoder>
#include <QtEndian>

namespace strop::test {

/// The forms in which a text may lie in a file.
inline QByteArrayList writtenForms(const QString &text)
{
    QByteArrayList forms{text.toUtf8(), text.toLatin1()};
    for (const auto encoding : {QStringEncoder::Utf16LE, QStringEncoder::Utf16BE})
        forms << QByteArray(QStringEncoder(encoding, QStringEncoder::Flag::Default)(text));
    return forms;
}

/// What would give a person away: the name and each word of it, in any case of the letters, the phone with
/// and without what is not a digit, and the id under which the shop files them, which can be computed from a
/// guess.
inline QByteArrayList marksOf(const mutators::CustomerCard &person, ShopId shop)
{
    QString digits = person.phone;
    digits.removeIf([](QChar letter) { return !letter.isDigit(); });
    const CustomerId id = domain::customerIdFor(shop, person.name, person.phone);
    QByteArrayList marks{id.uuid.toBytes(), id.toString().toUtf8()};
    for (const QString &text : QStringList{person.name, person.phone, digits} + person.name.split(u' ')) {
        for (const QString &one : {text, text.toLower(), text.toUpper(), text.toCaseFolded()})
            marks += writtenForms(one);
    }
    return marks;
}

/// The files in a folder and below, every byte of which is read, that hold any of these marks; whatever
/// cannot be read counts as holding one.
inline QStringList filesWith(const QString &folder, const QByteArrayList &marks)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) {
            found << file.fileName();
            continue;
        }
        const QByteArray content = file.readAll();
        const bool holds = std::any_of(marks.begin(), marks.end(),
                                       [&](const QByteArray &mark) { return content.contains(mark); });
        if (holds)
            found << file.fileName();
    }
    return found;
}

/// Where in a folder a person of that shop has left a trace; empty when nothing gives them away.
inline QStringList tracesOf(const mutators::CustomerCard &person, ShopId shop, const QString &folder)
{
    return filesWith(folder, marksOf(person, shop));
}

} // namespace strop::test
