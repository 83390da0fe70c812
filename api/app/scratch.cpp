#include "api/app/scratch.hpp"

#include <system_error>

namespace cl::api::app {

Result<std::filesystem::path> scratch_folder(std::string const& asked) {
    if (!asked.empty()) {
        return std::filesystem::path(asked);
    }
    std::error_code error;
    auto folder = std::filesystem::temp_directory_path(error);
    if (error) {
        return fail(errc::io, "no folder for temporary files (TMPDIR): " + error.message() + "; name one with --scratch");
    }
    return folder;
}

}  // namespace cl::api::app
