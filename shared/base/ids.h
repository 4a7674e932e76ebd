#pragma once

#include "shared/base/uuid.h"

namespace strop {

/// An id of one kind of thing, so that a staff id cannot be handed where a service id belongs. Nil means
/// "none".
template <typename Tag>
struct Id
{
    Uuid uuid;

    [[nodiscard]] bool isNil() const { return uuid.isNil(); }
    [[nodiscard]] QString toString() const { return uuid.toString(); }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.uuid, seed); }
};

using BusinessId = Id<struct BusinessTag>;
using ShopId = Id<struct ShopTag>;
using StaffId = Id<struct StaffTag>;
using ServiceId = Id<struct ServiceTag>;
using HoursId = Id<struct HoursTag>;
using CustomerId = Id<struct CustomerTag>;
using VisitId = Id<struct VisitTag>;
using AppointmentId = Id<struct AppointmentTag>;
using DeviceId = Id<struct DeviceTag>;
using AccountId = Id<struct AccountTag>;

/// A fresh version 7 id.
template <typename IdType>
[[nodiscard]] IdType newId(const Clock &clock, Random &random)
{
    return IdType{Uuid::v7(clock.now(), random)};
}

} // namespace strop
