#include "verify/bundle/contacts.hpp"

#include "ledger/core/keys.hpp"

#include <algorithm>
#include <vector>

namespace cl::verify::bundle {
namespace {

/// `stranger`: only neighbours of the range are of this contact.
void check_row(ContactRow const& row, Manifest const& manifest, bool stranger, Erasures const& erasures, Shown& shown,
               Findings& findings) {
    std::string const who = "contact " + shortened(row.contact) + ": ";
    if (row.absent == Absent::withheld) {
        ++shown.withheld;
        if (!manifest.redacted && !stranger) {
            findings.add(check::pseudonym, std::nullopt, who + "the number is withheld, and a full bundle shows it");
        }
        return;
    }
    if (manifest.redacted) {
        findings.add(check::manifest, std::nullopt, who + "the number is not withheld, and the bundle says that it shows none");
    }
    if (row.absent == Absent::erased) {
        ++shown.erased;
        // In a range the entry that erases may lie behind its end.
        bool const must_show = manifest.scope.kind != bundle_format::scope::range;
        if (must_show && !erasures.is_erased(row.contact)) {
            findings.add(check::pseudonym, std::nullopt, who + "the number is said to be erased, and no entry erases it");
        }
        return;
    }
    ++shown.full;
    if (contact_id(row.salt, manifest.account, row.phone) != row.contact) {
        findings.add(check::pseudonym, std::nullopt, who + "the number and salt that are shown give another pseudonym");
    }
}

}  // namespace

Shown check_contacts(Archive const& archive, Manifest const& manifest, Book const& book, ScopeCheck const& scope,
                     Erasures const& erasures, ViewCheck& view, Findings& findings) {
    std::vector<Hash32> due;
    book.each_contact([&due](AccountSlot const&, Hash32 const& contact, ContactSlot const&) { due.push_back(contact); });
    std::sort(due.begin(), due.end());
    Shown shown;
    Rows<ContactRow> rows(Lines(archive, bundle_format::file::contacts, findings), parse_contact);
    auto next = due.begin();
    auto const missing = [&](Hash32 const& contact) {
        findings.add(check::pseudonym, std::nullopt, "contact " + shortened(contact) + " has no row in data/contacts.ndjson");
    };
    for (; rows.peek() != nullptr; rows.pop()) {
        ContactRow const& row = *rows.peek();
        for (; next != due.end() && *next < row.contact; ++next) missing(*next);
        if (next == due.end() || *next != row.contact) {
            findings.add(check::pseudonym, std::nullopt, "contact " + shortened(row.contact) + " has a row and no entry");
            continue;
        }
        check_row(row, manifest, scope.is_stranger(row.contact), erasures, shown, findings);
        view.take_number(row);
        ++next;
    }
    for (; next != due.end(); ++next) missing(*next);
    return shown;
}

}  // namespace cl::verify::bundle
