#pragma once

#include <array>
#include <cstddef>

/// What the demo shop is made of, as plain tables. Texts are UTF-8.
namespace strop::demo {

/// The shop's hours of one weekday, in minutes since midnight.
struct OpenDay
{
    int weekday; ///< 1 (Monday) to 7 (ISO 8601).
    int from;
    int to;
    double load; ///< The share of the barbers' time that is usually booked on it.
};

/// No row for Sunday: closed.
inline constexpr std::array<OpenDay, 6> openDays{{
    {1, 10 * 60, 18 * 60, 0.58},
    {2, 9 * 60, 18 * 60 + 30, 0.62},
    {3, 9 * 60, 19 * 60, 0.66},
    {4, 9 * 60, 20 * 60, 0.72},
    {5, 9 * 60, 20 * 60, 0.86},
    {6, 8 * 60 + 30, 17 * 60, 0.92},
}};

struct BarberProfile
{
    const char *name;
    int dayOff;    ///< Weekday, besides Sunday.
    int lunchFrom; ///< Minutes since midnight.
};

inline constexpr int lunchMinutes = 45;

inline constexpr std::array<BarberProfile, 8> barberProfiles{{
    {"Marco Bellini", 1, 12 * 60},
    {"Aisha Rahman", 2, 12 * 60 + 45},
    {"Tomasz Zieliński", 3, 13 * 60 + 30},
    {"Jerome Campbell", 1, 12 * 60 + 45},
    {"Niamh O’Sullivan", 4, 12 * 60},
    {"Emre Yıldız", 2, 13 * 60 + 30},
    {"Kofi Mensah", 3, 12 * 60},
    {"Sofia Duarte", 4, 13 * 60 + 30},
}};

struct ServiceProfile
{
    const char *name;
    const char *category;
    int minutes;
    int pricePence;
    unsigned weight; ///< How often it is asked for, against the others.
};

inline constexpr std::array<ServiceProfile, 20> serviceProfiles{{
    {"Classic cut", "Hair", 30, 2600, 26},
    {"Skin fade", "Hair", 45, 3200, 20},
    {"Scissor cut", "Hair", 45, 3400, 8},
    {"Buzz cut", "Hair", 20, 1800, 7},
    {"Restyle", "Hair", 60, 4200, 2},
    {"Long hair trim", "Hair", 45, 3600, 2},
    {"Wash and style", "Hair", 25, 2000, 2},
    {"Neck and sideburns tidy", "Hair", 15, 1000, 5},
    {"Beard trim", "Beard and shave", 15, 1500, 8},
    {"Beard shape-up", "Beard and shave", 30, 2200, 4},
    {"Hot towel shave", "Beard and shave", 40, 3400, 2},
    {"Head shave", "Beard and shave", 30, 2600, 2},
    {"Cut and beard", "Together", 45, 3800, 14},
    {"Skin fade and beard", "Together", 60, 4400, 7},
    {"Cut and hot towel shave", "Together", 75, 5600, 1},
    {"Father and son", "Together", 60, 4400, 1},
    {"Under-12s cut", "Young and senior", 25, 1800, 6},
    {"Senior cut", "Young and senior", 30, 2000, 4},
    {"Grey blending", "Colour and care", 50, 4000, 1},
    {"Scalp treatment", "Colour and care", 35, 3000, 1},
}};

inline constexpr std::size_t namesPerTradition = 16;

/// Given and family names that go together.
struct NamingTradition
{
    std::array<const char *, namesPerTradition> given;
    std::array<const char *, namesPerTradition> family;
};

extern const std::array<NamingTradition, 8> namingTraditions;

/// What a barber writes down about a customer.
extern const std::array<const char *, 10> customerNotes;

} // namespace strop::demo
