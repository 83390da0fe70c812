// encode and decode: one typed form, one byte form. decode re-encodes and compares, so that whatever slips past the reader still
// cannot make two spellings of one entry.
#include "ledger/core/entry.hpp"

#include "ledger/core/entry_format.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

#include <array>

namespace cl {
namespace {

constexpr std::array<std::string_view, 4> level_names = {"none", "conversational", "informational", "promotional"};

Error malformed(Error cause) {
    cause.code = errc::entry_malformed;
    return cause;
}

/// The entry as an object, and its version.
struct Parsed {
    json::Value value;
    std::int64_t version = 0;
};

Result<Parsed> parse_object(std::string_view bytes) {
    auto value = json::parse(bytes, limits::entry_bytes);
    if (!value) {
        return malformed(std::move(value).error());
    }
    json::Object const* const root = value->as_object();
    json::Value const* const version = root == nullptr ? nullptr : root->find("v");
    if (version == nullptr || version->as_int() == nullptr) {
        return fail(errc::entry_malformed, "an entry is an object with an integer member v", "/v");
    }
    std::int64_t const number = *version->as_int();
    return Parsed{std::move(*value), number};
}

}  // namespace

std::string_view name(Level level) noexcept {
    return level_names[static_cast<std::size_t>(level)];
}

std::optional<Level> level_from(std::string_view text) noexcept {
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (level_names[i] == text) {
            return static_cast<Level>(i);
        }
    }
    return std::nullopt;
}

Result<std::string> encode(Entry const& entry) {
    CL_TRY(entry_format::check(entry));
    CL_TRY(entry_format::check_data(entry.data));
    std::string out;
    out.reserve(1024);
    entry_format::write(entry, out);
    if (out.size() > limits::entry_bytes) {
        return fail(errc::too_large, "the entry would be longer than 65,535 bytes");
    }
    return out;
}

Result<Entry> decode(std::string_view bytes) {
    CL_TRY_ASSIGN(Parsed parsed, parse_object(bytes));
    if (parsed.version != 1) {
        return fail(errc::entry_version, "an entry of format version " + std::to_string(parsed.version), "/v");
    }
    CL_TRY_ASSIGN(Entry entry, entry_format::read(*parsed.value.as_object()));
    if (auto checked = entry_format::check(entry); !checked) {
        return malformed(std::move(checked).error());
    }
    std::string again;
    again.reserve(bytes.size());
    entry_format::write(entry, again);
    if (again != bytes) {
        return fail(errc::entry_not_canonical, "the entry's bytes are not the ones that its values encode to");
    }
    return entry;
}

Result<Envelope> decode_envelope(std::string_view bytes) {
    CL_TRY_ASSIGN(Parsed const parsed, parse_object(bytes));
    json::Object const& root = *parsed.value.as_object();
    json::Value const* const seq = root.find("seq");
    if (seq == nullptr || seq->as_int() == nullptr || *seq->as_int() < 0) {
        return fail(errc::entry_malformed, "an entry has a seq from 0", "/seq");
    }
    auto const prev = hash_from_hex(root.string("prev"));
    if (!prev) {
        return fail(errc::entry_malformed, "an entry has a prev of 64 hexadecimal digits", "/prev");
    }
    return Envelope{parsed.version, *seq->as_int(), *prev};
}

Hash32 leaf_hash(std::string_view entry_bytes) {
    return sha256({std::string_view("\0", 1), entry_bytes});
}

}  // namespace cl
