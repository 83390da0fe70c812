// The head file of a data directory as the verifier sees it. A running service writes a slot in place, so that a slot may be seen half
// written: it is read again a few times before it is called damaged. One damaged slot is what a power cut can leave behind; two are not.
#include "ledger/core/head_slots.hpp"
#include "verify/small_file.hpp"
#include "verify/source.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace cl::verify {
namespace {

constexpr int attempts = 20;
constexpr auto pause = std::chrono::milliseconds(5);

struct Seen {
    std::vector<head_slots::Slot> valid;
    int damaged = 0;
};

Seen look_at(std::string_view file) {
    Seen seen;
    for (int place = 0; place < 2; ++place) {
        std::size_t const offset = static_cast<std::size_t>(place) * head_slots::slot_bytes;
        std::string_view const bytes = file.substr(std::min(offset, file.size())).substr(0, head_slots::slot_bytes);
        bool const written = std::any_of(bytes.begin(), bytes.end(), [](char c) { return c != '\0'; });
        if (auto slot = head_slots::slot_at(file, place)) {
            seen.valid.push_back(std::move(*slot));
        } else if (written) {
            ++seen.damaged;
        }
    }
    return seen;
}

Result<Seen> read_head(std::filesystem::path const& path) {
    Seen seen;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        CL_TRY_ASSIGN(FileDescriptor const file, open_regular(path));
        CL_TRY_ASSIGN(std::string const bytes, read_at(file, 0, head_slots::file_bytes));
        seen = look_at(bytes);
        if (seen.damaged == 0) {
            break;
        }
        std::this_thread::sleep_for(pause);
    }
    return seen;
}

constexpr std::string_view where = "the file head";

}  // namespace

std::vector<FoundNote> read_head_notes(std::filesystem::path const& directory) {
    std::vector<FoundNote> notes;
    if (auto seen = read_head(directory / "head")) {
        for (head_slots::Slot& slot : seen->valid) {
            notes.push_back({ClaimFrom::head, std::string(where), std::move(slot.note)});
        }
    }
    return notes;
}

void add_head_claims(std::filesystem::path const& directory, Overview& overview) {
    auto seen = read_head(directory / "head");
    if (!seen) {
        overview.incomplete.push_back({"The file head, which guards against an older copy of the ledger, cannot be read (" +
                                           seen.error().detail + "): rollback was not checked.",
                                       "Find out who removed it. The service refuses to start without it."});
        return;
    }
    for (head_slots::Slot& slot : seen->valid) {
        overview.notes.push_back({ClaimFrom::head, std::string(where), std::move(slot.note)});
    }
    if (seen->valid.empty()) {
        overview.findings.push_back(
            {check::head_damaged, std::nullopt, std::nullopt,
             seen->damaged == 0 ? "the file holds no checkpoint" : "no checkpoint in it has a matching checksum"});
    } else if (seen->damaged > 0) {
        overview.incomplete.push_back(
            {"One of the two halves of the file head is damaged, as a power cut can leave it: rollback was checked "
             "against the other half only.",
             "Start and stop the service once, which writes it anew, then verify again. If there was no power "
             "cut, find out who changed it."});
    }
}

}  // namespace cl::verify
