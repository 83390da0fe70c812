#include "api/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace cl::api {

namespace {

/// Fields 3 and later of /proc/self/stat (proc(5)): what stands before them is a name that may hold anything but ends with `)`.
std::istringstream stat_after_name() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    auto const end = line.rfind(')');
    return std::istringstream(end == std::string::npos ? std::string() : line.substr(end + 1));
}

double boot_seconds() {
    std::ifstream file("/proc/stat");
    for (std::string word; file >> word;) {
        if (double seconds = 0; word == "btime" && file >> seconds) {
            return seconds;
        }
    }
    return 0;
}

double start_seconds() {
    constexpr int fields_before = 19;  // starttime is field 22
    std::istringstream stat = stat_after_name();
    std::string skipped;
    for (int i = 0; i < fields_before; ++i) {
        stat >> skipped;
    }
    double ticks = 0;
    double const per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    return stat >> ticks && per_second > 0 ? boot_seconds() + ticks / per_second : 0;
}

double seconds(timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFigures process_figures() {
    ProcessFigures figures;
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        figures.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    std::ifstream memory("/proc/self/statm");
    std::int64_t pages = 0;
    std::int64_t resident = 0;
    if (memory >> pages >> resident) {
        std::int64_t const page = ::sysconf(_SC_PAGESIZE);
        figures.virtual_bytes = pages * page;
        figures.resident_bytes = resident * page;
    }
    std::error_code failed;
    for (std::filesystem::directory_iterator one("/proc/self/fd", failed), end; !failed && one != end; one.increment(failed)) {
        ++figures.open_fds;
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        figures.max_fds = static_cast<std::int64_t>(limit.rlim_cur);
    }
    figures.start_seconds = start_seconds();
    return figures;
}

}  // namespace cl::api
