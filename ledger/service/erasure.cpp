#include "ledger/service/erasure.hpp"

#include "ledger/consent/kinds.hpp"

#include <set>
#include <utility>

namespace cl::service {

Result<void> walk_contact(Seq last, EntryReader const& read, std::function<bool(Entry const&)> const& visit) {
    for (Seq at = last; at >= 0;) {
        CL_TRY_ASSIGN(std::string const bytes, read(at));
        auto const decoded = decode(bytes);
        // Damage to what is stored must not look like a fault of whoever asks.
        if (!decoded) {
            return fail(errc::store_corrupt, "entry " + std::to_string(at) + " cannot be read: " + decoded.error().detail);
        }
        Entry const& entry = *decoded;
        if (!visit(entry)) return {};
        if (!entry.contact_prev) return {};
        if (*entry.contact_prev >= at) return fail(errc::chain_broken, "a contact_prev does not lead back");
        at = *entry.contact_prev;
    }
    return {};
}

Result<std::vector<Seq>> ErasureWalk::next(std::size_t most, EntryReader const& read) {
    std::vector<Seq> seqs;
    while (seqs.size() < most && !empty()) {
        Seq begun = -1;
        if (at_ < 0) {
            at_ = begun = erasures_.back();
            erasures_.pop_back();
        }
        CL_TRY(walk_contact(std::exchange(at_, -1), read, [&](Entry const& entry) {
            bool const erasure = consent::kind_from(entry.kind) == consent::Kind::subject_erased;
            if (erasure != (entry.seq == begun)) return false;
            if (seqs.size() >= most) {
                at_ = entry.seq;
                return false;
            }
            seqs.push_back(entry.seq);
            return true;
        }));
    }
    return seqs;
}

Result<std::map<std::string, Seq>> contact_holds(Seq last, EntryReader const& read) {
    std::map<std::string, Seq> held;
    std::set<std::string> released;  // later than what is still to come: the walk goes back in time
    CL_TRY(walk_contact(last, read, [&](Entry const& entry) {
        std::string const matter(entry.data.string("matter"));
        auto const kind = consent::kind_from(entry.kind);
        if (kind == consent::Kind::hold_released) released.insert(matter);
        if (kind == consent::Kind::hold_placed && !released.contains(matter)) held.try_emplace(matter, entry.seq);
        return kind != consent::Kind::subject_erased;
    }));
    return held;
}

bool looks_like_erasure(std::string_view entry_bytes) noexcept {
    return entry_bytes.find("\"kind\":\"subject.erased\"") != std::string_view::npos;
}

}  // namespace cl::service
