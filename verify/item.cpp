#include "verify/item.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/core/tile.hpp"

namespace cl::verify {
namespace {

/// Which members an entry of this kind carries (docs/openapi/kinds.yaml).
std::optional<Error> subject_fault(Entry const& entry, consent::Kind kind) {
    bool const account = !entry.account.empty();
    bool const contact = entry.contact.has_value();
    auto const wrong = [](std::string_view why) { return fail(errc::entry_malformed, std::string(why)); };
    if (contact != entry.state.has_value()) {
        return wrong("an entry states a status if it is about a contact, and only then");
    }
    if (contact && !entry.policy) {
        return wrong("an entry states a status without the policy that it comes from");
    }
    switch (consent::info(kind).subject) {
    case consent::Subject::contact:
        if (!contact) return wrong("an entry of this kind is about a contact, and names none");
        break;
    case consent::Subject::contact_or_account:
        if (!account) return wrong("an entry of this kind belongs to an account, and names none");
        break;
    case consent::Subject::account:
        if (!account || contact) return wrong("an entry of this kind is about an account, and about no contact");
        break;
    case consent::Subject::account_or_ledger:
        if (contact) return wrong("an entry of this kind is about no contact");
        break;
    case consent::Subject::ledger:
        if (account) return wrong("an entry of this kind is about the whole ledger, and about no account");
        break;
    }
    return std::nullopt;
}

/// The roots of the complete blocks, so that the sequential part has one hash to add instead of 256.
void add_block_roots(Prepared& prepared, merkle::Size first_place) {
    constexpr auto width = static_cast<std::size_t>(tile::full_width);
    auto const offset = static_cast<std::size_t>(first_place % tile::full_width);
    prepared.first_block = offset == 0 ? 0 : width - offset;
    std::string hashes;
    for (std::size_t at = prepared.first_block; at + width <= prepared.items.size(); at += width) {
        hashes.clear();
        for (std::size_t i = at; i < at + width; ++i) {
            hashes.append(prepared.items[i].leaf.view());
        }
        prepared.block_roots.push_back(tile::subtree_root(hashes, 0, tile::height));
    }
}

}  // namespace

Item to_item(Row row) {
    Item item;
    item.place = row.place;
    item.leaf = leaf_hash(row.bytes);
    auto entry = decode(row.bytes);
    if (!entry) {
        item.fault = std::move(entry).error();
        if (item.fault->code == errc::entry_version) {
            if (auto envelope = decode_envelope(row.bytes)) {
                item.envelope = *envelope;
            }
        }
        return item;
    }
    item.entry = std::move(*entry);
    item.kind = consent::kind_from(item.entry->kind);
    if (item.kind) {
        item.content_fault = subject_fault(*item.entry, *item.kind);
        if (auto const checked = consent::check_stored_data(*item.kind, item.entry->data); !item.content_fault && !checked) {
            item.content_fault = checked.error();
        }
    }
    return item;
}

namespace {

Signature look_at_signature(CheckedNote const& checked, note::VerifierKey const& key) {
    if (open_checkpoint(checked.note, key)) return Signature::valid;
    auto const renamed = note::make_key(checked.checkpoint.origin, key.key);
    return renamed && open_checkpoint(checked.note, *renamed) ? Signature::other_name : Signature::invalid;
}

}  // namespace

CheckedNote check_note(std::string note, note::VerifierKey const* key) {
    CheckedNote checked;
    checked.note = std::move(note);
    auto checkpoint = read_checkpoint(checked.note);
    if (!checkpoint) {
        checked.signature = Signature::malformed;
        return checked;
    }
    checked.checkpoint = std::move(*checkpoint);
    if (key != nullptr) {
        checked.signature = look_at_signature(checked, *key);
    }
    return checked;
}

Prepared prepare(Batch batch, merkle::Size first_place, note::VerifierKey const* key) {
    Prepared prepared;
    prepared.items.reserve(batch.rows.size());
    for (Row& row : batch.rows) {
        prepared.items.push_back(to_item(std::move(row)));
    }
    add_block_roots(prepared, first_place);
    for (StoredCheckpoint& stored : batch.checkpoints) {
        CheckedNote checked = check_note(std::move(stored.note), key);
        checked.row_size = stored.size;
        prepared.checkpoints.push_back(std::move(checked));
    }
    prepared.tiles = std::move(batch.tiles);
    prepared.findings = std::move(batch.findings);
    prepared.incomplete = std::move(batch.incomplete);
    return prepared;
}

}  // namespace cl::verify
