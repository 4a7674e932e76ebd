#pragma once

#include "server/authority/store.h"

#include <QTextStream>

namespace strop::server {

/// One call of strop-admin, parsed.
struct AdminCall
{
    QString verb;
    QStringList arguments; ///< After the verb.
    QString dataDir;
    QString email;
    QString role = QStringLiteral("kiosk");
    QString business;                               ///< Empty: the only one.
    QString shop;                                   ///< Empty: the business's first.
    QString zone = QStringLiteral("Europe/London"); ///< Of the demo shop.
    QString password; ///< Of a new owner; at least protocol::minPasswordLength characters.
};

/// Runs one verb on a server's data folder, whether or not a server runs on it, and writes what it found as
/// JSON lines. InvalidArgument names the verbs when there is no such one.
[[nodiscard]] Result<void> runAdmin(const AdminCall &call, const Clock &clock, Random &random,
                                    QTextStream &out);

/// What --help says of the verbs.
[[nodiscard]] QString adminVerbs();

} // namespace strop::server
