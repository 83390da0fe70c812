// What the contact's own messages asked for, and whether the sends show it: triggers that nothing answered, and requests that were taken for
// less than they said.
#include "verify/reconcile/gather.hpp"

#include <algorithm>

namespace cl::verify::reconcile {

void Gather::note_replies(Tally const& tally) {
    for (Mention const& reply : tally.replies) {
        answered_.insert(reply.seq);
    }
    for (auto const& [request, prompt] : tally.prompts) {
        Prompt moved = prompt;
        moved.message.row += row_;
        keep_later(prompts_.try_emplace(request, moved).first->second, moved);
    }
}

void Gather::raise_about_entries(std::string_view rule, std::vector<std::pair<Asked, Contact const*>> entries) {
    std::sort(entries.begin(), entries.end(), [](auto const& a, auto const& b) { return a.first.seq < b.first.seq; });
    for (auto const& [asked, contact] : entries) {
        raise({.rule = static_cast<std::uint8_t>(rule_number(rule)),
               .at = asked.at,
               .id = contact->id,
               .contact = contact,
               .facts = {asked.seq, asked.at, 0}});
    }
}

void Gather::raise_unanswered(Counts const& sends) {
    if (answered_.empty() || !sends.first) {
        return;  // a file without any answer is not one that would show them
    }
    std::vector<std::pair<Asked, Contact const*>> missing;
    history_.each_contact([&](Contact const& contact) {
        if (contact.too_long || !accounts_[contact.account]) {
            return;
        }
        for (Asked const& trigger : contact.triggers) {
            Millis const window = history_.pack(contact.account, trigger.at).confirmation_window_ms;
            bool const covered = trigger.at >= *sends.first && trigger.at + window <= *sends.last;
            if (covered && !answered_.contains(trigger.seq)) {
                missing.emplace_back(trigger, &contact);
            }
        }
    });
    raise_about_entries("CL-042", std::move(missing));
}

void Gather::raise_narrow() {
    std::vector<Prompt const*> narrow;
    for (auto const& [request, prompt] : prompts_) {
        Mention const& message = prompt.message;
        consent::Pack const& pack = history_.pack(message.contact->account, message.out_at);
        if (prompt.type == SendType::one_to_one && pack.list_request_scope == consent::RequestScope::list) {
            narrow.push_back(&prompt);
        }
    }
    std::sort(narrow.begin(), narrow.end(), [](Prompt const* a, Prompt const* b) { return a->message.row < b->message.row; });
    for (Prompt const* const prompt : narrow) {
        Mention const& message = prompt->message;
        raise({.rule = static_cast<std::uint8_t>(rule_number("CL-017")),
               .row = message.row,
               .at = message.at,
               .id = message.contact->id,
               .contact = message.contact,
               .facts = {message.seq, message.out_at, 0}});
    }
}

std::string unanswered_words(Facts const& facts, Millis) {
    return "no reply to the trigger in entry " + std::to_string(facts.seq);
}

std::string narrow_words(Facts const& facts, Millis at) {
    return "answered by entry " + std::to_string(facts.seq) + ", " + elapsed(facts.since - at) +
           " later, which ended one list alone";
}

}  // namespace cl::verify::reconcile
