// Tile paths and entry bundles of C2SP tlog-tiles.
#include "ledger/core/tile.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace cl::tile {
namespace {

constexpr int last_level = 63;
constexpr std::size_t hash_bytes = 32;

Error bad_path() {
    return fail(errc::note_malformed, "not a tile path");
}

/// The index in groups of three digits, all but the last with an `x` before: 1234067 is `x001/x234/067`.
std::string index_path(merkle::Size index) {
    std::string out;
    for (bool last = true; last || index > 0; last = false, index /= 1000) {
        std::string group = std::to_string(index % 1000);
        group.insert(0, 3 - group.size(), '0');
        out = last ? group : "x" + group + "/" + out;
    }
    return out;
}

std::optional<merkle::Size> number(std::string_view digits) {
    merkle::Size value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) {
        return std::nullopt;
    }
    return value;
}

/// The text up to the next '/', which is taken off as well.
std::string_view next_part(std::string_view& rest) {
    std::size_t const slash = std::min(rest.find('/'), rest.size());
    std::string_view const part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    return part;
}

}  // namespace

std::string path(Coord const& coord) {
    if (coord.level < entries || coord.level > last_level || coord.index < 0 || coord.width < 1 || coord.width > full_width) {
        throw std::logic_error("no such tile can exist");
    }
    std::string out =
        "tile/" + (coord.level == entries ? "entries" : std::to_string(coord.level)) + "/" + index_path(coord.index);
    if (coord.width != full_width) {
        out += ".p/" + std::to_string(coord.width);
    }
    return out;
}

Result<Coord> parse_path(std::string_view path) {
    // Read freely, then compared with what path() writes: leading zeros, empty groups and signs all fail there.
    constexpr std::size_t longest = 64;
    std::string_view rest = path;
    if (path.size() > longest || next_part(rest) != "tile") {
        return bad_path();
    }
    std::string_view const level_text = next_part(rest);
    auto const level = level_text == "entries" ? std::optional<merkle::Size>(entries) : number(level_text);
    std::string digits;
    std::string_view group = next_part(rest);
    while (group.starts_with('x')) {
        digits += group.substr(1);
        group = next_part(rest);
    }
    bool const partial = group.ends_with(".p");
    digits += partial ? group.substr(0, group.size() - 2) : group;
    auto const index = number(digits);
    auto const width = partial ? number(rest) : std::optional(full_width);
    if (!level || *level > last_level || !index || !width || *width < 1 || *width > full_width) {
        return bad_path();
    }
    Coord const coord{static_cast<int>(*level), *index, static_cast<int>(*width)};
    if (tile::path(coord) != path) {
        return bad_path();
    }
    return coord;
}

int width_at(int level, merkle::Size index, merkle::Size size) {
    int const shift = level == entries ? 0 : level * height;
    merkle::Size const hashes = shift > 62 ? 0 : size >> shift;
    if (index < 0 || index > hashes / full_width) {
        return 0;
    }
    return static_cast<int>(std::min(full_width, hashes - index * full_width));
}

Result<void> append_to_bundle(std::string_view entry, std::string& bundle) {
    if (entry.size() > limits::entry_bytes) {
        return fail(errc::too_large, "an entry is at most 65,535 bytes");
    }
    bundle += static_cast<char>(entry.size() >> 8);
    bundle += static_cast<char>(entry.size() & 0xff);
    bundle += entry;
    return {};
}

Result<std::vector<std::string_view>> split_bundle(std::string_view bundle) {
    std::vector<std::string_view> found;
    while (!bundle.empty()) {
        if (bundle.size() < 2) {
            return fail(errc::note_malformed, "the entry bundle ends within a length");
        }
        std::size_t const size =
            std::size_t{static_cast<unsigned char>(bundle[0])} << 8 | static_cast<unsigned char>(bundle[1]);
        bundle.remove_prefix(2);
        if (bundle.size() < size) {
            return fail(errc::note_malformed, "the entry bundle ends within an entry");
        }
        if (found.size() == static_cast<std::size_t>(full_width)) {
            return fail(errc::note_malformed, "an entry bundle holds at most 256 entries");
        }
        found.push_back(bundle.substr(0, size));
        bundle.remove_prefix(size);
    }
    return found;
}

Hash32 subtree_root(std::string_view hashes, int begin, int level) {
    if (begin < 0 || level < 0 || level > height) {
        throw std::logic_error("no such subtree in a tile");
    }
    std::size_t const count = std::size_t{1} << level;
    std::size_t const first = static_cast<std::size_t>(begin);
    if (hashes.size() / hash_bytes < first + count) {
        throw std::logic_error("the subtree is not within the tile");
    }
    std::vector<Hash32> row(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>((first + i) * hash_bytes), hash_bytes, row[i].bytes.begin());
    }
    for (std::size_t width = count / 2; width > 0; width /= 2) {
        for (std::size_t i = 0; i < width; ++i) {
            row[i] = node_hash(row[2 * i], row[2 * i + 1]);
        }
    }
    return row[0];
}

}  // namespace cl::tile
