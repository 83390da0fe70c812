// Whether the entries are all that the scope asks for: nothing else, none left out between the first and the last, up to where
// export.issued says that the log was read.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/book.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/bundle/manifest.hpp"

#include <optional>
#include <unordered_set>

namespace cl::verify::bundle {

class ScopeCheck {
public:
    ScopeCheck(Manifest const& manifest, Findings& findings) : manifest_(manifest), findings_(findings) {}

    /// An entry of entries.ndjson, in order. `subjects`: its account and contact, whose counts are kept here.
    void take(Entry const& entry, Subjects const& subjects);
    /// An entry of context.ndjson.
    void take_context(Entry const& entry, std::optional<consent::Kind> kind);
    /// The entries are over; `issued`: export.issued, if it is there.
    void finish(Book const& book, Entry const* issued);

    /// Lines of entries.ndjson.
    [[nodiscard]] std::int64_t entries() const noexcept { return entries_; }
    /// Of these, without a range's neighbours.
    [[nodiscard]] std::int64_t inside() const noexcept { return inside_; }
    [[nodiscard]] Seq first_inside() const noexcept { return first_inside_; }
    [[nodiscard]] Seq last_inside() const noexcept { return last_inside_; }
    /// Of the last line.
    [[nodiscard]] std::int64_t last_account_seq() const noexcept { return last_account_seq_; }
    [[nodiscard]] std::int64_t last_contact_seq() const noexcept { return last_contact_seq_; }
    [[nodiscard]] Seq first() const noexcept { return first_; }
    [[nodiscard]] Seq last() const noexcept { return last_; }
    /// Of a range: the neighbours, which lie outside.
    [[nodiscard]] std::optional<Seq> neighbour_before() const noexcept { return before_; }
    [[nodiscard]] std::optional<Seq> neighbour_behind() const noexcept { return behind_; }
    /// Of a range: whether the entry lies before or behind it. Its values are withheld even in a full bundle.
    [[nodiscard]] bool is_outside(Entry const& entry) const noexcept;
    /// Whether only entries outside of the range are of this contact: its number is withheld then.
    [[nodiscard]] bool is_stranger(Hash32 const& contact) const { return strangers_.contains(contact); }
    [[nodiscard]] std::int64_t strangers() const noexcept { return static_cast<std::int64_t>(strangers_.size()); }

private:
    [[nodiscard]] bool of_whole_account() const;
    [[nodiscard]] bool is_before(Entry const& entry) const noexcept;
    [[nodiscard]] bool is_behind(Entry const& entry) const noexcept;
    void check_subject(Entry const& entry);
    void check_account_count(Entry const& entry);
    void check_contact_count(Entry const& entry, ContactSlot& slot);
    void check_range(Entry const& entry);
    void note_membership(Entry const& entry);
    void note_stranger(Entry const& entry, bool met);
    void finish_range(Entry const* issued);
    void finish_list(Book const& book);

    Manifest const& manifest_;
    Findings& findings_;
    std::int64_t entries_ = 0;
    std::int64_t last_account_seq_ = 0;
    std::int64_t last_contact_seq_ = 0;
    Seq first_ = -1;
    Seq last_ = -1;
    std::int64_t inside_ = 0;
    Seq first_inside_ = -1;
    Seq last_inside_ = -1;
    std::optional<Seq> before_;
    std::optional<Seq> behind_;
    std::int64_t first_account_seq_ = 0;
    std::unordered_set<Hash32, Hash32Hasher> members_;    // of the list, ever
    std::unordered_set<Hash32, Hash32Hasher> strangers_;  // met only outside of the range
};

}  // namespace cl::verify::bundle
