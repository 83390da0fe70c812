#include "verify/bundle/bundle_run.hpp"

#include "ledger/core/limits.hpp"

#include <iterator>
#include <utility>

namespace cl::verify::bundle {
namespace {

void count_name(std::map<std::string, std::int64_t>& counts, std::string const& kind) {
    bool const room = counts.size() < limits::verify_names || counts.contains(kind);
    ++counts[room ? kind : "(other kinds)"];
}

}  // namespace

BundleRun::BundleRun(Archive const& archive, Manifest const& manifest, std::optional<Checkpoint> const& checkpoint,
                     Findings& findings, Report& report)
    : archive_(archive),
      manifest_(manifest),
      checkpoint_(checkpoint),
      findings_(findings),
      report_(report),
      stream_(archive, findings),
      order_(archive, checkpoint, findings),
      scope_(manifest, findings),
      openings_(archive, manifest, findings),
      view_(archive, findings) {}

void BundleRun::count(Entry const& entry, bool in_scope) {
    count_name(report_.by_kind, entry.kind);
    if (!in_scope) return;
    count_name(seen_.kinds, entry.kind);
    if (scope_.is_outside(entry)) return;
    count_name(context_.kinds, entry.kind);
    report_.first_time = report_.first_time ? report_.first_time : entry.recorded_at;
    report_.last_time = entry.recorded_at;
}

void BundleRun::replay(Placed const& placed, Subjects const& subjects) {
    bool const partial = subjects.contact != nullptr && subjects.contact->unsure && placed.in_scope;
    if (partial) {
        ++not_judged_;
        replay_.skip(placed.item, subjects);
    } else {
        replay_.apply(placed.item, subjects);
    }
}

void BundleRun::take_entry(Placed const& placed, Subjects const& subjects) {
    Entry const& entry = *placed.item.entry;
    ++subjects.account->entries;
    if (placed.in_scope) {
        scope_.take(entry, subjects);
    } else {
        scope_.take_context(entry, placed.item.kind);
    }
    bool const about_others = placed.in_scope ? scope_.is_outside(entry) : placed.item.kind == consent::Kind::actor_defined;
    auto const values = openings_.take(entry, about_others, erasures_);
    if (placed.in_scope) view_.take(entry, !scope_.is_outside(entry), placed.item.leaf, values);
    if (placed.item.kind) keys_.see(entry, *placed.item.kind, findings_);
    if (placed.item.kind == consent::Kind::subject_erased && entry.contact) erasures_.erased(*entry.contact, entry.seq);
    if (placed.item.kind == consent::Kind::export_issued) seen_.issued = entry;
    replay(placed, subjects);
}

void BundleRun::take(Placed const& placed) {
    bool const in_place = order_.take(placed);
    if (placed.item.entry) count(*placed.item.entry, placed.in_scope);
    if (in_place && placed.item.entry) {
        take_entry(placed, book_.of(*placed.item.entry));
    } else {
        replay_.skip(placed.item, Subjects{});
    }
    ++report_.size;
}

void BundleRun::read(Options const& options, std::string const& note) {
    constexpr std::int64_t step = 1'024;
    while (auto const placed = stream_.next()) {
        take(*placed);
        if (options.progress && report_.size % step == 0) options.progress(report_.size, manifest_.entries + manifest_.context);
    }
    order_.finish();
    openings_.finish();
    context_.note = note;
    context_.entries = scope_.inside();
    context_.contacts = static_cast<std::int64_t>(book_.contact_count()) - scope_.strangers();
    context_.first_at = report_.first_time;
    context_.last_at = report_.last_time;
    context_.before = scope_.neighbour_before();
    context_.behind = scope_.neighbour_behind();
    view_.finish(remarks(manifest_, context_));
    seen_.context = stream_.context();
    seen_.openings = openings_.shown();
}

void BundleRun::finish(Digests const& digests, std::vector<merkle::Size> earlier) {
    seen_.earlier = std::move(earlier);
    seen_.contacts = check_contacts(archive_, manifest_, book_, scope_, erasures_, view_, findings_);
    scope_.finish(book_, seen_.issued ? &*seen_.issued : nullptr);
    check_statement(manifest_, seen_, scope_, digests, findings_);
    check_manifest(manifest_, seen_, scope_, checkpoint_, findings_);
    check_keys(archive_, keys_, findings_);
    if (manifest_.scope.kind != bundle_format::scope::range) {  // of a range, the entry that erases may lie behind its end
        erasures_.each_unfounded([this](Hash32 const& contact, Seq seq) {
            findings_.add(check::opening_row, seq,
                          "a value is said to be erased, and no later entry erases contact " + shortened(contact));
        });
    }
    report_.judged = replay_.judged();
    auto rules = replay_.incomplete();
    std::move(rules.begin(), rules.end(), std::back_inserter(report_.incomplete));
    report_.accounts = static_cast<std::int64_t>(book_.account_count());
    report_.contacts = static_cast<std::int64_t>(book_.contact_count());
    book_.each_account([this](AccountSlot const& slot) { report_.by_account.emplace_back(slot.name, slot.entries); });
    report_.by_account.resize(std::min(report_.by_account.size(), limits::verify_accounts_shown));
}

}  // namespace cl::verify::bundle
