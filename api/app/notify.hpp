// Tells a service manager how far the program is: sd_notify(3), without its library.
//
// Threads: the main thread.
#pragma once

#include <string_view>

namespace cl::api::app {

/// Sends `state` (`READY=1`, `STOPPING=1`) to the socket that $NOTIFY_SOCKET names; nothing where there is none. Nobody waits for it, and it
/// fails silently: a manager that is not there needs no telling.
void notify_manager(std::string_view state) noexcept;

}  // namespace cl::api::app
