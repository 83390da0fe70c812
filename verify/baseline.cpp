#include "verify/baseline.hpp"

#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"
#include "verify/small_file.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify {
namespace {

constexpr std::string_view what = "consent-verify baseline";
constexpr std::int64_t version = 1;
constexpr std::size_t fingerprint_digits = 32;
constexpr std::string_view zero("\0", 1);

Error not_a_baseline(std::filesystem::path const& path) {
    return fail(errc::malformed,
                path.string() + " is neither a baseline nor a report of this program nor a list of fingerprints");
}

bool is_fingerprint(std::string_view text) {
    return text.size() == fingerprint_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string gathered_key(std::string_view rule, std::string_view origin) {
    return std::string(rule) + "\n" + std::string(origin);
}

json::Array const* array_in(json::Object const& object, std::string_view name) {
    json::Value const* const member = object.find(name);
    return member != nullptr ? member->as_array() : nullptr;
}

std::optional<std::int64_t> int_in(json::Object const& object, std::string_view name) {
    json::Value const* const member = object.find(name);
    bool const there = member != nullptr && member->as_int() != nullptr;
    return there ? std::optional<std::int64_t>(*member->as_int()) : std::nullopt;
}

std::optional<Baseline> from_own(json::Object const& object) {
    json::Array const* const findings = array_in(object, "findings");
    json::Array const* const gathered = array_in(object, "gathered");
    auto const entries = int_in(object, "entries");
    if (int_in(object, "schema_version") != version || findings == nullptr || gathered == nullptr || !entries) {
        return std::nullopt;
    }
    std::vector<std::string> fingerprints;
    for (json::Value const& item : *findings) {
        if (item.as_string() == nullptr || !is_fingerprint(*item.as_string())) {
            return std::nullopt;
        }
        fingerprints.push_back(*item.as_string());
    }
    std::map<std::string, Seq, std::less<>> known;
    for (json::Value const& rule : *gathered) {
        if (rule.as_string() == nullptr) {
            return std::nullopt;
        }
        known[gathered_key(*rule.as_string(), object.string("origin"))] = *entries;
    }
    return Baseline(std::move(fingerprints), std::move(known));
}

/// A report: its open findings are known, those that were waived are not.
std::optional<Baseline> from_report(json::Object const& object) {
    json::Array const* const findings = array_in(object, "findings");
    json::Array const* const gathered = array_in(object, "aggregated_findings");
    json::Value const* const member = object.find("ledger");
    json::Object const* const ledger = member != nullptr ? member->as_object() : nullptr;
    if (int_in(object, "schema_version") != 1 || findings == nullptr || gathered == nullptr || ledger == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> fingerprints;
    for (json::Value const& item : *findings) {
        json::Object const* const finding = item.as_object();
        if (finding == nullptr || !is_fingerprint(finding->string("fingerprint"))) {
            return std::nullopt;
        }
        if (!finding->contains("waived_until")) {
            fingerprints.emplace_back(finding->string("fingerprint"));
        }
    }
    std::map<std::string, Seq, std::less<>> known;
    for (json::Value const& item : *gathered) {
        json::Object const* const aggregate = item.as_object();
        if (aggregate != nullptr) {
            known[gathered_key(aggregate->string("id"), ledger->string("origin"))] = int_in(*ledger, "entries").value_or(0);
        }
    }
    return Baseline(std::move(fingerprints), std::move(known));
}

std::optional<Baseline> from_lines(std::string_view text) {
    std::vector<std::string> fingerprints;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (line.empty()) {
            continue;
        }
        if (!is_fingerprint(line)) {
            return std::nullopt;
        }
        fingerprints.emplace_back(line);
    }
    return Baseline(std::move(fingerprints), {});
}

}  // namespace

std::string fingerprint(std::string_view origin, std::string_view rule, std::string_view account, Seq seq) {
    Hash32 const hash =
        sha256({"consent-verify/finding/v1", zero, origin, zero, rule, zero, account, zero, std::to_string(seq)});
    return to_hex(hash).substr(0, fingerprint_digits);
}

Baseline::Baseline(std::vector<std::string> fingerprints, std::map<std::string, Seq, std::less<>> gathered)
    : fingerprints_(std::move(fingerprints)), gathered_(std::move(gathered)) {
    std::sort(fingerprints_.begin(), fingerprints_.end());
    fingerprints_.erase(std::unique(fingerprints_.begin(), fingerprints_.end()), fingerprints_.end());
}

bool Baseline::contains(std::string_view fingerprint) const {
    return std::binary_search(fingerprints_.begin(), fingerprints_.end(), fingerprint);
}

bool Baseline::contains_gathered(std::string_view rule, std::string_view origin, Seq seq) const {
    auto const found = gathered_.find(gathered_key(rule, origin));
    return found != gathered_.end() && seq < found->second;
}

Result<Baseline> read_baseline(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(std::string text, read_small_file(path, limits::verify_baseline_bytes));
    std::size_t const start = text.find_first_not_of(" \t\r\n");
    std::optional<Baseline> baseline;
    if (start != std::string::npos && text[start] == '{') {
        text.erase(text.find_last_not_of(" \t\r\n") + 1);
        auto const value = json::parse(text, limits::verify_baseline_bytes, limits::verify_baseline_nodes);
        json::Object const* const object = value ? value->as_object() : nullptr;
        if (object != nullptr) {
            baseline = object->string("kind") == what ? from_own(*object) : from_report(*object);
        }
    } else {
        baseline = from_lines(text);
    }
    if (!baseline) {
        return not_a_baseline(path);
    }
    return std::move(*baseline);
}

Result<void> write_baseline(std::filesystem::path const& path, BaselineContent const& content) {
    json::Array findings;
    for (std::string const& each : content.fingerprints) {
        findings.emplace_back(each);
    }
    json::Array gathered;
    for (std::string const& rule : content.gathered) {
        gathered.emplace_back(rule);
    }
    json::Object object{{"kind", what},
                        {"schema_version", version},
                        {"origin", content.origin},
                        {"entries", content.entries},
                        {"findings", std::move(findings)},
                        {"gathered", std::move(gathered)}};
    std::string const text = json::write(json::Value(std::move(object))) + "\n";
    if (text.size() > limits::verify_baseline_bytes) {
        return fail(errc::too_large, "there are more open findings than a baseline can hold");
    }
    return replace_file(path, text);
}

}  // namespace cl::verify
