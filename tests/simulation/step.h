#pragma once

#include "shared/base/instant.h"

#include <QString>
#include <span>
#include <vector>

namespace strop::simulation {

/// What a step does. What its numbers mean for each stands in step.cpp, in the words of the history.
enum class Kind {
    // People at a device
    Book,
    BookSeveral,
    Move,
    Cancel,
    Restore,
    SetStatus,
    EditCustomer,
    ChangeHours,
    TakeTimeOff,
    RetireService,
    DismissRejection,
    // The network of a device
    CutConnection,
    Offline,
    Silence,
    OneWay,
    SlowWay,
    LoseMessages,
    DoubleMessages,
    OvertakeMessages,
    // A machine: a device's or the server's
    StopInOrder,
    Kill,
    PowerCut,
    KillAtChange,
    PowerCutAtChange,
    KillAfterCommit,
    DiskFull,
    ClockJump,
    // Identity and history
    Revoke,
    CloneFolder,
    CopyFolder,
    RestoreFolder,
    BackUpServer,
    RestoreServer,
    ChangeVersion,
};

/// The machine that is no device's.
inline constexpr int theServer = -1;

/// One step of a plan: plain data. Everything that it needs to know is in it, so any part of a plan is a
/// plan; where it does not apply (the device is down, the booking was never made) it does nothing.
struct Step
{
    int number = 0; ///< Its place in the whole plan, and the number of what it books.
    Kind kind = Kind::Book;
    int machine = 0;       ///< A device by its index, or theServer.
    quint64 seed = 0;      ///< Of what is random in the doing.
    int subject = 0;       ///< The number of a booking, customer or barber that it concerns.
    int slot = 0;          ///< Quarters of an hour after eight in the morning.
    int amount = 0;        ///< How much, how many, or which.
    Millis lasting{0};     ///< How long a fault lasts, or a machine is down.
    Millis untilNext{100}; ///< Between this step and the next.

    friend bool operator==(const Step &, const Step &) = default;
};

using Plan = std::vector<Step>;

/// How often a kind comes, and whether it is part of the default run.
struct Frequency
{
    Kind kind;
    int weight;
    bool enabled;
    const char *reason; ///< Why it is not enabled; empty when it is.
};

/// The one table that says which faults are on.
[[nodiscard]] std::span<const Frequency> enabledFaults();

/// The engine finds out by itself, within a bounded time, that a message was lost or overtaken on a
/// connection that still stands. While that is not so, such a connection is cut after a few seconds.
inline constexpr bool engineNoticesLostMessages = true;

/// The engine tells two equal writes apart that came to have the same number, as those of a device and of its
/// copy may. While that is not so, it takes the second for the first come again, and answers it from the log.
inline constexpr bool engineTellsEqualWritesApart = true;

/// One readable line.
[[nodiscard]] QString inWords(const Step &step);

/// "device 2 (kiosk)", "the server".
[[nodiscard]] QString machineName(int machine);

} // namespace strop::simulation
