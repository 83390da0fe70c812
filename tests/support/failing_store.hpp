// A LogStore whose disk can be made to fail, or to wait. For tests.
//
// Threads: as LogStore; the switches are for any thread.
#pragma once

#include "ledger/log/log_store.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

namespace cl::test {

struct StoreSwitches {
    std::atomic<bool> fail_append{false};  ///< the next COMMIT fails, and nothing of it is there
    std::atomic<bool> fail_after{false};   ///< the next COMMIT reports a failure although it is there
    std::atomic<bool> hold{false};         ///< appends wait while this is set
    std::atomic<int> appends{0};
    std::atomic<bool> hold_erase{false};   ///< an erasure waits while this is set
    std::atomic<int> erased{0};            ///< calls of erase_openings
    std::atomic<bool> fail_search{false};  ///< the vault's files cannot be read byte by byte
};

class FailingStore final : public log::LogStore {
public:
    FailingStore(std::unique_ptr<log::LogStore> store, std::shared_ptr<StoreSwitches> switches)
        : store_(std::move(store)), switches_(std::move(switches)) {}

    Result<void> append(log::Head const& expected, log::Batch const& batch) override {
        ++switches_->appends;
        while (switches_->hold) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (switches_->fail_append) return fail(errc::io, "the disk said no");
        CL_TRY(store_->append(expected, batch));
        if (switches_->fail_after) return fail(errc::io, "the disk said no, too late");
        return {};
    }
    Result<log::Head> head() override { return store_->head(); }
    Result<std::optional<std::string>> entry(Seq seq) override { return store_->entry(seq); }
    Result<void> range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit) override {
        return store_->range(first, last, visit);
    }
    Result<std::optional<std::string>> tile(int level, merkle::Size index) override { return store_->tile(level, index); }
    Result<std::optional<log::StoredCheckpoint>> last_checkpoint() override { return store_->last_checkpoint(); }
    Result<std::optional<log::Opening>> opening(Seq seq, std::string_view pointer) override {
        return store_->opening(seq, pointer);
    }
    Result<Orphans> openings_from(Seq seq) override { return store_->openings_from(seq); }
    Result<OpeningCount> count_openings(Seq seq) override { return store_->count_openings(seq); }
    Result<std::optional<log::MessageId>> message(Hash32 const& digest) override { return store_->message(digest); }
    Result<void> put_openings(std::vector<log::Opening> const& openings) override { return store_->put_openings(openings); }
    Result<void> erase_openings(std::vector<Seq> const& seqs) override {
        ++switches_->erased;
        while (switches_->hold_erase) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return store_->erase_openings(seqs);
    }
    Result<Search> search_erased(std::size_t bytes) override {
        if (switches_->fail_search) return fail(errc::io, "the disk cannot read that");
        return store_->search_erased(bytes);
    }
    Result<void> drop_openings_from(Seq seq) override { return store_->drop_openings_from(seq); }
    Result<void> forget_messages(Millis before) override { return store_->forget_messages(before); }
    Result<void> maintain() override { return store_->maintain(); }
    Result<std::unique_ptr<log::LogReader>> open_reader() override { return store_->open_reader(); }

private:
    std::unique_ptr<log::LogStore> store_;
    std::shared_ptr<StoreSwitches> switches_;
};

}  // namespace cl::test
