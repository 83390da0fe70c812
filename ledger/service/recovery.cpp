#include "ledger/service/recovery.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/service/ledger_entry.hpp"
#include "ledger/service/renaming.hpp"
#include "ledger/service/tile_source.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr std::string_view advice =
    " If the ledger was restored from a backup, bring back the newest copy; if none is newer, start with --accept-rollback and a new "
    "origin, which is written into the ledger.";

Error rollback(std::string what) {
    return fail(errc::rollback_detected, std::move(what) + std::string(advice));
}

std::string entries(merkle::Size size) {
    return std::to_string(size) + (size == 1 ? " entry" : " entries");
}

/// What is wrong with the ledger beside what its head says; empty if nothing is.
Result<std::string> compare_head(Checkpoint const& known, log::LogReader& log, Edge const& edge) {
    if (known.size > edge.size) {
        return "the ledger has " + entries(edge.size) + ", but " + entries(known.size) +
               " were signed: it is older than its head.";
    }
    TileSource source(log);
    CL_TRY_ASSIGN(Hash32 const root, source.root(known.size, edge));
    if (root == known.root) return std::string();
    return "the ledger is not the one that was signed at " + entries(known.size) + ".";
}

/// A rollback that the operator accepted, as an entry under the new origin. Until `head` has the name, `renaming` says that nobody was given more.
Result<void> append_restored(DataDir const& dir, Core& core, Tail& tail, HeadVerdict const& verdict,
                             std::string const& origin) {
    CL_TRY_ASSIGN(auto const verifier, note::make_key(origin, core.signer.public_key()));
    json::Object data{{"origin", origin}, {"key", note::to_vkey(verifier)}};
    if (verdict.known) {
        data.set("head_size", verdict.known->size);
        data.set("head_root", to_hex(verdict.known->root));
    }
    Millis const now = std::max(core.env.clock.now(), tail.recorded_at);
    CL_TRY_ASSIGN(log::Row row, make_ledger_row(tail.head, now, consent::Kind::ledger_restored, std::move(data)));
    Tree tree(tail.edge);
    tree.append(row.leaf);
    log::Head const next{tail.head.size + 1, row.leaf};
    log::Batch batch;
    for (Tree::Full const& full : tree.take_full()) {
        batch.tiles.push_back(log::TileRow{full.level, full.index, full.tile->bytes(tile::full_width)});
    }
    batch.rows.push_back(std::move(row));
    CL_TRY(begin_renaming(dir, next.leaf));
    CL_TRY(core.store->append(tail.head, batch));
    tail.head = next;
    tail.recorded_at = now;
    tail.edge = *tree.snapshot();
    return {};
}

/// Whether an earlier ledger.restored took that origin: a search of the whole log, since this is asked once in a ledger's life.
Result<bool> origin_was_taken(log::LogReader& log, merkle::Size size, std::string const& origin) {
    bool taken = false;
    CL_TRY(log.range(0, size, [&](Seq, std::string_view bytes) {
        auto const name = name_given_by(bytes);  // what cannot be read is told of by others
        taken = name && *name == origin;
        return !taken;
    }));
    return taken;
}

Result<void> check_new_origin(std::string const& origin, HeadVerdict const& verdict, Checkpoint const& stored,
                              std::string const& first_origin, log::LogReader& log, merkle::Size size) {
    if (origin.empty()) {
        return fail(errc::usage, "accepting a rollback needs a new origin: the old one has signed what is lost now");
    }
    CL_TRY(check_origin(origin));
    CL_TRY_ASSIGN(bool const taken, origin_was_taken(log, size, origin));
    bool const used =
        taken || origin == first_origin || origin == stored.origin || (verdict.known && origin == verdict.known->origin);
    if (used) return fail(errc::usage, "this ledger has had that origin before: accepting a rollback needs a new one");
    return {};
}

/// Whether the name in force was given by the last entry, by a start in this very directory that was cut short before `head` knew it: then
/// nothing but the tree up to that entry was ever signed under it, and it may be taken up without another one.
bool name_is_unused(DataDir const& dir, Tail const& tail, Checkpoint const& stored, HeadVerdict const& verdict) {
    bool const by_last = tail.renamed.seq >= 0 && tail.renamed.seq + 1 == tail.head.size;
    bool const signed_for =
        stored.origin == tail.renamed.origin || (verdict.known && verdict.known->origin == tail.renamed.origin);
    return by_last && !signed_for && renaming_by(dir, tail.head.leaf);
}

}  // namespace

Result<Keys> check_keys(DataDir const& dir, log::LogReader& log) {
    CL_TRY_ASSIGN(auto const first, log.entry(0));
    if (!first) return fail(errc::store_corrupt, "the ledger has no entry, not even the first");
    CL_TRY_ASSIGN(Entry const created, decode(*first));
    if (consent::kind_from(created.kind) != consent::Kind::ledger_created) {
        return fail(errc::store_foreign, "the first entry is no ledger.created");
    }
    if (auto const* format = created.data.find("format"); format == nullptr || *format != json::Value(1)) {
        return fail(errc::store_foreign, "the ledger has a format that this program does not know");
    }
    CL_TRY_ASSIGN(auto const expected, note::parse_vkey(created.data.string("key")));
    CL_TRY_ASSIGN(SecretBytes signing, read_key_file(dir.signing_key()));
    CL_TRY_ASSIGN(SecretBytes contact, read_key_file(dir.contact_key()));
    if (Ed25519Signer(signing).public_key() != expected.key) {
        return fail(errc::key_mismatch, "keys/signing.key is not the key of this ledger; bring back the one it was made with");
    }
    if (to_hex(ContactKey(SecretBytes(contact.view())).check_value()) != created.data.string("contact_key_check")) {
        return fail(
            errc::key_mismatch,
            "keys/contact.key is not the key of this ledger: every number would become a new contact; bring back the right one");
    }
    return Keys{std::move(signing), std::move(contact), std::string(created.data.string("origin"))};
}

