// Instead of the files, in a program that is built without the console (CL_CONSOLE=OFF).
#include "api/console/assets.hpp"

namespace cl::console {

std::span<Asset const> assets() noexcept {
    return {};
}

}  // namespace cl::console
