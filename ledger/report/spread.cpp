#include "ledger/report/spread.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace cl::report {
namespace {

constexpr int fine_bits = 6;
constexpr std::int64_t fine = 1 << fine_bits;

std::size_t bin_of(std::int64_t value) {
    if (value < fine) return static_cast<std::size_t>(value);
    int const shift = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value))) - fine_bits - 1;
    return static_cast<std::size_t>((shift + 1) * fine + ((value >> shift) - fine));
}

/// The highest value of a bin.
std::int64_t top_of(std::size_t bin) {
    auto const at = static_cast<std::int64_t>(bin);
    if (at < fine) return at;
    std::int64_t const shift = at / fine - 1;
    return ((at % fine + fine + 1) << shift) - 1;
}

}  // namespace

void Spread::add(std::int64_t value) {
    std::int64_t const counted = std::max<std::int64_t>(0, value);
    std::size_t const bin = bin_of(counted);
    if (bins_.size() <= bin) bins_.resize(bin + 1);
    ++bins_[bin];
    ++count_;
    most_ = std::max(most_, counted);
}

std::int64_t Spread::percentile(int percent) const noexcept {
    std::int64_t const wanted = (count_ * percent + 99) / 100;
    std::int64_t seen = 0;
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
        seen += bins_[bin];
        if (seen >= wanted && seen > 0) return std::min(top_of(bin), most_);
    }
    return most_;
}

}  // namespace cl::report
