#include "ledger/state/weight.hpp"

#include <map>
#include <string>

namespace cl::state {
namespace {

template <class Value>
std::size_t map_weight(std::map<std::string, Value, std::less<>> const& map) noexcept {
    std::size_t bytes = 0;
    for (auto const& [name, value] : map) bytes += node_bytes + sizeof(std::string) + name.size() + sizeof(Value);
    return bytes;
}

}  // namespace

std::size_t weight(consent::ContactState const& state) noexcept {
    std::size_t bytes = node_bytes + sizeof(state) + state.last_platform.size() + map_weight(state.lists) +
                        state.unproven.size() * sizeof(consent::Mark);
    for (auto const& finding : state.open) bytes += sizeof(finding) + finding.id.size() + finding.what.size();
    for (auto const& item : state.obligations) {
        bytes += sizeof(item) + item.kind.size() + item.list.size() + item.assignee.size();
    }
    return bytes;
}

std::size_t weight(consent::AccountState const& state) noexcept {
    std::size_t bytes = node_bytes + sizeof(state) +
                        state.policies.size() * (node_bytes + sizeof(consent::Policy) + sizeof(consent::Pack)) +
                        map_weight(state.actors) + map_weight(state.lists) + map_weight(state.triggers) +
                        map_weight(state.disclosures) + map_weight(state.holds) + map_weight(state.bursts) +
                        state.waivers.size() * (node_bytes + sizeof(*state.waivers.begin()));
    for (auto const& [name, trigger] : state.triggers) {
        for (auto const& word : trigger.words) bytes += sizeof(word) + word.size();
    }
    return bytes;
}

std::size_t weight(FindingRow const& row) noexcept {
    return sizeof(row) + row.finding.id.size() + row.finding.what.size();
}

std::size_t weight(ObligationRow const& row) noexcept {
    return sizeof(row) + row.kind.size() + row.list.size() + row.assignee.size();
}

std::size_t weight(TokenRecord const& token) noexcept {
    std::size_t bytes = sizeof(token) + token.id.size();
    for (auto const& account : token.accounts) bytes += sizeof(account) + account.size();
    return bytes;
}

}  // namespace cl::state
