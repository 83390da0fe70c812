// Which pack is in force.
#include "ledger/consent/pack_policy.hpp"

#include "ledger/consent/pack_json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <limits>

namespace cl::consent {
namespace {

constexpr std::int64_t first_revision = 1;

Error wrong(std::string pointer, std::string why) {
    return fail(errc::invalid, std::move(why), std::move(pointer));
}

std::int64_t revision(json::Object const& data) {
    json::Value const* const rules = data.find("rules");
    return rules == nullptr || rules->as_int() == nullptr ? first_revision : *rules->as_int();
}

bool knows_name(std::string_view name) {
    auto const packs = all_packs();
    return std::any_of(packs.begin(), packs.end(), [&](Pack const& pack) { return pack.name == name; });
}

Result<Pack const*> known_pack(std::string_view name, std::int64_t rules) {
    if (!knows_name(name)) return wrong("/data/pack", "this program has no policy pack of that name");
    Pack const* const pack = find_pack({std::string(name), rules});
    if (pack == nullptr) return wrong("/data/rules", "this program does not have that revision of the pack");
    return pack;
}

/// A pack as it stands: shared, but owned by nobody.
std::shared_ptr<Pack const> constant(Pack const& pack) {
    return {std::shared_ptr<void>{}, &pack};
}

json::Object const* overrides_of(json::Object const& data) {
    json::Value const* const overrides = data.find("overrides");
    return overrides == nullptr ? nullptr : overrides->as_object();
}

}  // namespace

Result<Policy> read_policy(json::Object const& data, Millis at) {
    Policy policy;
    policy.pack = data.string("pack");
    policy.rules = revision(data);
    CL_TRY_ASSIGN(Pack const* const pack, known_pack(policy.pack, policy.rules));
    if (data.string("digest") != to_hex(pack_digest(*pack))) {
        return wrong("/data/digest",
                     "is not the digest of this program's pack of that name and revision: they are not the same pack");
    }
    json::Object const none;
    json::Object const* const overrides = overrides_of(data);
    CL_TRY_ASSIGN(Pack const effective, with_overrides(*pack, overrides == nullptr ? none : *overrides, at, "/data/overrides"));
    if (overrides == nullptr || overrides->empty()) {
        policy.in_force = constant(*pack);
    } else {
        policy.overrides = json::write(*overrides);
        policy.in_force = std::make_shared<Pack const>(effective);
    }
    return policy;
}

Result<Policy> named_policy(std::string_view name) {
    CL_TRY_ASSIGN(Pack const* const pack, known_pack(name, first_revision));
    if (pack->needs_confirmed_date) {
        return wrong(
            "/data/pack",
            "the date from which this pack applies is not confirmed; activate it with policy.activated, which gives that date");
    }
    Policy policy;
    policy.pack = name;
    policy.rules = first_revision;
    policy.in_force = constant(*pack);
    return policy;
}

bool restore(Policy& policy) {
    Pack const* const pack = find_pack({policy.pack, policy.rules});
    if (pack == nullptr) return false;
    if (policy.overrides.empty()) {
        policy.in_force = constant(*pack);
        return true;
    }
    auto const overrides = json::parse(policy.overrides, limits::entry_bytes);
    if (!overrides || overrides->as_object() == nullptr) return false;
    // The date was there when the pack was activated.
    auto const effective = with_overrides(*pack, *overrides->as_object(), std::numeric_limits<Millis>::max(), "");
    if (!effective) return false;
    policy.in_force = std::make_shared<Pack const>(*effective);
    return true;
}

void add_policy(Policies& policies, Seq seq, json::Object const& data, Millis recorded_at, bool activated) {
    std::string_view const name = data.string("pack");
    if (!activated) {
        // An account that is defined anew and names the pack it has keeps its overrides.
        std::string_view const now = policies.empty() ? texting_pack().name : std::string_view(policies.back().pack);
        if (name.empty() || name == now) return;
    }
    Result<Policy> const read = activated ? read_policy(data, recorded_at) : named_policy(name);
    Policy policy;
    if (read) {
        policy = *read;
    } else {
        policy.pack = name;
        policy.rules = revision(data);
        if (json::Object const* const overrides = overrides_of(data)) policy.overrides = json::write(*overrides);
    }
    policy.seq = seq;
    policy.since = recorded_at;
    if (policies.size() >= limits::account_policies) policies.erase(policies.begin());
    policies.push_back(std::move(policy));
}

Pack const* pack_in_force(Policies const& policies) noexcept {
    return policies.empty() ? &texting_pack() : policies.back().in_force.get();
}

namespace {

/// The pack of the newest policy for which `holds` is true.
template <class Holds>
Pack const* newest(Policies const& policies, Holds holds) noexcept {
    auto const found = std::find_if(policies.rbegin(), policies.rend(), holds);
    return found == policies.rend() ? &texting_pack() : found->in_force.get();
}

}  // namespace

Pack const* pack_of_entry(Policies const& policies, Seq seq) noexcept {
    return newest(policies, [&](Policy const& policy) { return policy.seq < seq; });
}

Pack const* pack_at(Policies const& policies, Millis time) noexcept {
    return newest(policies, [&](Policy const& policy) { return policy.since <= time; });
}

}  // namespace cl::consent
