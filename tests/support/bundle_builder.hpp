// Evidence bundles for tests, made from docs/bundle.md over a ledger of ledger_builder.hpp: no line of the room that makes bundles, so that the
// verifier is tested against the page. Every file can be altered before the digests are taken, as a forger would, and after.
//
// Threads: any; each object belongs to one.
#pragma once

#include "tests/support/bundle_bag.hpp"
#include "tests/support/bundle_page.hpp"
#include "tests/support/bundle_story.hpp"
#include "tests/support/bundle_values.hpp"
#include "tests/support/bundle_views.hpp"
#include "tests/support/zip_writer.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace cl::test {

/// The making of one bundle; `files` may be altered at any time.
class BundleMaker {
public:
    BundleMaker(Story const& story, BundleAsked asked) : story_(story), asked_(std::move(asked)) { make(); }

    [[nodiscard]] std::string& operator[](std::string_view name) {
        auto const found =
            std::find_if(files.begin(), files.end(), [name](BundleFile const& file) { return file.name == name; });
        if (found == files.end()) throw std::runtime_error("no such file");
        return found->content;
    }
    void remove(std::string_view name) {
        std::erase_if(files, [name](BundleFile const& file) { return file.name == name; });
    }
    /// Replaces the first `from` in the file.
    void change(std::string_view name, std::string_view from, std::string_view to) {
        std::string& text = (*this)[name];
        std::size_t const at = text.find(from);
        if (at == std::string::npos) throw std::runtime_error("nothing to change: " + std::string(from));
        text.replace(at, from.size(), to);
    }
    void drop_line(std::string_view name, std::size_t index) {
        std::string& text = (*this)[name];
        std::size_t start = 0;
        for (; index > 0; --index) start = text.find('\n', start) + 1;
        text.erase(start, text.find('\n', start) + 1 - start);
    }
    /// What every forger does: the digests of what is there now.
    void seal() {
        seal_bag(files,
                 "Source-Organization: " + asked_.name + "\nExternal-Identifier: " + folder() +
                     "\nExternal-Description: consent ledger, account " + std::string(bundle_account) + ", scope " +
                     asked_.kind + "\nBagging-Date: " + format_time(entry(issued).recorded_at).substr(0, 10) +
                     "\nBag-Software-Agent: " + program_,
                 says);
    }
    /// Another program than `a test`, wherever it is named.
    void made_by(std::string const& program) {
        program_ = program;
        for (BundleFile& file : files) {
            for (std::size_t at = 0; (at = file.content.find("a test", at)) != std::string::npos; at += program.size())
                file.content.replace(at, 6, program);
        }
    }
    /// What a release puts in: its script, and its text below what it says of this bundle (docs/bundle.md "How to verify").
    void enclose(std::string const& script, std::string const& how_to) {
        std::string about = "everything that the ledger has of the account";
        if (asked_.contact) about = "everything that the ledger has of the contact\n    " + to_hex(*asked_.contact);
        if (!asked_.list.empty()) about = "everything of each contact who was ever on the list " + asked_.list;
        if (asked_.kind == "range") about = "what was recorded in the account";
        if (asked_.since) about += "\n    at or after " + format_time(*asked_.since);
        if (asked_.until) about += "\n    before " + format_time(*asked_.until);
        std::string const beside = neighbours();
        (*this)["check_bundle.py"] = script;
        (*this)["how-to-verify.txt"] =
            "EVIDENCE FROM A CONSENT LEDGER\n\nLedger:   " + asked_.name + "\nAccount:  " + std::string(bundle_account) +
            "\nIssued:   " + format_time(entry(issued).recorded_at) + ", entry " + std::to_string(issued) +
            "\nHere is:  " + about + ": " + std::to_string(inside().size()) + (inside().size() == 1 ? " entry" : " entries") +
            (beside.empty() ? ""
                            : ";\n    and its neighbours (" + beside +
                                  "), which are not in that time, and show that nothing of it is missing") +
            "\nOpenings: " +
            (asked_.redacted ? "withheld; the same bundle with openings has identical entries and proofs"
                             : "shown where they are not erased") +
            "\n\n" + how_to;
    }
    [[nodiscard]] std::string folder() const { return "consent-evidence-" + std::to_string(issued); }
    [[nodiscard]] std::string zip(bool deflate = false) const {
        ZipWriter writer;
        for (BundleFile const& file : files) writer.add({folder() + "/" + file.name, file.content, deflate});
        return writer.bytes();
    }

    std::vector<BundleFile> files;
    std::function<void(std::string&)> says;  ///< what a forger makes of bag-info.txt
    Story whole() const { return story_; }   ///< with export.issued
    Seq issued = 0;

private:
    using Lines = std::vector<std::string>;

