// What may not be sent after an opt-out or a block: S1, S8, S11, 47 CFR 64.1200(a)(10) and (a)(12).
#include "ledger/consent/business_days.hpp"
#include "verify/reconcile/rule.hpp"

namespace cl::verify::reconcile {
namespace {

/// An opt-out that a send was too late for: of everything, or of the campaign's list.
struct OptedOut {
    Millis at = 0;
    Seq seq = 0;
    bool list = false;
};

std::optional<OptedOut> opted_out(Case const& c) {
    if (c.out() && c.standing->cause != Cause::reassigned && !(c.blocked() && c.standing->cause == Cause::block)) {
        return OptedOut{c.standing->out_at, c.standing->out_seq, false};
    }
    if (!c.in() || !c.campaign() || c.send.list == no_list) {
        return std::nullopt;
    }
    ListStretch const* const list = list_at(*c.contact, c.send.list, c.send.at);
    if (list == nullptr || !list->asked_off) {
        return std::nullopt;
    }
    return OptedOut{list->asked_at, list->asked_seq, true};
}

/// True for what CL-012 speaks of, or nobody: a text that confirms an opt-out, well or badly.
bool is_confirmation(Case const& c) {
    return c.may_confirm() || (c.send.type == SendType::confirmation && c.out() && c.standing->cause == Cause::customer);
}

Verdict after(Case const& c, bool propagating) {
    if (!c.went_out() || is_confirmation(c)) {
        return std::nullopt;
    }
    auto const opt_out = opted_out(c);
    if (!opt_out || (c.send.at - opt_out->at <= c.settings.propagation_ms) != propagating) {
        return std::nullopt;
    }
    consent::Pack const& pack = c.history.pack(c.contact->account, opt_out->at);
    bool const overdue = !propagating && c.send.at > consent::due_at(pack, opt_out->at, pack.revocation_business_days);
    return Facts{opt_out->seq, opt_out->at, (overdue ? after_deadline : 0) | (opt_out->list ? off_list : 0)};
}

}  // namespace

bool Case::may_confirm() const noexcept {
    bool const type = send.type == SendType::confirmation || send.type == SendType::autoreply || send.type == SendType::unknown;
    return type && out() && !blocked() && standing->cause == Cause::customer &&
           since_out() <= history.pack(contact->account, standing->out_at).confirmation_window_ms;
}

Verdict confirmation_wrong(Case const& c) {
    if (!c.went_out() || c.blocked() || !is_confirmation(c)) {
        return std::nullopt;
    }
    Facts const facts{c.standing->out_seq, c.standing->out_at, c.may_confirm() ? confirmation_marketing : confirmation_late};
    bool const wrong = !c.may_confirm() || c.send.marketing == Flag::yes;
    return wrong ? Verdict(facts) : std::nullopt;
}

Verdict sent_while_blocked(Case const& c) {
    if (!c.went_out() || !c.blocked()) {
        return std::nullopt;
    }
    return Facts{c.standing->seq, c.standing->at, 0};
}

Verdict sent_after_opt_out(Case const& c) {
    return after(c, false);
}

Verdict sent_while_propagating(Case const& c) {
    return after(c, true);
}

Verdict sent_after_reassignment(Case const& c) {
    if (!c.went_out() || !c.out() || c.standing->cause != Cause::reassigned) {
        return std::nullopt;
    }
    return Facts{c.standing->out_seq, c.standing->out_at, 0};
}

std::string confirmation_words(Facts const& facts, Millis at) {
    std::string const of = " the opt-out of entry " + std::to_string(facts.seq);
    if (facts.detail >= confirmations_from) {
        return std::to_string(facts.detail) + " texts confirm" + of + "; one is allowed";
    }
    if (facts.detail == confirmation_marketing) {
        return "the confirmation of" + of + " is marked as marketing";
    }
    return "the confirmation came " + elapsed(at - facts.since) + " after" + of;
}

std::string missing_confirmation_words(Facts const& facts, Millis) {
    return "no text within five minutes after the STOP of entry " + std::to_string(facts.seq);
}

std::string after_words(Facts const& facts, Millis at) {
    std::string out = elapsed(at - facts.since) + " after the opt-out " +
                      ((facts.detail & off_list) != 0 ? std::string("from this list ") : std::string()) + "in entry " +
                      std::to_string(facts.seq);
    return (facts.detail & after_deadline) != 0 ? out + ", past the last day to honour it" : out;
}

std::string blocked_words(Facts const& facts, Millis at) {
    return elapsed(at - facts.since) + " after the block in entry " + std::to_string(facts.seq);
}

}  // namespace cl::verify::reconcile
