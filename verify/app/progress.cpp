#include "verify/app/progress.hpp"

#include <unistd.h>

namespace cl::verify {

bool Progress::watched() {
    return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace cl::verify