    [[nodiscard]] Entry entry(Seq seq) const { return must(decode(story_.ledger.lines[static_cast<std::size_t>(seq)])); }

    void choose() {
        std::vector<Seq> account;
        std::set<Hash32> members;
        for (Seq seq = 0; seq < tree_size_; ++seq) {
            Entry const each = entry(seq);
            if (each.account != bundle_account) continue;
            account.push_back(seq);
            bool const added =
                each.state && each.state->list && each.state->list->id == asked_.list && each.state->list->member;
            bool const on_list = added || (asked_.padded && each.data.string("list") == asked_.list);
            if (each.contact && on_list) members.insert(*each.contact);
        }
        last_account_seq_ = static_cast<std::int64_t>(account.size());
        for (std::size_t i = 0; i < account.size(); ++i) {
            Entry const each = entry(account[i]);
            bool const of_contact = each.contact && each.contact == asked_.contact;
            bool const of_list = each.contact && members.contains(*each.contact);
            bool const before = is_early(each) && (i + 1 == account.size() || !is_early(entry(account[i + 1])));
            bool const behind = is_late(each) && (i == 0 || !is_late(entry(account[i - 1])));
            bool const in_range = !is_outside(each) || before || behind;
            if (asked_.kind == "account" || (asked_.kind == "contact" && of_contact) || (asked_.kind == "list" && of_list) ||
                (asked_.kind == "range" && in_range)) {
                chosen_.push_back(account[i]);
            }
        }
    }

    json::Object asked_members() const {
        json::Object out;
        if (asked_.contact) out.set("contact", to_hex(*asked_.contact));
        if (!asked_.list.empty()) out.set("list", asked_.list);
        if (asked_.since) out.set("since", format_time(*asked_.since));
        if (asked_.until) out.set("until", format_time(*asked_.until));
        return out;
    }

    void issue(std::string const& entries) {
        json::Object data = asked_members();
        data.set("scope", asked_.kind);
        data.set("digest", to_hex(sha256(entries)));
        data.set("entries", static_cast<std::int64_t>(chosen_.size()));
        data.set("tree_size", tree_size_);
        if (asked_.kind == "contact") {
            data.set("contact_seq", entry(chosen_.back()).contact_seq.value());
        } else {
            data.set("account_seq", last_account_seq_);
        }
        Entry draft = account_draft("export.issued", std::move(data), bundle_account);
        draft.source = Source{"", "", "t_9"};
        issued = story_.ledger.add(draft);
    }

    std::string joined(std::vector<Seq> const& seqs) const {
        std::string out;
        for (Seq const seq : seqs) out += story_.ledger.lines[static_cast<std::size_t>(seq)] + "\n";
        return out;
    }

    void choose_context() {
        static std::set<std::string> const kinds = {"ledger.created",  "ledger.restored",    "key.rotated",
                                                    "account.defined", "actor.defined",      "list.defined",
                                                    "trigger.defined", "disclosure.defined", "policy.activated"};
        for (Seq seq = 0; seq <= issued; ++seq) {
            bool const chosen = std::find(chosen_.begin(), chosen_.end(), seq) != chosen_.end();
            if (!chosen && (seq == issued || kinds.contains(entry(seq).kind))) context_.push_back(seq);
        }
    }

    /// What a full bundle withholds too: actors' names, and what a range's neighbours say and who they are.
    void hide() {
        std::set<Hash32> inside;
        for (Seq const seq : context_) {
            if (entry(seq).kind == "actor.defined") values_.hidden.insert(seq);
        }
        for (Seq const seq : chosen_) {
            Entry const each = entry(seq);
            if (is_outside(each)) values_.hidden.insert(seq);
            if (each.contact && !is_outside(each)) inside.insert(*each.contact);
        }
        for (Hash32 const& contact : contacts_chosen()) {
            if (!inside.contains(contact)) values_.strangers.insert(contact);
        }
    }
    bool is_early(Entry const& one) const { return asked_.since && one.recorded_at < *asked_.since; }
    bool is_late(Entry const& one) const { return asked_.until && one.recorded_at >= *asked_.until; }
    bool is_outside(Entry const& one) const { return is_early(one) || is_late(one); }

    [[nodiscard]] Hash32 node(int level, merkle::Size index) const {
        if (level == 0) return leaf_hash(story_.ledger.lines[static_cast<std::size_t>(index)]);
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }
    merkle::NodeReader reader() const {
        return [this](int level, merkle::Size index) -> Result<Hash32> { return node(level, index); };
    }
    static json::Array hex(std::vector<Hash32> const& hashes) {
        json::Array out;
        for (Hash32 const& hash : hashes) out.emplace_back(to_hex(hash));
        return out;
    }