Result<std::vector<Checkpoint>> signed_before(HeadFile::Content const& head, log::LogReader& log,
                                              std::array<std::uint8_t, 32> const& key) {
    if (head.presence != HeadPresence::valid) {
        return fail(errc::rollback_detected, "the file head is missing or damaged: the ledger may be older than it was");
    }
    auto known = open_own_checkpoint(head.note, key);
    if (!known) return fail(errc::rollback_detected, "the file head belongs to another ledger");
    std::vector<Checkpoint> all{std::move(*known)};
    CL_TRY_ASSIGN(auto const stored, log.last_checkpoint());
    if (stored) {
        CL_TRY_ASSIGN(Checkpoint checkpoint, open_own_checkpoint(stored->note, key));
        all.push_back(std::move(checkpoint));
    }
    return all;
}

std::string origin_in_force(Tail const& tail, Checkpoint const& stored, std::string const& first_origin) {
    if (tail.renamed.seq >= 0) return tail.renamed.origin;
    return stored.size >= 0 ? stored.origin : first_origin;
}

Result<HeadVerdict> check_head(DataDir const& dir, log::LogReader& log, Edge const& edge,
                               std::array<std::uint8_t, 32> const& key, std::string const& origin) {
    HeadVerdict verdict;
    CL_TRY_ASSIGN(auto const content, HeadFile::read(dir.head()));
    if (content.presence == HeadPresence::missing) {
        verdict.violation = rollback("the file head is missing beside a ledger of " + entries(edge.size) + ".");
        return verdict;
    }
    if (content.presence == HeadPresence::damaged) {
        verdict.violation = rollback("the file head is damaged: neither of its two copies is whole.");
        return verdict;
    }
    auto const known = open_own_checkpoint(content.note, key);
    if (!known) {
        verdict.violation = rollback("the file head belongs to another ledger: this ledger's key did not sign it.");
        return verdict;
    }
    verdict.known = *known;
    if (known->origin != origin) {
        verdict.violation = rollback("the file head is of a name that this ledger does not have now.");
        return verdict;
    }
    CL_TRY_ASSIGN(std::string wrong, compare_head(*known, log, edge));
    if (!wrong.empty()) verdict.violation = rollback(std::move(wrong));
    return verdict;
}

Result<void> settle_orphans(log::LogStore& store, Seq size, bool head_passed, Core const& core) {
    CL_TRY_ASSIGN(auto const orphans, store.openings_from(size));
    if (orphans.rows == 0) return {};
    bool const one_batch = orphans.highest - size < static_cast<Seq>(limits::orphan_entries);
    if (!head_passed || !one_batch) {
        return fail(errc::vault_orphans,
                    "vault.db has " + std::to_string(orphans.rows) + " rows for entries up to " +
                        std::to_string(orphans.highest) + ", but the ledger ends at " + std::to_string(size - 1) +
                        ": they may be evidence, so nothing was touched. Bring back the ledger.db that belongs to "
                        "this vault.db, or the vault.db of the same backup as the ledger");
    }
    core.say("removing " + std::to_string(orphans.rows) + " vault rows of a batch that never reached the ledger");
    auto dropped = store.drop_openings_from(size);
    // They are overwritten; a reader, such as a backup, keeps the old bytes in the write-ahead log a little longer.
    if (!dropped && dropped.error().code == errc::busy) return {};
    return dropped;
}

Result<Recovered> recover(DataDir const& dir, Core& core, std::string const& first_origin, Options const& options) {
    log::LogStore& store = *core.store;
    auto const key = core.signer.public_key();
    Recovered recovered;
    CL_TRY_ASSIGN(recovered.tail, check_tail(store));
    Tail& tail = recovered.tail;
    CL_TRY_ASSIGN(Checkpoint const stored, check_stored_checkpoint(store, tail.edge, key));
    recovered.origin = origin_in_force(tail, stored, first_origin);
    CL_TRY_ASSIGN(HeadVerdict const verdict, check_head(dir, store, tail.edge, key, recovered.origin));
    bool const other_name = options.accept_rollback && options.new_origin != recovered.origin;
    bool const begun = verdict.violation && !other_name && name_is_unused(dir, tail, stored, verdict);
    bool const renamed = verdict.violation && !begun;
    if (renamed && !options.accept_rollback) return *verdict.violation;
    if (renamed) CL_TRY(check_new_origin(options.new_origin, verdict, stored, first_origin, store, tail.head.size));
    CL_TRY(settle_orphans(store, tail.head.size, !verdict.violation, core));
    if (core.env.clock.now() + limits::clock_jump_ms < tail.recorded_at && !options.accept_clock) {
        return fail(errc::clock_jump,
                    "the clock is more than a minute behind the newest entry: set it right, or start with --accept-clock");
    }
    if (begun)
        core.say(
            "an earlier start accepted a rollback and was cut short: the ledger goes on under the origin that it recorded");
    if (renamed) {
        core.say("rollback accepted; the ledger goes on under a new origin");
        CL_TRY(append_restored(dir, core, tail, verdict, options.new_origin));
        recovered.origin = options.new_origin;
    }
    return recovered;
}

}  // namespace cl::service
