#include "verify/claims.hpp"

#include "verify/words.hpp"

#include <algorithm>
#include <limits>

namespace cl::verify {
namespace {

/// What the user brings counts as a memory of the past; what is in the ledger's own files counts as the ledger's statement.
bool from_user(ClaimFrom from) {
    return from == ClaimFrom::trusted || from == ClaimFrom::pin;
}

/// The entry that a checkpoint was made after.
Seq entry_before(merkle::Size size) {
    return std::max<merkle::Size>(size - 1, 0);
}

}  // namespace

Claims::Claims(IntegrityLog& log, std::vector<Claim> fixed, std::string name)
    : log_(log), fixed_(std::move(fixed)), names_{{-1, std::move(name)}} {
    std::stable_sort(fixed_.begin(), fixed_.end(),
                     [](Claim const& a, Claim const& b) { return a.note.row_size < b.note.row_size; });
}

void Claims::expect(Claim claim) {
    auto const behind =
        std::upper_bound(fixed_.begin() + static_cast<std::ptrdiff_t>(next_fixed_), fixed_.end(), claim.note.row_size,
                         [](merkle::Size size, Claim const& other) { return size < other.note.row_size; });
    fixed_.insert(behind, std::move(claim));
}

void Claims::offer(std::vector<CheckedNote> stored) {
    for (CheckedNote& note : stored) {
        std::string where = "the stored checkpoint of size " + grouped(note.row_size);
        stored_.push_back(Claim{ClaimFrom::stored, std::move(where), std::move(note)});
    }
}

void Claims::pass_over(std::vector<CheckedNote> const& stored) noexcept {
    not_compared_ += static_cast<std::int64_t>(stored.size());
}

void Claims::identity_changes_after(Seq seq) {
    identity_change_ = identity_change_.value_or(seq);
}

void Claims::renamed_after(Seq seq, std::string name) {
    names_.emplace_back(seq, std::move(name));
}

bool Claims::has_name(std::string_view name) const {
    return std::any_of(names_.begin(), names_.end(), [name](auto const& one) { return one.second == name; });
}

/// The name under which the first `size` entries are signed.
std::string const& Claims::name_at(merkle::Size size) const {
    auto const after = [size](auto const& one) { return one.first < size; };
    return std::find_if(names_.rbegin(), names_.rend() - 1, after)->second;
}

/// Of a signature that is the key's: it stands under the name that the ledger had at that size.
bool Claims::named_rightly(Claim const& claim) {
    CheckedNote const& note = claim.note;
    std::string const& name = name_at(note.row_size);
    if (note.checkpoint.origin == name) return true;
    if (names_.size() == 1) return note.signature == Signature::valid;  // whether the key is the ledger's is judged by itself
    log_.add({from_user(claim.from) ? check::fork : check::signature, entry_before(note.row_size), std::nullopt,
              claim.where + " is signed under the name \"" + printable(note.checkpoint.origin) +
                  "\", and a ledger of that size is named \"" + printable(name) +
                  "\": it was restored from an older copy, and what was signed there is not in it"});
    return false;
}

merkle::Size Claims::next() const noexcept {
    merkle::Size size = std::numeric_limits<merkle::Size>::max();
    if (next_fixed_ < fixed_.size()) {
        size = fixed_[next_fixed_].note.row_size;
    }
    return stored_.empty() ? size : std::min(size, stored_.front().note.row_size);
}

bool Claims::acceptable(Claim const& claim) {
    CheckedNote const& note = claim.note;
    if (note.signature == Signature::malformed) {
        log_.add({check::signature, entry_before(note.row_size), std::nullopt,
                  claim.where + " cannot be read as a signed checkpoint"});
        return false;
    }
    if (note.signature == Signature::invalid && identity_change_ && note.row_size > *identity_change_) {
        identity_unknown_ = true;
        return false;
    }
    bool const of_key = note.signature == Signature::valid || note.signature == Signature::other_name;
    if (of_key && (names_.size() > 1 || note.signature == Signature::valid) && !named_rightly(claim)) {
        return false;
    }
    if (note.signature == Signature::invalid || (note.signature == Signature::other_name && names_.size() == 1)) {
        log_.add({claim.from == ClaimFrom::trusted ? check::fork : check::signature, entry_before(note.row_size), std::nullopt,
                  claim.where + " is not signed with the ledger's key and name"});
        return false;
    }
    if (note.checkpoint.size != note.row_size) {
        log_.add({check::signature, entry_before(note.row_size), std::nullopt,
                  claim.where + " was signed for size " + grouped(note.checkpoint.size)});
        return false;
    }
    return true;
}

void Claims::judge(Claim const& claim, Hash32 const& root) {
    if (!acceptable(claim)) {
        return;
    }
    CheckedNote const& note = claim.note;
    if (note.checkpoint.root == root) {
        good_to_ = std::max(good_to_, note.row_size);
        ++confirmed_[static_cast<std::size_t>(claim.from)];
        bool const is_signed = note.signature == Signature::valid || note.signature == Signature::other_name;
        if (is_signed && note.row_size >= signed_to_) {
            signed_to_ = note.row_size;
            signed_note_ = note.note;
            signed_root_ = root;
        }
        return;
    }
    Seq const last = entry_before(note.row_size);
    auto const exact = log_.first_bad_within(good_to_, last);
    std::string what = claim.where + " states root " + to_base64(note.checkpoint.root.view()) + ", the entries give " +
                       to_base64(root.view()) +
                       "; changed: " + entry_or_stretch(exact.value_or(good_to_), exact.value_or(last));
    bool const single = exact || good_to_ == last;
    log_.add({from_user(claim.from) ? check::fork : check::root, exact.value_or(good_to_),
              single ? std::nullopt : std::optional<Seq>(last), std::move(what)});
}

void Claims::meet(Tree const& tree) {
    if (next() > tree.size()) {
        return;
    }
    Hash32 const root = tree.root();
    while (next_fixed_ < fixed_.size() && fixed_[next_fixed_].note.row_size <= tree.size()) {
        judge(fixed_[next_fixed_++], root);
    }
    while (!stored_.empty() && stored_.front().note.row_size <= tree.size()) {
        judge(stored_.front(), root);
        stored_.pop_front();
    }
}

void Claims::cut_off(Claim const& claim, merkle::Size size) {
    if (!acceptable(claim)) {
        return;
    }
    merkle::Size const stated = claim.note.row_size;
    log_.add({from_user(claim.from) ? check::rollback : check::cut_off, size,
              stated - 1 > size ? std::optional<Seq>(stated - 1) : std::nullopt,
              claim.where + " states " + counted(stated, "entry", "entries") + ", and there are " + grouped(size)});
}

void Claims::finish(merkle::Size size, bool compared) {
    for (; next_fixed_ < fixed_.size(); ++next_fixed_) {
        compared ? cut_off(fixed_[next_fixed_], size) : void(++not_compared_);
    }
    for (; !stored_.empty(); stored_.pop_front()) {
        compared ? cut_off(stored_.front(), size) : void(++not_compared_);
    }
}

std::int64_t Claims::confirmed(ClaimFrom from) const {
    return confirmed_[static_cast<std::size_t>(from)];
}

}  // namespace cl::verify
