#include "verify/run.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

namespace cl::verify {
namespace {

constexpr std::size_t block = static_cast<std::size_t>(tile::full_width);

}  // namespace

Run::Run(Options const& options, Overview const& overview, Trust& trust, Report& report)
    : options_(options),
      overview_(overview),
      report_(report),
      chain_(report.integrity),
      tree_(report.integrity, overview.has_tiles),
      claims_(report.integrity, std::move(trust.claims), trust.origin),
      key_(trust.key),
      replay_(options.observe) {
    claims_.meet(tree_);  // what is stated of the empty log
}

void Run::take(Prepared batch) {
    for (IntegrityFinding& finding : batch.findings) {
        report_.integrity.add(std::move(finding));
    }
    std::move(batch.incomplete.begin(), batch.incomplete.end(), std::back_inserter(report_.incomplete));
    std::size_t const sound = judge_items(batch);
    if (sound < batch.items.size() || (batch.items.empty() && chain_.broken_at())) {
        claims_.pass_over(batch.checkpoints);
    } else {
        claims_.offer(std::move(batch.checkpoints));
        claims_.meet(tree_);  // a checkpoint of the empty log
    }
    tree_.offer(std::move(batch.tiles));
    grow_tree(batch, sound);
    if (options_.progress) {
        options_.progress(chain_.size(), overview_.size_hint);
    }
}

void Run::expect(Claim claim) {
    claims_.expect(std::move(claim));
    claims_.meet(tree_);
}

bool Run::sound_so_far() const noexcept {
    bool const none_waits = claims_.next() == std::numeric_limits<merkle::Size>::max();
    return report_.integrity.clean() && !chain_.broken_at() && none_waits;
}

void Run::finish(bool all_read) {
    bool const in_order = !chain_.broken_at();
    claims_.finish(chain_.size(), all_read && in_order);
    report_.size = chain_.size();
    if (in_order) {
        report_.root = tree_.root();
    }
    report_.signed_to = claims_.signed_to();
    report_.first_time = chain_.first_time();
    report_.last_time = chain_.last_time();
    report_.judged = replay_.judged();
    auto rules = replay_.incomplete();
    std::move(rules.begin(), rules.end(), std::back_inserter(report_.incomplete));
    count_subjects();
}

/// How many of the batch's items stand where they should, from its start.
std::size_t Run::judge_items(Prepared const& batch) {
    std::size_t sound = 0;
    for (Item const& item : batch.items) {
        auto const place = chain_.place(item);
        Subjects subjects;
        if (item.entry) {
            ++report_.by_kind[kind_name(*item.entry)];
            subjects = book_.of(*item.entry);
            ++subjects.account->entries;
        } else if (item.envelope) {
            ++report_.by_kind["(another format version)"];
        }
        bool const in_order = !chain_.broken_at();
        sound += in_order ? 1 : 0;
        if (item.entry && place.in_order && in_order) {
            judge_export(item, subjects);
        }
        if (item.entry && place.in_order) {
            chain_.link(*item.entry, item, subjects);
        }
        if (item.entry && place.in_order && in_order) {
            watch_identity(item);
            replay_.apply(item, subjects);
        } else {
            replay_.skip(item, Subjects{});
        }
    }
    return sound;
}

void Run::watch_identity(Item const& item) {
    if (item.kind == consent::Kind::key_rotated) {
        claims_.identity_changes_after(item.entry->seq);
    }
    if (item.kind != consent::Kind::ledger_restored) {
        return;
    }
    json::Object const& data = item.entry->data;
    std::string name(data.string("origin"));
    auto const named = note::parse_vkey(data.string("key"));
    bool const same_key = key_ && (data.string("key").empty() || (named && named->key == key_->key && named->name == name));
    if (!same_key || restored_.size() >= limits::bundle_keys) {
        claims_.identity_changes_after(item.entry->seq);
        return;
    }
    auto const* const head = data.find("head_size");
    auto const* const signed_before = head != nullptr ? head->as_int() : nullptr;
    restored_.push_back({item.entry->seq, name, signed_before != nullptr ? *signed_before : -1});
    claims_.renamed_after(item.entry->seq, std::move(name));
}

/// Before the chain counts the entry, which its own statement leaves out.
void Run::judge_export(Item const& item, Subjects const& subjects) {
    if (item.kind == consent::Kind::export_issued && !item.content_fault) {
        if (auto const lie = exports_.judge(*item.entry, subjects, book_)) {
            replay_.raise(*lie, *item.entry, subjects);
        }
    }
    exports_.see(item.entry->seq, subjects);
}

std::string Run::kind_name(Entry const& entry) const {
    bool const room = report_.by_kind.size() < limits::verify_names || report_.by_kind.contains(entry.kind);
    return room ? entry.kind : "(other kinds)";
}

/// Adds the first `sound` items to the tree: block by block where nothing is stated about a size in between.
void Run::grow_tree(Prepared const& batch, std::size_t sound) {
    std::span<Item const> const items(batch.items);
    for (std::size_t at = 0; at < sound;) {
        bool const aligned = at >= batch.first_block && (at - batch.first_block) % block == 0;
        bool const whole = aligned && at + block <= sound && claims_.next() >= tree_.size() + tile::full_width;
        if (whole) {
            tree_.append_block(items.subspan(at, block), batch.block_roots[(at - batch.first_block) / block]);
            at += block;
        } else {
            tree_.append(items[at++].leaf);
        }
        claims_.meet(tree_);
    }
}

void Run::count_subjects() {
    report_.accounts = static_cast<std::int64_t>(book_.account_count());
    report_.contacts = static_cast<std::int64_t>(book_.contact_count());
    book_.each_account([this](AccountSlot const& slot) { report_.by_account.emplace_back(slot.name, slot.entries); });
    std::sort(report_.by_account.begin(), report_.by_account.end(),
              [](auto const& a, auto const& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    report_.by_account.resize(std::min(report_.by_account.size(), limits::verify_accounts_shown));
}

}  // namespace cl::verify
