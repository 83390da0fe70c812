// Is the evidence whole, and about what it is used for: CL-003, 004, 007, 009, 079.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr std::string_view lacks = " lacks ";

bool carries_consent(Kind kind) noexcept {
    return is_explicit_opt_in(kind) || kind == Kind::contact_added || kind == Kind::consent_recorded ||
           kind == Kind::list_added;
}

/// One finding about all items of which `fault` says something.
template <class Fault>
Verdict about_items(Judged const& judged, std::string_view id, Severity severity, Fault fault) {
    if (!carries_consent(judged.kind)) return std::nullopt;
    std::string what;
    for (Evidence const& item : judged.entry.evidence) {
        std::string const of_item = fault(item);
        if (!of_item.empty()) what += (what.empty() ? "" : "; ") + of_item;
    }
    if (what.empty()) return std::nullopt;
    return finding(judged, id, severity, std::move(what));
}

/// What the entry uses its consent for: lists, and a purpose.
struct Use {
    std::vector<std::string> lists;
    std::string_view purpose;
};

Use use_of(Judged const& judged) {
    json::Object const& data = judged.entry.data;
    if (judged.kind != Kind::list_added) return {lists_of(Evidence{}, data), data.string("purpose")};
    auto const list = judged.account.lists.find(data.string("list"));
    bool const defined = list != judged.account.lists.end();
    return {{std::string(data.string("list"))}, defined ? std::string_view(list->second.purpose) : std::string_view{}};
}

bool covers_list(Evidence const& item, std::string const& list) {
    if (!item.scope || item.scope->lists.empty()) return true;
    return std::find(item.scope->lists.begin(), item.scope->lists.end(), list) != item.scope->lists.end();
}

bool covers_purpose(Evidence const& item, std::string_view purpose) {
    return !item.scope || item.scope->purpose.empty() || purpose.empty() || item.scope->purpose == purpose;
}

}  // namespace

bool lacks_digest(Evidence const& item) {
    constexpr std::array<std::string_view, 7> digests = {"recording",         "scan",       "payload_sha256", "body_sha256",
                                                         "disclosure_sha256", "cta_sha256", "headers_sha256"};
    return !item.held_by.empty() && std::none_of(digests.begin(), digests.end(), [&](std::string_view name) {
        return std::find(item.fields.begin(), item.fields.end(), name) != item.fields.end();
    });
}

std::vector<std::string> lacking_kinds(std::string_view what) {
    std::vector<std::string> kinds;
    while (!what.empty()) {
        std::string_view const item = what.substr(0, what.find("; "));
        kinds.emplace_back(item.substr(0, item.find(lacks)));
        what.remove_prefix(std::min(what.size(), item.size() + 2));
    }
    return kinds;
}

Verdict consent_record_incomplete(Judged const& judged) {
    return about_items(judged, "CL-003", Severity::high, [&](Evidence const& item) {
        std::string what;
        for (std::string const& field : missing_fields(item, judged.pack)) what.append(what.empty() ? "" : ", ").append(field);
        return what.empty() ? what : item.kind + std::string(lacks) + what;
    });
}

Verdict evidence_without_digest(Judged const& judged) {
    return about_items(judged, "CL-004", Severity::high, [](Evidence const& item) {
        if (!lacks_digest(item)) return std::string();
        return item.kind + std::string(lacks) + "a digest of what " + item.held_by + " holds";
    });
}

Verdict consent_scope_too_narrow(Judged const& judged) {
    bool const uses = judged.kind == Kind::list_added || judged.kind == Kind::opt_in_consent ||
                      judged.kind == Kind::opt_in_agent || judged.kind == Kind::consent_recorded;
    auto const shown = own_consent(judged.entry);
    if (!uses || shown.empty()) return std::nullopt;
    Use const use = use_of(judged);
    if (std::none_of(shown.begin(), shown.end(), [&](Evidence const* item) { return covers_purpose(*item, use.purpose); })) {
        return finding(judged, "CL-007", Severity::high, "given for another purpose than " + std::string(use.purpose));
    }
    std::string what;
    for (std::string const& list : use.lists) {
        bool const covered = std::any_of(shown.begin(), shown.end(), [&](Evidence const* item) {
            return covers_list(*item, list) && covers_purpose(*item, use.purpose);
        });
        if (!covered) what += (what.empty() ? "given for other lists than " : ", ") + list;
    }
    if (what.empty()) return std::nullopt;
    return finding(judged, "CL-007", Severity::high, std::move(what));
}

Verdict certificate_unclaimed(Judged const& judged) {
    return about_items(judged, "CL-009", Severity::medium, [&](Evidence const& item) {
        bool const claimed = std::find(item.fields.begin(), item.fields.end(), "claimed_at") != item.fields.end();
        bool const open = item.kind == "third_party_certificate" && !claimed && item.occurred_at;
        if (!open || judged.entry.recorded_at - *item.occurred_at <= judged.pack.certificate_claim_ms) return std::string();
        return "a certificate of " + format_time(*item.occurred_at) + " was never claimed";
    });
}

Verdict stale_disclosure(Judged const& judged) {
    std::string_view const named = judged.entry.data.string("disclosure");
    if (judged.kind != Kind::opt_in_consent || named.empty() || judged.account.disclosures.empty()) return std::nullopt;
    auto const defined = judged.account.disclosures.find(named);
    if (defined == judged.account.disclosures.end()) {
        return finding(judged, "CL-079", Severity::medium, "no such disclosure is defined");
    }
    auto const shown = own_consent(judged.entry);
    bool const before =
        std::any_of(shown.begin(), shown.end(), [&](Evidence const* item) { return *item->occurred_at < defined->second.key; });
    if (!before) return std::nullopt;
    return finding(
        judged, "CL-079", Severity::medium,
        "its words are those of entry " + std::to_string(defined->second.seq) + ", which are newer than the consent");
}

}  // namespace cl::consent
