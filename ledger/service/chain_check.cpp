#include "ledger/service/chain_check.hpp"

#include "ledger/core/note.hpp"
#include "ledger/service/chain_walk.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace cl::service {
namespace {

constexpr auto again_when_unread = std::chrono::minutes(1);
constexpr int rests_per_work = 3;
constexpr std::string_view chain = "chain";
constexpr std::string_view chain_read = "chain_read";

/// Whether it is the log that is wrong, and not the reading of it.
bool broken(errc code) {
    return code == errc::chain_broken || code == errc::store_corrupt;
}

/// In words for anybody: what comes from the database may quote a path or the system.
std::string what_is_wrong(Error const& error) {
    std::string const what =
        error.code == errc::chain_broken ? error.detail : "ledger.db is damaged, or no longer what this program made of it";
    return "the ledger does not verify: " + what + "; keep a copy of the files as they are, and run consent-verify on it";
}

}  // namespace

ChainCheck::ChainCheck(std::shared_ptr<Core> core, Millis every) : core_(std::move(core)), every_(every) {
    thread_ = std::thread([this] { run(); });
}

ChainCheck::~ChainCheck() {
    stop();
}

void ChainCheck::stop() {
    {
        std::lock_guard const lock(mutex_);
        stop_ = true;
    }
    stop_asked_.notify_all();
    if (thread_.joinable()) thread_.join();
}

ChainStats ChainCheck::stats() const {
    std::lock_guard const lock(mutex_);
    return stats_;
}

std::optional<Check> ChainCheck::last() const {
    std::lock_guard const lock(mutex_);
    return last_;
}

bool ChainCheck::wait(std::chrono::nanoseconds time) {
    std::unique_lock lock(mutex_);
    return !stop_asked_.wait_for(lock, time, [this] { return stop_; });
}

void ChainCheck::run() {
    if (!core_->status.wait_until_ready()) return;
    for (;;) {
        auto const outcome = walk();
        if (!outcome && outcome.error().code == errc::not_ready) return;
        note(outcome);
        std::chrono::nanoseconds pause = std::chrono::milliseconds(every_);
        if (!outcome && !broken(outcome.error().code)) pause = std::min<std::chrono::nanoseconds>(pause, again_when_unread);
        if (!wait(pause)) return;
    }
}

Result<merkle::Size> ChainCheck::walk() {
    auto const published = core_->published.get();
    CL_TRY_ASSIGN(Checkpoint const signed_for, read_checkpoint(published->checkpoint));
    auto opened = core_->make_log_reader();
    if (!opened) return fail(errc::io, opened.error().detail);  // of either file: nothing was read yet
    auto const log = std::move(*opened);
    ChainWalk entries(0, Hash32{});
    Tree tree;
    while (entries.next() < signed_for.size) {
        auto const begun = std::chrono::steady_clock::now();
        CL_TRY(
            entries.follow(*log, std::min<Seq>(entries.next() + tile::full_width, signed_for.size), [&](Seq, std::string_view) {
                tree.append(entries.leaf());
                return Result<void>();
            }));
        for (Tree::Full const& full : tree.take_full()) CL_TRY(compare_tile(*log, full.level, full.index, *full.tile));
        if (!wait(rests_per_work * (std::chrono::steady_clock::now() - begun))) return fail(errc::not_ready, "stopped");
    }
    if (tree.root() == signed_for.root) return signed_for.size;
    return fail(errc::chain_broken,
                "the entries do not have the root that was signed at size " + std::to_string(signed_for.size));
}

void ChainCheck::note(Result<merkle::Size> const& outcome) {
    if (!outcome)
        core_->say("verifying the whole log: " + std::string(name(outcome.error().code)) + ": " + outcome.error().detail);
    std::lock_guard const lock(mutex_);
    bool const was_broken = last_ && last_->name == chain && last_->failure;
    if (outcome) {
        ++stats_.verified;
        stats_.last_verified = core_->env.clock.now();
        stats_.last_size = *outcome;
        last_ = Check{chain, std::nullopt};
        if (was_broken) core_->say("the ledger verifies again");
    } else if (broken(outcome.error().code)) {
        ++stats_.broken;
        last_ = Check{chain, fail(errc::not_ready, what_is_wrong(outcome.error()))};
    } else {
        ++stats_.unread;
        // What was found before stays, until somebody has read it to the end again.
        if (!was_broken)
            last_ = Check{
                chain_read,
                fail(errc::not_ready, "the ledger could not be read to the end when it was to be verified; the log says why")};
    }
}

}  // namespace cl::service
