// The clock of a story: loaded before a program (LD_PRELOAD), it answers for the wall clock with the milliseconds that stand in the file
// CL_STORY_CLOCK, eight bytes in the machine's order, so that the real service can be told what day it is. The monotonic clock runs on as
// it does and leaps together with the story's, as if the time had been waited for; waits for a while are still that while.
//
// Threads: any; the file is mapped once, and each reading is one aligned load.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr std::int64_t ms_per_s = 1'000;
constexpr std::int64_t ns_per_ms = 1'000'000;
constexpr std::int64_t ns_per_s = ms_per_s * ns_per_ms;

class StoryClock {
public:
    StoryClock() noexcept {
        char const* const path = std::getenv("CL_STORY_CLOCK");
        if (path == nullptr) return;
        int const file = ::open(path, O_RDWR | O_CLOEXEC);
        if (file < 0) std::abort();
        void* const mapped = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED) std::abort();
        static_cast<void>(::close(file));
        told_ = static_cast<std::int64_t*>(mapped);
        first_ = now();
    }

    [[nodiscard]] bool is_told() const noexcept { return told_ != nullptr; }
    [[nodiscard]] std::int64_t now() const noexcept {
        return std::atomic_ref<std::int64_t>(*told_).load(std::memory_order_acquire);
    }
    /// How far the story has leapt since the program started.
    [[nodiscard]] std::int64_t leapt() const noexcept { return is_told() ? now() - first_ : 0; }

private:
    std::int64_t* told_ = nullptr;
    std::int64_t first_ = 0;
};

StoryClock const& story() noexcept {
    static StoryClock const clock;
    return clock;
}

timespec moved(timespec const& time, std::int64_t ms) noexcept {
    std::int64_t const ns = time.tv_nsec + (ms % ms_per_s) * ns_per_ms;
    std::int64_t const borrowed = ns < 0 ? -1 : ns / ns_per_s;
    return {time.tv_sec + ms / ms_per_s + borrowed, ns - borrowed * ns_per_s};
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
    bool const wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (wall && story().is_told()) {
        std::int64_t const now = story().now();
        *out = {now / ms_per_s, (now % ms_per_s) * ns_per_ms};
        return 0;
    }
    auto const answer = static_cast<int>(::syscall(SYS_clock_gettime, clock, out));
    if (answer == 0 && clock == CLOCK_MONOTONIC) *out = moved(*out, story().leapt());
    return answer;
}

extern "C" int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                      timespec const* until) {
    using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, timespec const*);
    static auto const wait = reinterpret_cast<Wait>(::dlsym(RTLD_NEXT, "pthread_cond_clockwait"));
    timespec const real = clock == CLOCK_MONOTONIC ? moved(*until, -story().leapt()) : *until;
    return wait(condition, mutex, clock, &real);
}
