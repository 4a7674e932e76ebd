#include "client/onboarding/onboarding_view_model.h"

#include "client/onboarding/this_machine.h"

#include <QLocale>
#include <QSysInfo>
#include <QTimeZone>

namespace strop::client {

namespace {

/// Every zone with a place in its name, and the system's own.
QStringList knownZones()
{
    QStringList all{systemZone()};
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        if (id.contains('/') && !id.startsWith("Etc/"))
            all << QString::fromLatin1(id);
    }
    all.removeDuplicates();
    all.sort();
    return all;
}

QStringList knownCurrencies()
{
    QStringList all{systemCurrency()};
    for (const QLocale &locale :
         QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory))
        all << locale.currencySymbol(QLocale::CurrencyIsoCode);
    all.removeDuplicates();
    all.removeAll(QString());
    all.sort();
    return all;
}

/// Whether a failure may be the fault of what was typed. Otherwise the same may be tried again as it is.
bool isAboutTheAccount(const Error &error)
{
    return error.code != ErrorCode::NetworkFailure && error.code != ErrorCode::RateLimited &&
           error.code != ErrorCode::Unavailable;
}

} // namespace

OnboardingViewModel::OnboardingViewModel(const QString &folder, const QString &server, const Clock &clock,
                                         Random &random)
    : m_folder(folder)
    , m_clock(clock)
    , m_random(random)
    , m_server(server)
    , m_zones(knownZones())
    , m_currencies(knownCurrencies())
    , m_zone(int(m_zones.indexOf(systemZone())))
    , m_currency(int(m_currencies.indexOf(systemCurrency())))
{
    connect(this, &OnboardingViewModel::edited, this, [this] {
        m_problem.clear();
        Q_EMIT changed();
    });
}

void OnboardingViewModel::setZoneIndex(int index)
{
    m_zone = qBound(0, index, int(m_zones.size()) - 1);
    Q_EMIT edited();
}

void OnboardingViewModel::setCurrencyIndex(int index)
{
    m_currency = qBound(0, index, int(m_currencies.size()) - 1);
    Q_EMIT edited();
}

QString OnboardingViewModel::missingToCreate() const
{
    if (m_businessName.trimmed().isEmpty())
        return tr("What is your shop called?");
    if (m_ownerName.trimmed().isEmpty())
        return tr("What is your name? You are the first barber.");
    return missingToLogIn();
}

QString OnboardingViewModel::missingToLogIn() const
{
    if (m_server.trimmed().isEmpty())
        return tr("Give the address of your server.");
    if (!m_email.contains(u'@'))
        return tr("Give your e-mail address.");
    if (m_password.size() < protocol::minPasswordLength)
        return tr("The password needs at least %n characters.", nullptr, protocol::minPasswordLength);
    return {};
}

QString OnboardingViewModel::missingToJoin() const
{
    if (m_server.trimmed().isEmpty())
        return tr("Give the address of your server.");
    if (protocol::normalisedPairingCode(m_code).size() != protocol::pairingCodeLength)
        return tr("The code has %n letters and digits.", nullptr, protocol::pairingCodeLength);
    return {};
}

void OnboardingViewModel::create()
{
    if (!missingToCreate().isEmpty())
        return;
    const ShopDetails details{m_businessName.trimmed(), m_ownerName.trimmed(), m_zones.at(m_zone),
                              systemLanguage(), m_currencies.at(m_currency)};
    pair(protocol::CreateBusiness{{}, m_businessName.trimmed(), m_email.trimmed(), m_password},
         starterShop(details, m_clock, m_random));
}

void OnboardingViewModel::logIn()
{
    if (missingToLogIn().isEmpty())
        pair(protocol::JoinByPassword{{}, m_email.trimmed(), m_password}, {});
}

void OnboardingViewModel::join()
{
    if (missingToJoin().isEmpty())
        pair(protocol::JoinByCode{{}, protocol::normalisedPairingCode(m_code)}, {});
}

void OnboardingViewModel::forgetPassword()
{
    m_password.clear();
    Q_EMIT edited();
}

void OnboardingViewModel::pair(net::PairingRequest request, std::vector<mutators::Mutation> writes)
{
    const Result<QUrl> server = net::serverUrl(m_server);
    if (!server || m_busy) {
        m_problem = server ? QString() : server.error().message;
        return Q_EMIT changed();
    }
    m_busy = true;
    m_problem.clear();
    Q_EMIT changed();
    m_client.pair(*server, std::move(request), QSysInfo::machineHostName(), m_folder,
                  [this, writes = std::move(writes)](const Result<sync::DeviceIdentity> &identity) {
                      m_busy = false;
                      if (identity || isAboutTheAccount(identity.error()))
                          forgetPassword();
                      if (!identity)
                          m_problem = identity.error().message;
                      Q_EMIT changed();
                      if (identity)
                          Q_EMIT paired(*identity, writes);
                  });
}

} // namespace strop::client
