#include "api/import/journal.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/sha256.hpp"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace cl::api::import {
namespace {

constexpr std::int64_t version = 1;
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

}  // namespace

std::optional<Journal> read_journal(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(most_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    auto const parsed = json::parse(text, most_bytes);
    json::Object const* const object = parsed ? parsed->as_object() : nullptr;
    if (object == nullptr || count(*object, "v") != version) return std::nullopt;
    auto const wishes = hash_from_hex(object->string("wishes"));
    auto const rows = hash_from_hex(object->string("digest"));
    auto const seq = count(*object, "seq");
    auto const rejected = count(*object, "reject_bytes");
    auto const tally = read_tally(*object);
    if (!wishes || !rows || !seq || !rejected || *rejected < 0 || !tally) return std::nullopt;
    return Journal{*wishes, *rows, *seq, std::string(object->string("leaf")), static_cast<std::uint64_t>(*rejected), *tally};
}

Result<void> write_journal(std::filesystem::path const& path, Journal const& journal) {
    json::Object kinds;
    for (auto const& [kind, number] : journal.tally.kinds) kinds.set(kind, number);
    json::Object const text = {{"v", version},
                               {"wishes", to_hex(journal.wishes)},
                               {"digest", to_hex(journal.rows)},
                               {"seq", journal.seq},
                               {"leaf", journal.leaf},
                               {"reject_bytes", static_cast<std::int64_t>(journal.reject_bytes)},
                               {"rows", journal.tally.rows},
                               {"changes", journal.tally.changes},
                               {"recorded", journal.tally.recorded},
                               {"known", journal.tally.known},
                               {"rejected", journal.tally.rejected},
                               {"kinds", std::move(kinds)}};
    std::filesystem::path part = path;
    part += ".part";
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        static_cast<void>(::chmod(part.c_str(), S_IRUSR | S_IWUSR));
        out << json::write(text) << '\n';
        out.close();
        if (!out) return fail(errc::io, "cannot write " + part.string());
    }
    std::error_code error;
    std::filesystem::rename(part, path, error);
    return error ? Result<void>(fail(errc::io, "cannot write " + path.string())) : Result<void>();
}

Hash32 with_row(Hash32 const& rows, std::string_view text) {
    return sha256({rows.view(), text});
}

}  // namespace cl::api::import