    std::string inclusion(std::vector<Seq> seqs) const {
        std::sort(seqs.begin(), seqs.end());
        std::string out;
        for (Seq const seq : seqs) {
            json::Object const row{{"seq", seq},
                                   {"leaf_hash", to_hex(node(0, seq))},
                                   {"hashes", hex(must(merkle::inclusion_proof(seq, issued + 1, reader())))}};
            out += json::write(row) + "\n";
        }
        return out;
    }
    std::string consistency() const {
        std::string out;
        for (merkle::Size const from : asked_.earlier) {
            json::Object const row{{"from", from},
                                   {"to", issued + 1},
                                   {"from_root", to_hex(story_.ledger.checkpoint_at(from).root)},
                                   {"hashes", hex(must(merkle::consistency_proof(from, issued + 1, reader())))}};
            out += json::write(row) + "\n";
        }
        return out;
    }

    std::set<Hash32> contacts_chosen() const {
        std::set<Hash32> all;
        for (Seq const seq : chosen_) {
            if (auto const contact = entry(seq).contact) all.insert(*contact);
        }
        return all;
    }
    std::vector<ShownEntry> rows() const {
        std::vector<ShownEntry> out;
        for (Seq const seq : chosen_)
            out.push_back({entry(seq), !is_outside(entry(seq)), node(0, seq), values_.number_of(entry(seq)),
                           values_.texts_of(seq, true), values_.texts_of(seq, false)});
        return out;
    }
    std::map<std::string, std::int64_t> kinds(std::vector<Seq> const& of) const {
        std::map<std::string, std::int64_t> out;
        for (Seq const seq : of) ++out[entry(seq).kind];
        return out;
    }
    /// Without a range's neighbours.
    std::vector<Seq> inside() const {
        std::vector<Seq> out = chosen_;
        std::erase_if(out, [this](Seq seq) { return is_outside(entry(seq)); });
        return out;
    }
    std::string neighbours() const {
        bool const before = is_early(entry(chosen_.front()));
        bool const behind = is_late(entry(chosen_.back()));
        return (before ? "entry " + std::to_string(chosen_.front()) + " before" : "") + (before && behind ? ", " : "") +
               (behind ? "entry " + std::to_string(chosen_.back()) + " behind" : "");
    }
    /// What both views say of the bundle.
    Remarks about(std::string const& entries) const {
        Remarks out;
        json::Object asked = asked_members();
        asked.set("kind", asked_.kind);
        for (json::Member const& member : asked)
            out.emplace_back(member.name == "kind" ? "scope" : member.name, *member.value.as_string());
        std::vector<Seq> const all = inside();
        out.emplace_back("entries", std::to_string(all.size()));
        if (!neighbours().empty()) out.emplace_back("neighbours", neighbours());
        out.emplace_back("contacts", std::to_string(contacts_chosen().size() - values_.strangers.size()));
        if (!all.empty()) {
            out.emplace_back("first recorded", format_time(entry(all.front()).recorded_at));
            out.emplace_back("last recorded", format_time(entry(all.back()).recorded_at));
        }
        out.emplace_back("openings", asked_.redacted ? "redacted" : "full");
        out.emplace_back("stated by entry", std::to_string(issued) + " (export.issued)");
        out.emplace_back("digest of entries.ndjson", in_groups(to_hex(sha256(entries))));
        return out;
    }
    std::string note() const {
        Checkpoint const checkpoint{asked_.name, issued + 1, story_.ledger.checkpoint_at(issued + 1).root};
        return sign_checkpoint(checkpoint, asked_.signed_by == 0 ? story_.ledger.signer() : *make_signer(asked_.signed_by));
    }
    std::string table(std::string const& entries) const {
        Remarks remarks;
        for (auto const& [kind, count] : kinds(inside()))
            remarks.emplace_back("kind " + kind + " entries", std::to_string(count));
        Remarks const head = {{"report", "evidence"},
                              {"title", title_of(asked_.kind)},
                              {"account", std::string(bundle_account)},
                              {"ledger", asked_.name},
                              {"program", "a test"},
                              {"generated_at", format_time(entry(issued).recorded_at)},
                              {"as_of", std::to_string(tree_size_ - 1)}};
        Remarks const what = about(entries);
        remarks.insert(remarks.end(), head.begin(), head.end());
        remarks.insert(remarks.end(), what.begin(), what.end());
        remarks.emplace_back("checkpoint", note());
        remarks.emplace_back("rows", std::to_string(chosen_.size()));
        return csv_table(rows(), remarks);
    }

