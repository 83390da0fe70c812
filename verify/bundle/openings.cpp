#include "verify/bundle/openings.hpp"

#include "ledger/core/keys.hpp"

#include <algorithm>

namespace cl::verify::bundle {
namespace {

void collect(json::Value const& value, std::string const& pointer, std::vector<std::pair<std::string, Hash32>>& out) {
    if (json::Object const* const object = value.as_object()) {
        auto const commit =
            object->size() == 1 ? hash_from_hex(object->string("commit")) : Result<Hash32>(fail(errc::malformed, ""));
        if (commit) {
            out.emplace_back(pointer, *commit);
            return;
        }
        for (json::Member const& member : *object) collect(member.value, json::pointer_join(pointer, member.name), out);
    } else if (json::Array const* const array = value.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) collect((*array)[i], pointer + "/" + std::to_string(i), out);
    }
}

}  // namespace

std::vector<std::pair<std::string, Hash32>> commitments_of(Entry const& entry) {
    std::vector<std::pair<std::string, Hash32>> out;
    for (json::Member const& member : entry.data) collect(member.value, json::pointer_join("/data", member.name), out);
    for (std::size_t i = 0; i < entry.evidence.size(); ++i) {
        out.emplace_back("/evidence/" + std::to_string(i), entry.evidence[i].digest);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Openings::Openings(Archive const& archive, Manifest const& manifest, Findings& findings)
    : redacted_(manifest.redacted),
      findings_(findings),
      rows_(Lines(archive, bundle_format::file::openings, findings), parse_opening) {}

void Openings::surplus(std::string_view why) {
    OpeningRow const& row = *rows_.peek();
    findings_.add(check::opening, row.seq, printable(row.pointer) + ": " + std::string(why));
    rows_.pop();
}

void Openings::check(Entry const& entry, OpeningRow const& row, Hash32 const& commitment, Erasures& erasures) {
    std::string const where = printable(row.pointer) + ": ";
    if (redacted_ && row.absent != Absent::withheld) {
        findings_.add(verify::check::manifest, entry.seq,
                      where + "it is not withheld, and the bundle says that it shows nothing");
    }
    if (row.absent == Absent::erased) {
        ++shown_.erased;
        if (entry.contact) {
            erasures.claimed(*entry.contact, entry.seq);
        } else {
            findings_.add(verify::check::opening_row, entry.seq,
                          where + "it is said to be erased, and the entry is about nobody who could be");
        }
    } else if (row.absent == Absent::withheld) {
        ++shown_.withheld;
    } else {
        bool const fits = content_commitment(row.salt, row.content) == commitment;
        ++shown_.full;
        if (!fits)
            findings_.add(verify::check::opening, entry.seq,
                          where + "salt and content do not give the commitment that the entry holds");
    }
}

std::vector<OpeningRow> Openings::take(Entry const& entry, bool about_others, Erasures& erasures) {
    std::vector<OpeningRow> values;
    while (rows_.peek() != nullptr && rows_.peek()->seq < entry.seq)
        surplus("the bundle has no such entry, or it commits to nothing there");
    for (auto const& [pointer, commitment] : commitments_of(entry)) {
        while (rows_.peek() != nullptr && rows_.peek()->seq == entry.seq && rows_.peek()->pointer < pointer) {
            surplus("the entry commits to nothing there");
        }
        if (rows_.peek() == nullptr || rows_.peek()->seq != entry.seq || rows_.peek()->pointer != pointer) {
            findings_.add(verify::check::opening_row, entry.seq,
                          printable(pointer) + ": there is no row for what the entry commits to");
        } else {
            values.push_back(*rows_.peek());
            rows_.pop();
            check(entry, values.back(), commitment, erasures);
            if (values.back().absent == Absent::withheld && !redacted_ && !about_others) {
                findings_.add(verify::check::opening_row, entry.seq,
                              printable(pointer) + ": it is withheld, and a full bundle shows it");
            }
        }
    }
    return values;
}

void Openings::finish() {
    while (rows_.peek() != nullptr) surplus("the bundle has no such entry, or it commits to nothing there");
}

}  // namespace cl::verify::bundle
