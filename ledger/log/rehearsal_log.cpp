#include "ledger/log/rehearsal_log.hpp"

#include "ledger/log/batch_check.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>

namespace cl::log {
namespace {

/// Bytes, one behind the other, in a file that has no name.
class Spool {
public:
    struct Place {
        off_t at = 0;
        std::size_t size = 0;
    };
    Spool() = default;
    ~Spool() {
        if (fd_ >= 0) ::close(fd_);
    }
    Spool(Spool const&) = delete;
    Spool& operator=(Spool const&) = delete;

    Result<void> open(std::filesystem::path const& folder) {
        std::string pattern = (folder / "rehearsal-XXXXXX").string();
        fd_ = ::mkostemp(pattern.data(), O_CLOEXEC);
        if (fd_ < 0) return fail(errc::io, "no working file can be made");
        ::unlink(pattern.c_str());
        return {};
    }
    Result<Place> put(std::string_view bytes) {
        Place const place{end_, bytes.size()};
        while (!bytes.empty()) {
            ssize_t const written = ::pwrite(fd_, bytes.data(), bytes.size(), end_);
            if (written <= 0) return fail(errc::io, "the working file cannot be written");
            end_ += written;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return place;
    }
    [[nodiscard]] Result<std::string> get(Place const& place) const {
        std::string bytes(place.size, '\0');
        bool const whole = ::pread(fd_, bytes.data(), bytes.size(), place.at) == static_cast<ssize_t>(bytes.size());
        return whole ? Result<std::string>(std::move(bytes)) : fail(errc::io, "the working file cannot be read");
    }

private:
    int fd_ = -1;
    off_t end_ = 0;
};

/// What was appended; shared by the store and its readers.
struct Kept {
    struct Opened {
        Hash32 salt;
        Spool::Place content;
    };
    std::mutex mutex;  // guards all below
    Spool spool;
    Seq first = 0;  ///< the base ends before it
    Head head;
    std::vector<Spool::Place> rows;
    std::map<std::pair<int, merkle::Size>, std::string> tiles;
    std::map<std::pair<Seq, std::string>, Opened> openings;
    std::unordered_map<Hash32, MessageId, Hash32Hasher> messages;
    std::optional<StoredCheckpoint> checkpoint;
    std::set<Seq> erased;
};

class Rehearsed final : public LogStore {
public:
    Rehearsed(std::shared_ptr<Kept> kept, std::unique_ptr<LogReader> base, LogReaderMaker make_base)
        : kept_(std::move(kept)), base_(std::move(base)), make_base_(std::move(make_base)) {}

    static Result<std::unique_ptr<Rehearsed>> make(std::shared_ptr<Kept> const& kept, LogReaderMaker const& base) {
        CL_TRY_ASSIGN(auto reader, base());
        return std::make_unique<Rehearsed>(kept, std::move(reader), base);
    }

    Result<Head> head() override {
        std::lock_guard const lock(kept_->mutex);
        return kept_->head;
    }
    Result<std::optional<std::string>> entry(Seq seq) override {
        if (seq < kept_->first) return base_->entry(seq);
        std::lock_guard const lock(kept_->mutex);
        auto const index = static_cast<std::size_t>(seq - kept_->first);
        if (index >= kept_->rows.size()) return std::optional<std::string>{};
        CL_TRY_ASSIGN(std::string bytes, kept_->spool.get(kept_->rows[index]));
        return std::optional<std::string>(std::move(bytes));
    }
    Result<void> range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit) override {
        bool go_on = true;
        if (first < kept_->first) {
            CL_TRY(base_->range(first, std::min(last, kept_->first), [&](Seq seq, std::string_view bytes) {
                go_on = visit(seq, bytes);
                return go_on;
            }));
        }
        for (Seq seq = std::max(first, kept_->first); go_on && seq < last; ++seq) {
            CL_TRY_ASSIGN(auto const bytes, entry(seq));
            if (!bytes) return {};
            go_on = visit(seq, *bytes);
        }
        return {};
    }
    Result<std::optional<std::string>> tile(int level, merkle::Size index) override {
        {
            std::lock_guard const lock(kept_->mutex);
            auto const found = kept_->tiles.find({level, index});
            if (found != kept_->tiles.end()) return std::optional<std::string>(found->second);
        }
        return base_->tile(level, index);
    }
    Result<std::optional<StoredCheckpoint>> last_checkpoint() override {
        std::lock_guard const lock(kept_->mutex);
        return kept_->checkpoint;
    }
    Result<std::optional<Opening>> opening(Seq seq, std::string_view pointer) override {
        std::lock_guard const lock(kept_->mutex);
        if (kept_->erased.contains(seq)) return std::optional<Opening>{};
        auto const found = kept_->openings.find({seq, std::string(pointer)});
        if (found == kept_->openings.end()) {
            return seq < kept_->first ? base_->opening(seq, pointer) : Result<std::optional<Opening>>(std::nullopt);
        }
        CL_TRY_ASSIGN(std::string content, kept_->spool.get(found->second.content));
        return std::optional<Opening>(Opening{seq, std::string(pointer), found->second.salt, std::move(content)});
    }
    Result<Orphans> openings_from(Seq) override { return Orphans{}; }
    Result<OpeningCount> count_openings(Seq seq) override {
        std::lock_guard const lock(kept_->mutex);
        OpeningCount count;
        if (seq < kept_->first) {
            CL_TRY_ASSIGN(count, base_->count_openings(seq));
        }
        auto at = kept_->openings.lower_bound({seq, std::string()});
        for (; at != kept_->openings.end() && at->first.first == seq; ++at) ++count.kept;
        if (kept_->erased.contains(seq)) count.erased += std::exchange(count.kept, 0);
        return count;
    }
    Result<std::optional<MessageId>> message(Hash32 const& digest) override {
        {
            std::lock_guard const lock(kept_->mutex);
            auto const found = kept_->messages.find(digest);
            if (found != kept_->messages.end()) return std::optional<MessageId>(found->second);
        }
        return base_->message(digest);
    }

