#include "api/import/journal.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/sha256.hpp"

#include <fstream>
#include <iterator>

namespace cl::api::import {
namespace {

constexpr std::int64_t version = 2;
constexpr std::size_t most_bytes = 16'384;

std::optional<std::int64_t> count(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    if (value == nullptr || value->as_int() == nullptr || *value->as_int() < -1) return std::nullopt;
    return *value->as_int();
}

std::optional<Tally> read_tally(json::Object const& object) {
    Tally tally;
    for (auto const& [name, into] :
         {std::pair{"rows", &tally.rows}, std::pair{"changes", &tally.changes}, std::pair{"recorded", &tally.recorded},
          std::pair{"known", &tally.known}, std::pair{"rejected", &tally.rejected}}) {
        auto const read = count(object, name);
        if (!read) return std::nullopt;
        *into = *read;
    }
    json::Value const* const kinds = object.find("kinds");
    if (kinds == nullptr || kinds->as_object() == nullptr) return std::nullopt;
    for (json::Member const& kind : *kinds->as_object()) {
        if (kind.value.as_int() == nullptr) return std::nullopt;
        tally.kinds[kind.name] = *kind.value.as_int();
    }
    return tally;
}

std::optional<Kept> read_kept(json::Object const& object) {
    json::Value const* const rejects = object.find("rejects");
    if (rejects == nullptr || rejects->as_object() == nullptr) return std::nullopt;
    auto const bytes = count(*rejects->as_object(), "bytes");
    auto const digest = hash_from_hex(rejects->as_object()->string("digest"));
    if (!bytes || *bytes < 0 || !digest) return std::nullopt;
    return Kept{static_cast<std::uint64_t>(*bytes), *digest};
}

}  // namespace

Result<std::optional<Journal>> read_journal(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(most_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.empty()) return std::optional<Journal>();
    auto const parsed = json::parse(text, most_bytes);
    json::Object const* const object = parsed ? parsed->as_object() : nullptr;
    if (object == nullptr || !count(*object, "v") || !object->contains("wishes")) {
        return fail(errc::usage, path.string() + " is there and is not the state of an import: name another file");
    }
    auto const wishes = hash_from_hex(object->string("wishes"));
    auto const rows = hash_from_hex(object->string("digest"));
    auto const seq = count(*object, "seq");
    auto const tally = read_tally(*object);
    if (count(*object, "v") != version || !wishes || !rows || !seq || !tally) return std::optional<Journal>();
    return std::optional(Journal{*wishes, *rows, *seq, std::string(object->string("leaf")), read_kept(*object), *tally});
}

Result<void> write_journal(std::filesystem::path const& path, Journal const& journal) {
    json::Object kinds;
    for (auto const& [kind, number] : journal.tally.kinds) kinds.set(kind, number);
    json::Object text = {{"v", version},
                         {"wishes", to_hex(journal.wishes)},
                         {"digest", to_hex(journal.rows)},
                         {"seq", journal.seq},
                         {"leaf", journal.leaf},
                         {"rows", journal.tally.rows},
                         {"changes", journal.tally.changes},
                         {"recorded", journal.tally.recorded},
                         {"known", journal.tally.known},
                         {"rejected", journal.tally.rejected},
                         {"kinds", std::move(kinds)}};
    if (journal.rejects) {
        text.set("rejects", json::Object{{"bytes", static_cast<std::int64_t>(journal.rejects->bytes)},
                                         {"digest", to_hex(journal.rejects->digest)}});
    }
    PartFile file;
    CL_TRY(file.open(path));
    CL_TRY(file.cut(0));
    CL_TRY(file.write(json::write(text) + "\n"));
    return file.finish();
}

Hash32 with_row(Hash32 const& rows, std::string_view text) {
    return sha256({rows.view(), text});
}

}  // namespace cl::api::import
