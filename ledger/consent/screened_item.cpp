// See screened_item.hpp.
#include "ledger/consent/screened_item.hpp"

#include "ledger/consent/data_schema.hpp"
#include "ledger/consent/evidence_kinds.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr std::string_view health_id = "phi";
constexpr std::string_view personal_id = "personal_data";

ScreenPolicy policy_of(Pack const& pack) {
    return {pack.health_screen, pack.personal_screen};
}

void note(ChangeItem& item, std::string pointer, std::string_view text) {
    ScreenResult const seen = screen(text);
    if (seen.phi_suspected() || seen.personal_suspected()) item.suspicions.push_back({std::move(pointer), seen});
}

void note_data(ChangeItem& item, json::Object const& data) {
    for (json::Member const& member : data) {
        MemberRule const* const rule = find_member(item.kind, member.name);
        bool const prose = rule != nullptr && (rule->shape == Shape::text || rule->shape == Shape::line);
        // What is too long was left out when it was read.
        std::string const* const text = member.value.as_string();
        if (!prose || text == nullptr || text->size() > limits::text_bytes) continue;
        note(item, json::pointer_join("/data", member.name), *text);
    }
}

void note_evidence(ChangeItem& item, std::size_t index) {
    std::string const at = "/evidence/" + std::to_string(index);
    auto const sealed =
        std::find_if(item.sealed.begin(), item.sealed.end(), [&](Sealed const& one) { return one.pointer == at; });
    EvidenceRule const* const rule = find_evidence(item.evidence[index].kind);
    if (sealed == item.sealed.end() || rule == nullptr) return;
    auto const opening = json::parse(sealed->content, limits::evidence_item_bytes);
    if (!opening) return;
    for (json::Member const& member : *opening->as_object()) {
        std::string const below = json::pointer_join(at, member.name);
        std::optional<Field> const shape = find_field(*rule, member.name);
        if (shape == Field::prose || shape == Field::message) note(item, below, *member.value.as_string());
        if (member.name != "scope" && shape != Field::file) continue;
        for (std::string_view const name : {"purpose", "seller", "ref"}) {
            std::string_view const text = member.value.as_object()->string(name);
            if (!text.empty()) note(item, json::pointer_join(below, name), text);
        }
    }
}

void remember(std::vector<std::string>& ids, std::string_view id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.emplace_back(id);
}

void remember(std::vector<std::string>& ids, ScreenDecision const& decision) {
    if (decision.health) remember(ids, health_id);
    if (decision.personal) remember(ids, personal_id);
}

void withhold_data(ChangeItem& item, std::string const& pointer) {
    std::erase_if(item.sealed, [&](Sealed const& one) { return one.pointer == pointer; });
    item.data.erase(pointer.substr(pointer.rfind('/') + 1));
}

/// Takes the text out of the item's opening and of what the entry shows of it. `path`: `words`, or `recording/ref`.
void withhold_evidence(ChangeItem& item, std::size_t index, std::string const& path) {
    std::string const at = "/evidence/" + std::to_string(index);
    auto const sealed =
        std::find_if(item.sealed.begin(), item.sealed.end(), [&](Sealed const& one) { return one.pointer == at; });
    auto opening = json::parse(sealed->content, limits::evidence_item_bytes);
    Evidence& evidence = item.evidence[index];
    std::size_t const slash = path.find('/');
    std::string const name = path.substr(0, slash);
    if (slash == std::string::npos) {
        opening->as_object()->erase(name);
        std::erase(evidence.fields, name);
    } else {
        std::string const leaf = path.substr(slash + 1);
        opening->as_object()->find(name)->as_object()->erase(leaf);
        if (evidence.scope && name == "scope") (leaf == "purpose" ? evidence.scope->purpose : evidence.scope->seller).clear();
        if (evidence.scope == Scope{}) evidence.scope.reset();
    }
    sealed->content = json::write(*opening);
}

void withhold(ChangeItem& item, std::string const& pointer) {
    constexpr std::string_view prefix = "/evidence/";
    item.data.set("text_withheld", true);
    if (!pointer.starts_with(prefix)) return withhold_data(item, pointer);
    std::size_t const slash = pointer.find('/', prefix.size());
    std::size_t const index = std::stoul(pointer.substr(prefix.size(), slash - prefix.size()));
    withhold_evidence(item, index, pointer.substr(slash + 1));
}

json::Array to_json(std::vector<std::string> const& ids) {
    return {ids.begin(), ids.end()};
}

}  // namespace

void note_suspicions(ChangeItem& item, json::Object const& posted) {
    json::Value const* const data = posted.find("data");
    if (data != nullptr) note_data(item, *data->as_object());
    for (std::size_t i = 0; i < item.evidence.size(); ++i) note_evidence(item, i);
}

Result<void> apply_screens(ChangeItem& item, Pack const& pack) {
    KindInfo const& kind = info(item.kind);
    std::vector<std::string> suspected;
    for (Suspicion const& suspicion : item.suspicions) {
        ScreenDecision const decision = decide(suspicion.seen, policy_of(pack));
        if (decision.action == ScreenAction::flag) remember(suspected, decision);
        if (decision.action != ScreenAction::refuse) continue;
        if (!kind.protective) {
            return fail(decision.code(), decision.detail(), suspicion.pointer);
        }
        withhold(item, suspicion.pointer);
    }
    // Findings are about contacts; what an account says of itself is refused or taken.
    if (!suspected.empty() && kind.subject == Subject::contact) item.data.set("suspected", to_json(suspected));
    return {};
}

void apply_screens(InboundMessage& message, Pack const& pack) {
    ScreenDecision const decision = decide(message.seen, policy_of(pack));
    if (decision.action == ScreenAction::flag) remember(message.suspected, decision);
    if (decision.action != ScreenAction::refuse) return;
    message.kept = std::move(message.kept_without_body);
    std::erase(message.fields, "body");
    message.withheld = true;
}

}  // namespace cl::consent
