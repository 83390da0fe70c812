#include "ledger/service/renaming.hpp"

#include "ledger/core/sync.hpp"
#include "ledger/service/new_files.hpp"

#include <system_error>

namespace cl::service {
namespace {

std::string text_of(Hash32 const& leaf) {
    return to_hex(leaf) + "\n";
}

Result<void> remove_old(DataDir const& dir) {
    std::error_code error;
    std::filesystem::remove(dir.renaming(), error);
    if (error) return fail(errc::io, "the file renaming cannot be removed: " + error.message());
    return {};
}

}  // namespace

Result<void> begin_renaming(DataDir const& dir, Hash32 const& leaf) {
    CL_TRY(remove_old(dir));  // of a name that was not taken
    CL_TRY(write_new_file(dir.renaming(), text_of(leaf), 0600));
    return sync_file_system(dir.root);
}

bool renaming_by(DataDir const& dir, Hash32 const& leaf) {
    std::string const expected = text_of(leaf);
    auto const written = read_small_file(dir.renaming(), expected.size());
    return written && *written == expected;
}

Result<void> end_renaming(DataDir const& dir) {
    CL_TRY(remove_old(dir));
    return sync_directory(dir.root);
}

}  // namespace cl::service