    Result<void> append(Head const& expected, Batch const& batch) override {
        std::lock_guard const lock(kept_->mutex);
        if (expected != kept_->head) return fail(errc::head_conflict, "the log has moved on since the batch was made");
        CL_TRY(check_batch(expected, batch));
        for (Row const& row : batch.rows) {
            CL_TRY_ASSIGN(Spool::Place const place, kept_->spool.put(row.bytes));
            kept_->rows.push_back(place);
        }
        for (TileRow const& one : batch.tiles) kept_->tiles[{one.level, one.index}] = one.hashes;
        for (MessageId const& one : batch.message_ids) kept_->messages.insert_or_assign(one.digest, one);
        if (batch.checkpoint) kept_->checkpoint = batch.checkpoint;
        CL_TRY(keep(batch.openings));
        kept_->head = head_after(expected, batch);
        return {};
    }
    Result<void> put_openings(std::vector<Opening> const& openings) override {
        std::lock_guard const lock(kept_->mutex);
        CL_TRY(check_openings(openings, kept_->head.size));
        return keep(openings);
    }
    Result<void> erase_openings(std::vector<Seq> const& seqs) override {
        std::lock_guard const lock(kept_->mutex);
        kept_->erased.insert(seqs.begin(), seqs.end());
        return {};
    }
    Result<Search> search_erased(std::size_t) override { return Search{}; }
    Result<void> drop_openings_from(Seq) override { return {}; }
    Result<void> forget_messages(Millis) override { return {}; }
    Result<void> maintain() override { return {}; }
    Result<std::unique_ptr<LogReader>> open_reader() override {
        CL_TRY_ASSIGN(auto reader, make(kept_, make_base_));
        return std::unique_ptr<LogReader>(std::move(reader));
    }

private:
    /// With the mutex held.
    Result<void> keep(std::vector<Opening> const& openings) {
        for (Opening const& one : openings) {
            CL_TRY_ASSIGN(Spool::Place const place, kept_->spool.put(one.content));
            kept_->openings.insert_or_assign({one.seq, one.pointer}, Kept::Opened{one.salt, place});
        }
        return {};
    }

    std::shared_ptr<Kept> kept_;
    std::unique_ptr<LogReader> base_;
    LogReaderMaker make_base_;
};

}  // namespace

Result<RehearsalLog> open_rehearsal_log(LogReaderMaker base, Head const& head, std::filesystem::path const& folder) {
    auto const kept = std::make_shared<Kept>();
    CL_TRY(kept->spool.open(folder));
    kept->first = head.size;
    kept->head = head;
    CL_TRY_ASSIGN(auto store, Rehearsed::make(kept, base));
    auto make_reader = [kept, base = std::move(base)]() -> Result<std::unique_ptr<LogReader>> {
        CL_TRY_ASSIGN(auto reader, Rehearsed::make(kept, base));
        return std::unique_ptr<LogReader>(std::move(reader));
    };
    return RehearsalLog{std::move(store), std::move(make_reader)};
}

}  // namespace cl::log
