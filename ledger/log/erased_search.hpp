// Private to the room: a search of the vault's files for what was erased, byte by byte and without believing the database: that no copy of an
// erased row lies in a page that nobody reads any more, or in the write-ahead log.
//
// It looks for eight bytes of each salt. A salt is random, its content stands right behind it in the file, and eight bytes of 32 open no
// commitment: they may be kept in memory until the search is over. Of a content that is longer than a page only the beginning stands behind its
// salt; the rest is on overflow pages, where no salt is: a copy of those alone is not found.
//
// Threads: as the connection.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/sqlite/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace cl::log {

class ErasedSearch {
public:
    /// The first bytes of a salt; of less than eight bytes: 0.
    [[nodiscard]] static std::uint64_t piece_of(std::string_view salt) noexcept;

    /// It was erased: to be searched for by the next search that begins. What the search under way has of it says nothing any more: it stood
    /// until now.
    void add(std::uint64_t piece);
    /// It stands again, rightly (whoever comes back has the same number, and so the same salt): not to be searched for until it is erased
    /// once more.
    void came_back(std::uint64_t piece);
    struct Step {
        bool done = true;           ///< as LogStore::Search
        std::int64_t searched = 0;  ///< as LogStore::Search
        std::int64_t found = 0;     ///< as LogStore::Search
    };
    /// Reads on, about `bytes`; begins a search if none is under way and there is something to be searched for. errc::io.
    /// What was to be searched for is then left to the next search.
    [[nodiscard]] Result<Step> step(sqlite::Connection& connection, std::size_t bytes);

    /// True when the files were read and something was found: a row that stands is no copy that was left behind (of two rows with one salt, as
    /// a vault from a backup may have them, one was erased), so the caller goes through the rows before the search is over, instead of
    /// calling step().
    [[nodiscard]] bool doubts() const noexcept { return doubts_; }
    /// A row that stands begins so.
    void stands(std::uint64_t piece) { std::erase(found_, piece); }
    /// All rows were gone through.
    [[nodiscard]] Step end();
    /// The search under way says nothing: what was to be searched for is left to the next one.
    void give_up();

private:
    void begin();
    void look_through(std::string_view bytes);

    std::unordered_set<std::uint64_t> waiting_;
    std::unordered_set<std::uint64_t> pieces_;  ///< of the search under way, those that were not found and have not come back
    std::vector<bool> filter_;                  ///< by the low bits of a piece: says of most places at once that it is none
    std::int64_t searched_ = 0;
    std::vector<std::uint64_t> found_;
    bool doubts_ = false;
    sqlite::RawFile file_{};
    std::int64_t at_ = 0;  ///< in file_
    std::string buffer_;
};

}  // namespace cl::log
