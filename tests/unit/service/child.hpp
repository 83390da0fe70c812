// A child process whose system calls fail, or end it as a kill would, from a point on that the test chooses (seccomp(2)).
//
// Threads: in_child from a test's thread while no other thread of the test runs; a filter is for the thread that sets it.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>

namespace cl::test {

/// What the work returns, -1 if it throws, 128 and the signal's number if one ended it.
inline int in_child(std::function<int()> const& work) {
    pid_t const child = ::fork();
    if (child < 0) throw std::runtime_error("no child process");
    if (child == 0) {
        int code = 255;
        try {
            code = work();
        } catch (std::exception const&) {
            code = 255;
        }
        ::_exit(code);  // no destructor of the parent's objects
    }
    int status = 0;
    while (::waitpid(child, &status, 0) != child) {
    }
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    return WEXITSTATUS(status) == 255 ? -1 : WEXITSTATUS(status);
}

/// From now on each such call of this thread is answered with `action` (SECCOMP_RET_*).
inline void answer_call(long number, std::uint32_t action) {
    std::array<sock_filter, 4> rules = {{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, action),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    sock_fprog const program{static_cast<unsigned short>(rules.size()), rules.data()};
    bool const set =
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    if (!set) throw std::runtime_error("system calls cannot be made to fail here");
}
inline void fail_call(long number, int error) {
    answer_call(number, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
}
/// The process ends there, as by SIGSYS, with nothing tidied up.
inline void end_at_call(long number) {
    answer_call(number, SECCOMP_RET_KILL_PROCESS);
}

}  // namespace cl::test
