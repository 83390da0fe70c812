#include "ledger/bundle/bundle.hpp"

#include "ledger/bundle/walk.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cl::bundle {
namespace {

namespace file = bundle_format::file;

struct Kind {
    std::string_view name;
    std::unique_ptr<Part> (*make)(Making&);
    std::string (*text)(Making const&);
};

/// In the order in which they can be known: a manifest after what it names.
constexpr std::array<Kind, bundle_format::files.size()> kinds = {{
    {file::entries, make_entries, nullptr},
    {file::context, make_context, nullptr},
    {file::inclusion, make_inclusion, nullptr},
    {file::consistency, make_consistency, nullptr},
    {file::checkpoint, make_checkpoint, nullptr},
    {file::keys, make_keys, nullptr},
    {file::openings, make_openings, nullptr},
    {file::contacts, make_contacts, nullptr},
    {file::csv, make_csv, nullptr},
    {file::html, make_html, nullptr},
    {file::manifest, nullptr, manifest},
    {file::bagit, nullptr, bagit},
    {file::bag_info, nullptr, bag_info},
    {file::data_digests, nullptr, data_digests},
    {file::how_to, nullptr, how_to},
    {file::script, nullptr, script},
    {file::certificate, nullptr, certificate},
    {file::custody, nullptr, custody},
    {file::tag_digests, nullptr, tag_digests},
}};

std::unique_ptr<Part> make(Kind const& kind, Making& making) {
    return kind.make != nullptr ? kind.make(making) : make_text(making, kind.text);
}

/// Precondition: one of bundle_format::files.
Kind const& kind_of(std::string_view name) {
    return *std::find_if(kinds.begin(), kinds.end(), [&](Kind const& kind) { return kind.name == name; });
}

}  // namespace

char const* const program = "consent-ledger " CL_VERSION;

void Bundle::Meter::add(std::string_view bytes) {
    size += bytes.size();
    crc.process_bytes(bytes.data(), bytes.size());
    sha256.add(bytes);
}

Measured Bundle::Meter::end() {
    return Measured{size, crc.checksum(), sha256.end()};
}

Bundle::Bundle(Plan plan, Seq issued) {
    making_.plan = std::move(plan);
    making_.plan.issued = issued;
    folder_ = std::string(bundle_format::folder) + std::to_string(issued) + "/";
}

Result<void> Bundle::begin(service::Queries& queries) {
    CL_TRY_ASSIGN(Read const read, read_entry(queries.records(), making_.plan.issued));
    making_.plan.issued_at = read.entry.recorded_at;
    if (read.entry.source) making_.plan.issued_by = read.entry.source->token;
    begun_ = true;
    present_ = queries.records().size();
    looked_ = making_.plan.redacted ? present_ : making_.plan.said.tree_size;
    return {};
}

/// Of somebody in the bundle, by an entry that it does not have: what it shows would not be what it says.
Result<void> Bundle::look_for_erasures(service::Records& records) {
    auto const& contacts = making_.plan.contacts;
    Seq const end = std::min<Seq>(present_, looked_ + static_cast<Seq>(limits::bundle_step_entries));
    std::vector<Seq> found;
    CL_TRY(records.range(looked_, end, [&](Seq seq, std::string_view bytes) {
        if (bytes.find("\"kind\":\"subject.erased\"") != std::string_view::npos) found.push_back(seq);
    }));
    for (Seq const seq : found) {
        CL_TRY_ASSIGN(Read const read, read_entry(records, seq));
        bool const ours = read.entry.account == making_.plan.account && read.entry.contact &&
                          std::binary_search(contacts.begin(), contacts.end(), *read.entry.contact);
        if (ours) {
            return fail(errc::refused_by_policy,
                        "somebody in this bundle was erased by entry " + std::to_string(seq) +
                            ", after what it speaks of: ask for a new bundle, or for the redacted one");
        }
    }
    looked_ = end;
    return {};
}

Result<bool> Bundle::prepare(service::Queries& queries) {
    if (!begun_) CL_TRY(begin(queries));
    if (looked_ < present_) CL_TRY(look_for_erasures(queries.records()));
    return looked_ < present_;
}

Result<bool> Bundle::step(service::Queries& queries, std::string& out) {
    if (!begun_ || looked_ < present_) {
        CL_TRY(prepare(queries));
        return true;
    }
    if (measured_ < kinds.size()) return measure(queries);
    return write(queries, out);
}

Result<bool> Bundle::measure(service::Queries& queries) {
    Kind const& kind = kinds[measured_];
    if (!part_) {
        part_ = make(kind, making_);
        meter_.emplace();
    }
    std::string some;
    CL_TRY_ASSIGN(bool const more, part_->step(queries, some));
    meter_->add(some);
    if (more) return true;
    making_.files[kind.name] = meter_->end();
    part_.reset();
    ++measured_;
    return true;
}

Result<bool> Bundle::write(service::Queries& queries, std::string& out) {
    std::string_view const name = bundle_format::files[written_];
    Measured const& known = making_.files.at(name);
    if (!part_) {
        part_ = make(kind_of(name), making_);
        meter_.emplace();
        zip_.add(folder_ + std::string(name), known.size, known.crc, out);
    }
    std::size_t const before = out.size();
    CL_TRY_ASSIGN(bool const more, part_->step(queries, out));
    meter_->add(std::string_view(out).substr(before));
    if (more) return true;
    if (meter_->end() != known) {
        return fail(errc::io, "something in the bundle was erased while it was made; ask for it again");
    }
    part_.reset();
    if (++written_ < kinds.size()) return true;
    zip_.end(out);
    return false;
}

int Bundle::progress() const noexcept {
    return static_cast<int>((measured_ + written_) * 1'000 / (2 * kinds.size()));
}

std::string file_name(Seq issued, bool redacted) {
    return std::string(bundle_format::folder) + std::to_string(issued) + (redacted ? "-redacted.zip" : ".zip");
}

}  // namespace cl::bundle