    std::string page(std::string const& entries) const {
        PageAsked asked{asked_.kind, {}, {}, tree_size_ - 1, note(), "a test"};
        asked.facts = {{"account", std::string(bundle_account)},
                       {"ledger", asked_.name},
                       {"generated", format_time(entry(issued).recorded_at)},
                       {"speaks of", "all entries up to " + std::to_string(tree_size_ - 1)}};
        for (auto const& fact : about(entries)) asked.facts.push_back(fact);
        std::string const phone = asked_.contact ? values_.number_of(entry(chosen_.front())) : "";
        if (!phone.empty()) asked.facts.emplace_back("phone", phone);
        for (auto const& [kind, count] : kinds(inside())) asked.counts.emplace_back(kind, std::to_string(count));
        return page_of(asked, rows());
    }

    static json::Object shown(std::array<std::int64_t, 3> const& counts) {
        return {{"full", counts[0]}, {"withheld", counts[1]}, {"erased", counts[2]}};
    }

    std::string manifest(std::string const& entries, std::array<std::int64_t, 3> const& opened,
                         std::array<std::int64_t, 3> const& numbers) const {
        json::Object scope = asked_members();
        scope.set("kind", asked_.kind);
        json::Object by_kind;
        for (auto const& [kind, count] : kinds(chosen_)) by_kind.set(kind, count);
        json::Array earlier;
        for (merkle::Size const size : asked_.earlier) earlier.emplace_back(size);
        json::Object const last = asked_.kind == "contact"
                                      ? json::Object{{"contact_seq", entry(chosen_.back()).contact_seq.value()}}
                                      : json::Object{{"account_seq", last_account_seq_}};
        return json::write(json::Object{
            {"format", "consent-ledger-bundle/1"},
            {"origin", asked_.name},
            {"account", bundle_account},
            {"scope", scope},
            {"openings", asked_.redacted ? "redacted" : "full"},
            {"issued",
             json::Object{{"seq", issued}, {"recorded_at", format_time(entry(issued).recorded_at)}, {"token", "t_9"}}},
            {"tree_size", tree_size_},
            {"checkpoint_size", issued + 1},
            {"digest", to_hex(sha256(entries))},
            {"entries", json::Object{{"count", static_cast<std::int64_t>(chosen_.size())},
                                     {"first_seq", chosen_.front()},
                                     {"last_seq", chosen_.back()},
                                     {"kinds", by_kind}}},
            {"context", json::Object{{"count", static_cast<std::int64_t>(context_.size())}}},
            {"openings_count", shown(opened)},
            {"contacts", shown(numbers)},
            {"last", last},
            {"earlier", earlier},
            {"program", "a test"}});
    }

    void make() {
        tree_size_ = story_.ledger.size();
        choose();
        std::string const entries = joined(chosen_);
        issue(entries);
        choose_context();
        hide();
        std::vector<Seq> both = chosen_;
        both.insert(both.end(), context_.begin(), context_.end());
        std::array<std::int64_t, 3> opened{};
        std::array<std::int64_t, 3> numbers{};
        std::string const opening_rows = values_.openings(both, opened);
        std::string const contact_rows = values_.contacts(contacts_chosen(), numbers);
        json::Object const key{{"vkey", vkey_of(story_.ledger.signer())}, {"from_seq", 0}};
        files = {{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
                 {"bag-info.txt", ""},
                 {"data/manifest.json", manifest(entries, opened, numbers)},
                 {"data/entries.ndjson", entries},
                 {"data/context.ndjson", joined(context_)},
                 {"data/proofs/inclusion.ndjson", inclusion(both)},
                 {"data/proofs/consistency.ndjson", consistency()},
                 {"data/checkpoint", note()},
                 {"data/keys.json", json::write(json::Object{{"origin", origin}, {"keys", json::Array{key}}})},
                 {"data/openings.ndjson", opening_rows},
                 {"data/contacts.ndjson", contact_rows},
                 {"data/views/entries.csv", table(entries)},
                 {"data/views/report.html", page(entries)},
                 {"how-to-verify.txt", "sha256sum -c manifest-sha256.txt\n"},
                 {"check_bundle.py", "print()\n"},
                 {"certificate.txt", "I certify\n"},
                 {"custody.csv", "when,who\r\n"},
                 {"manifest-sha256.txt", ""},
                 {"tagmanifest-sha256.txt", ""}};
        seal();
    }

    Story story_;
    BundleAsked asked_;
    BundleValues values_{story_.vault, asked_.redacted, {}, {}};
    std::string program_ = "a test";
    merkle::Size tree_size_ = 0;
    std::int64_t last_account_seq_ = 0;
    std::vector<Seq> chosen_;
    std::vector<Seq> context_;
};

}  // namespace cl::test
