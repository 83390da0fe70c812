// How far the vault's part of each erasure is known to be done: said by the writer, asked for the certificate.
//
// Threads: any thread.
#pragma once

#include "ledger/core/entry.hpp"

#include <mutex>
#include <set>

namespace cl::service {

class Erasures {
public:
    /// The log has this many entries as the service starts. What was overwritten before may be in the vault's write-ahead log alone.
    void start(Seq size) {
        std::lock_guard const lock(mutex_);
        live_from_ = size;
        unknown_to_ = size;
        searched_to_ = size;
    }
    /// The vault has yet to overwrite what this subject.erased orders, or its files still hold the old bytes.
    void wait_for(Seq erasure) {
        std::lock_guard const lock(mutex_);
        waiting_.insert(erasure);
    }
    /// The write-ahead log was emptied after all that was to be overwritten.
    void finished_all() {
        std::lock_guard const lock(mutex_);
        waiting_.clear();
        unknown_to_ = 0;
    }
    /// The files were searched for what was erased before this entry since the service started.
    void searched(Seq to, bool found) {
        std::lock_guard const lock(mutex_);
        if (found && found_from_ < 0) found_from_ = searched_to_;
        searched_to_ = to;
    }

    struct Progress {
        bool finished = false;  ///< overwritten, and the write-ahead log emptied since
        bool searched = false;  ///< and then searched for, byte by byte
        bool found = false;     ///< with the result that some of it is still there
    };
    [[nodiscard]] Progress of(Seq erasure) const {
        std::lock_guard const lock(mutex_);
        bool const searched = erasure >= live_from_ && erasure < searched_to_;
        return {erasure >= unknown_to_ && !waiting_.contains(erasure), searched,
                searched && found_from_ >= 0 && erasure >= found_from_};
    }

private:
    mutable std::mutex mutex_;
    std::set<Seq> waiting_;
    Seq live_from_ = 0;
    Seq unknown_to_ = 0;
    Seq searched_to_ = 0;
    Seq found_from_ = -1;  ///< a search found something of an erasure from here on; -1: none did
};

}  // namespace cl::service
