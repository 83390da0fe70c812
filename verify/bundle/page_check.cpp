#include "verify/bundle/page_check.hpp"

#include "ledger/core/sha256_stream.hpp"
#include "verify/bundle/openings.hpp"
#include "verify/bundle/page_text.hpp"

#include <map>
#include <utility>

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;

/// A file that is compared from its start on.
class Compared {
public:
    explicit Compared(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

    /// True if the next bytes are these.
    Result<bool> is(std::string_view due) {
        while (!due.empty()) {
            CL_TRY_ASSIGN(bool const more, fill());
            std::string_view const here = rest().substr(0, due.size());
            if (!more || here != due.substr(0, here.size())) return false;
            used_ += here.size();
            due.remove_prefix(here.size());
        }
        return true;
    }
    /// SHA-256 of what stands before the next `<`.
    Result<Hash32> hash_of_text() {
        Sha256 hash;
        for (;;) {
            CL_TRY_ASSIGN(bool const more, fill());
            std::size_t const end = rest().find('<');
            hash.add(rest().substr(0, end));
            if (!more || end != std::string_view::npos) {
                used_ += more ? end : 0;
                return hash.end();
            }
            used_ = buffer_.size();
        }
    }
    Result<bool> is_over() {
        CL_TRY_ASSIGN(bool const more, fill());
        return !more;
    }

private:
    [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(used_); }
    /// False at the end.
    Result<bool> fill() {
        if (used_ < buffer_.size()) return true;
        used_ = 0;
        CL_TRY_ASSIGN(buffer_, stream_->next());
        return !buffer_.empty();
    }

    std::unique_ptr<ByteStream> stream_;
    std::string buffer_;
    std::size_t used_ = 0;
};

/// The entries that the page shows.
class ShownEntries {
public:
    ShownEntries(Archive const& archive, Manifest const& manifest, Findings& findings)
        : lines_(archive, file::entries, findings), left_(page_rows(manifest)) {}
    std::optional<Entry> next() {
        auto line = left_-- > 0 ? lines_.next() : std::nullopt;
        auto entry = line ? decode(line->bytes) : Result<Entry>(fail(errc::not_found, ""));
        return entry ? std::optional<Entry>(std::move(*entry)) : std::nullopt;
    }

private:
    Lines lines_;
    std::int64_t left_;
};

/// What the page shows of their numbers.
using Numbers = std::map<Hash32, std::string>;

Numbers numbers_of(Archive const& archive, Manifest const& manifest, Findings& findings) {
    Numbers out;
    ShownEntries entries(archive, manifest, findings);
    while (auto const entry = entries.next()) {
        if (entry->contact) out.emplace(*entry->contact, "");
    }
    for (Rows<ContactRow> rows(Lines(archive, file::contacts, findings), parse_contact); rows.peek() != nullptr; rows.pop()) {
        ContactRow const& row = *rows.peek();
        auto const shown = out.find(row.contact);
        if (shown == out.end() || row.absent == Absent::withheld) continue;
        shown->second = row.absent == Absent::erased ? std::string(bundle_format::erased) : row.phone;
    }
    return out;
}

class PageCheck {
public:
    PageCheck(Archive const& archive, Manifest const& manifest, ViewContext const& context, Findings& findings)
        : archive_(archive), manifest_(manifest), context_(context), findings_(findings) {}

    Result<bool> same(std::unique_ptr<ByteStream> stream) {
        Compared page(std::move(stream));
        Numbers const numbers = numbers_of(archive_, manifest_, findings_);
        std::string const of_one = manifest_.scope.contact && !numbers.empty() ? numbers.begin()->second : "";
        CL_TRY_ASSIGN(bool const top, page.is(page_top(manifest_)));
        CL_TRY_ASSIGN(Hash32 const style, page.hash_of_text());
        CL_TRY_ASSIGN(bool const head, page.is(page_head(manifest_, context_, of_one)));
        if (!top || !head || to_hex(style) != bundle_format::page_style) return false;
        Rows<OpeningRow> values(Lines(archive_, file::openings, findings_), parse_opening);
        ShownEntries entries(archive_, manifest_, findings_);
        while (auto const entry = entries.next()) {
            auto const known = entry->contact ? numbers.find(*entry->contact) : numbers.end();
            std::string const phone = known != numbers.end() ? known->second : "";
            bool const in_scope = context_.before != entry->seq && context_.behind != entry->seq;
            Texts const texts = texts_of(of_entry(entry->seq, values));
            CL_TRY_ASSIGN(bool const row, page.is(page_row(manifest_, *entry, in_scope, phone, texts)));
            if (!row) return false;
        }
        CL_TRY_ASSIGN(bool const end, page.is(page_end(manifest_, context_)));
        CL_TRY_ASSIGN(bool const over, page.is_over());
        return end && over;
    }

private:
    static std::vector<OpeningRow> of_entry(Seq seq, Rows<OpeningRow>& rows) {
        std::vector<OpeningRow> out;
        for (; rows.peek() != nullptr && rows.peek()->seq <= seq; rows.pop()) {
            if (rows.peek()->seq == seq) out.push_back(*rows.peek());
        }
        return out;
    }

    Archive const& archive_;
    Manifest const& manifest_;
    ViewContext const& context_;
    Findings& findings_;
};

}  // namespace

std::int64_t check_page(Archive const& archive, Manifest const& manifest, ViewContext const& context, Findings& findings) {
    auto stream = archive.open(file::html);
    auto const same =
        stream ? PageCheck(archive, manifest, context, findings).same(std::move(*stream)) : Result<bool>(stream.error());
    if (!same) {
        findings.add_failure(file::html, same.error());
    } else if (*same) {
        return page_rows(manifest);
    } else if (manifest.program == "consent-ledger " CL_VERSION) {
        findings.add(check::view, std::nullopt, std::string(file::html) + " is not the page of these entries");
    } else {
        findings.incomplete(std::string(file::html) +
                                " is not the page that this release makes of these entries. The bundle says that \"" +
                                printable(manifest.program, 80) + "\" made it: not compared.",
                            "Read data/views/entries.csv, which was compared, or verify with that release.");
    }
    return 0;
}

}  // namespace cl::verify::bundle
