#include "verify/bundle/key_history.hpp"

#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::verify::bundle {

void KeyHistory::begin(Seq seq, std::string vkey, std::string origin, Findings& findings) {
    auto const key = note::parse_vkey(vkey);
    if (!key || key->name != origin) {
        findings.add(check::content, seq, "the entry names no usable key for the ledger's name");
        return;
    }
    if (keys_.spans.size() >= limits::bundle_keys) {
        findings.add(check::content, seq, "the ledger changes its key more often than any ledger does");
        return;
    }
    if (identity_.key) {
        identity_.earlier.push_back(*identity_.key);
        keys_.spans.back().to = seq - 1;
    }
    identity_.key = *key;
    identity_.origin = origin;
    keys_.origin = std::move(origin);
    keys_.spans.push_back({std::move(vkey), seq, std::nullopt});
}

void KeyHistory::see(Entry const& entry, consent::Kind kind, Findings& findings) {
    json::Object const& data = entry.data;
    if (kind == consent::Kind::ledger_created && entry.seq == 0) {
        begin(0, std::string(data.string("key")), std::string(data.string("origin")), findings);
    } else if (kind == consent::Kind::ledger_restored) {
        std::string key(data.string("key"));
        if (key.empty() && identity_.key) {  // the same key under the new name
            auto const renamed = note::make_key(data.string("origin"), identity_.key->key);
            key = renamed ? to_vkey(*renamed) : key;
        }
        begin(entry.seq, std::move(key), std::string(data.string("origin")), findings);
    } else if (kind == consent::Kind::key_rotated) {
        if (!identity_.key || data.string("old_key") != to_vkey(*identity_.key)) {
            findings.add(check::content, entry.seq, "the entry replaces another key than the one that was in force");
        }
        begin(entry.seq, std::string(data.string("new_key")), identity_.origin, findings);
    }
}

std::optional<note::VerifierKey> KeyHistory::at(merkle::Size size) const {
    for (auto span = keys_.spans.rbegin(); span != keys_.spans.rend(); ++span) {
        if (size > span->from) {
            auto const key = note::parse_vkey(span->vkey);
            return key ? std::optional<note::VerifierKey>(*key) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace cl::verify::bundle
