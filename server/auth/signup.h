#pragma once

namespace strop::server {

/// Whether a stranger may create a business and its owner account on this server.
enum class Signup { Open, Closed };

} // namespace strop::server
