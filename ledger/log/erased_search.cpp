#include "ledger/log/erased_search.hpp"

#include <cstring>
#include <utility>

namespace cl::log {
namespace {

constexpr std::size_t piece_bytes = sizeof(std::uint64_t);
constexpr std::uint64_t filter_bits = 1ULL << 22U;

std::uint64_t piece_at(char const* bytes) noexcept {
    std::uint64_t piece = 0;
    std::memcpy(&piece, bytes, piece_bytes);
    return piece;
}

}  // namespace

std::uint64_t ErasedSearch::piece_of(std::string_view salt) noexcept {
    return salt.size() < piece_bytes ? 0 : piece_at(salt.data());
}

void ErasedSearch::add(std::uint64_t piece) {
    came_back(piece);
    waiting_.insert(piece);
}

void ErasedSearch::came_back(std::uint64_t piece) {
    waiting_.erase(piece);
    pieces_.erase(piece);
    std::erase(found_, piece);
}

void ErasedSearch::begin() {
    pieces_ = std::exchange(waiting_, {});
    filter_.assign(filter_bits, false);
    for (std::uint64_t const piece : pieces_) filter_[piece % filter_bits] = true;
    searched_ = static_cast<std::int64_t>(pieces_.size());
    found_.clear();
    file_ = sqlite::RawFile::database;
    at_ = 0;
}

void ErasedSearch::give_up() {
    waiting_.merge(pieces_);
    waiting_.insert(found_.begin(), found_.end());
    pieces_.clear();
    found_.clear();
    searched_ = 0;
    doubts_ = false;
}

void ErasedSearch::look_through(std::string_view bytes) {
    for (std::size_t i = 0; i + piece_bytes <= bytes.size(); ++i) {
        std::uint64_t const piece = piece_at(bytes.data() + i);
        if (filter_[piece % filter_bits] && pieces_.erase(piece) > 0) found_.push_back(piece);
    }
}

Result<ErasedSearch::Step> ErasedSearch::step(sqlite::Connection& connection, std::size_t bytes) {
    if (pieces_.empty() && waiting_.empty() && searched_ == 0) return Step{};
    if (searched_ == 0) begin();
    buffer_.resize(bytes + piece_bytes);
    auto const there = connection.read_raw(file_, at_, buffer_);
    if (!there) {
        give_up();
        return there.error();
    }
    look_through(std::string_view(buffer_).substr(0, *there));
    if (*there == buffer_.size()) {
        at_ += static_cast<std::int64_t>(bytes + 1);  // a piece may stand across two steps
        return Step{.done = false};
    }
    at_ = 0;
    if (std::exchange(file_, sqlite::RawFile::wal) == sqlite::RawFile::database) return Step{.done = false};
    pieces_.clear();
    filter_ = {};
    buffer_ = {};
    doubts_ = !found_.empty();
    return doubts_ ? Step{.done = false} : end();
}

ErasedSearch::Step ErasedSearch::end() {
    doubts_ = false;
    auto const found = static_cast<std::int64_t>(std::exchange(found_, {}).size());
    return Step{waiting_.empty(), std::exchange(searched_, 0), found};
}

}  // namespace cl::log
