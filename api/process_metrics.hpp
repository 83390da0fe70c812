// What Prometheus expects of every process (`process_*`), from the kernel.
//
// Threads: any thread.
#pragma once

#include <cstdint>

namespace cl::api {

struct ProcessFigures {
    double cpu_seconds = 0;  ///< user and system
    std::int64_t resident_bytes = 0;
    std::int64_t virtual_bytes = 0;
    std::int64_t open_fds = 0;
    std::int64_t max_fds = 0;
    double start_seconds = 0;  ///< since 1970
};

/// What cannot be told is 0.
[[nodiscard]] ProcessFigures process_figures();

}  // namespace cl::api
