// The personal values of a test's bundle: shown, withheld or erased, as docs/bundle.md has it.
//
// Threads: any; each object belongs to one.
#pragma once

#include "tests/support/bundle_story.hpp"

#include <array>

namespace cl::test {

struct BundleValues {
    using Counts = std::array<std::int64_t, 3>;  ///< shown, withheld, erased

    Vault const& vault;
    bool redacted = false;
    std::set<Seq> hidden;        ///< entries of which a full bundle shows nothing either
    std::set<Hash32> strangers;  ///< contacts likewise

    [[nodiscard]] std::string openings(std::vector<Seq> seqs, Counts& counts) const {
        std::sort(seqs.begin(), seqs.end());
        std::string out;
        for (Seq const seq : seqs) {
            each(seq, [&](std::string const& pointer, Vault::Opening const& opening) {
                json::Object row{{"id", std::to_string(seq) + ":" + pointer}, {"seq", seq}, {"pointer", pointer}};
                if (!absent(is_withheld(seq), vault.erased.contains({seq, pointer}), row, counts)) {
                    row.set("salt", to_hex(opening.salt));
                    row.set("content", to_base64(opening.content));
                }
                out += json::write(row) + "\n";
            });
        }
        return out;
    }
    [[nodiscard]] std::string contacts(std::set<Hash32> const& all, Counts& counts) const {
        std::string out;
        for (Hash32 const& contact : all) {
            json::Object row{{"contact", to_hex(contact)}};
            if (!absent(redacted || strangers.contains(contact), vault.erased_numbers.contains(contact), row, counts)) {
                auto const& [salt, phone] = vault.numbers.at(contact);
                row.set("phone", phone);
                row.set("salt", to_hex(salt));
            }
            out += json::write(row) + "\n";
        }
        return out;
    }
    [[nodiscard]] std::string number_of(Entry const& entry) const {
        if (!entry.contact || redacted || strangers.contains(*entry.contact)) return "";
        return vault.erased_numbers.contains(*entry.contact) ? "erased" : vault.numbers.at(*entry.contact).second;
    }
    /// What is shown of an entry's free text, or of its evidence.
    [[nodiscard]] std::string texts_of(Seq seq, bool texts) const {
        std::string out;
        each(seq, [&](std::string const& pointer, Vault::Opening const& opening) {
            bool const text = pointer.starts_with("/data/");
            if (is_withheld(seq) || text != texts) return;
            std::string const value = vault.erased.contains({seq, pointer}) ? "erased" : opening.content;
            out += (out.empty() ? "" : "\n") + (text ? pointer.substr(6) + ": " : std::string()) + value;
        });
        return out;
    }

private:
    [[nodiscard]] bool is_withheld(Seq seq) const { return redacted || hidden.contains(seq); }
    /// Says in the row why a value is not there, if it is not; counts it.
    static bool absent(bool withheld, bool erased, json::Object& row, Counts& counts) {
        if (withheld || erased) row.set("absent", withheld ? "withheld" : "erased");
        ++counts[withheld ? 1 : erased ? 2 : 0];
        return withheld || erased;
    }
    /// The commitments of an entry, by pointer.
    template <class Visit>
    void each(Seq seq, Visit const& visit) const {
        for (auto at = vault.openings.lower_bound({seq, ""}); at != vault.openings.end() && at->first.first == seq; ++at)
            visit(at->first.second, at->second);
    }
};

}  // namespace cl::test
