#include "tests/common/places.hpp"

namespace cl::test {

std::filesystem::path source_dir() {
    return CL_SOURCE_DIR;
}

std::filesystem::path binary_dir() {
    return CL_BINARY_DIR;
}

}  // namespace cl::test
