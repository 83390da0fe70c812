#include "ledger/service/because.hpp"

#include <algorithm>

namespace cl::service {
namespace {

std::vector<Seq> ordered(std::vector<Seq> seqs) {
    std::erase_if(seqs, [](Seq seq) { return seq < 0; });
    std::sort(seqs.begin(), seqs.end());
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    return seqs;
}

bool same_list(consent::ContactState const& before, std::string const& id, consent::Membership const& after) {
    auto const found = before.lists.find(id);
    bool const was_member = found != before.lists.end() && found->second.member;
    Level const level = found == before.lists.end() ? Level::none : found->second.level;
    bool const stood = found != before.lists.end() && consent::list_opt_out_stands(found->second);
    return was_member == after.member && level == after.level && stood == consent::list_opt_out_stands(after);
}

}  // namespace

void Because::note(Seq seq, consent::ContactState const& before, consent::ContactState const& after) {
    if (before.contact_seq == 0 || before.erased != after.erased) existence_ = seq;
    // A second revocation changes nothing to be seen, but it is the last one, which later opt-ins are compared with.
    bool const revoked_again = !after.opted_in && before.revoked != after.revoked;
    if (before.contact_seq == 0 || before.opted_in != after.opted_in || revoked_again) opted_in_ = seq;
    if (before.blocked != after.blocked) blocked_ = seq;
    if (before.level != after.level) level_ = seq;
    for (auto const& [id, membership] : after.lists) {
        if (!same_list(before, id, membership)) lists_[id] = seq;
    }
    std::map<Seq, Seq> duties;
    for (consent::Obligation const& open : after.obligations) {
        auto const known = std::find_if(before.obligations.begin(), before.obligations.end(),
                                        [&](consent::Obligation const& item) { return item.seq == open.seq; });
        bool const changed = known == before.obligations.end() || known->assignee != open.assignee;
        auto const noted = duties_.find(open.seq);
        duties[open.seq] = changed || noted == duties_.end() ? seq : noted->second;
    }
    duties_ = std::move(duties);
}

std::vector<Seq> Because::seqs() const {
    std::vector<Seq> seqs{existence_, opted_in_, blocked_, level_};
    for (auto const& [id, seq] : lists_) seqs.push_back(seq);
    for (auto const& [opened, changed] : duties_) {
        seqs.push_back(opened);
        seqs.push_back(changed);
    }
    return ordered(std::move(seqs));
}

std::vector<Seq> because_of(consent::ContactState const& state) {
    std::vector<Seq> seqs{state.since_seq};
    if (!state.opted_in && state.revoked) seqs.push_back(state.revoked->seq);
    if (state.blocked && state.blocked_mark) seqs.push_back(state.blocked_mark->seq);
    if (state.opted_in && state.backed_opt_in) seqs.push_back(state.backed_opt_in->seq);
    for (auto const& [id, membership] : state.lists) {
        if (membership.seq > 0) seqs.push_back(membership.seq);
        if (membership.opted_out) seqs.push_back(membership.opted_out->seq);
    }
    for (consent::Obligation const& open : state.obligations) seqs.push_back(open.seq);
    return ordered(std::move(seqs));
}

}  // namespace cl::service
