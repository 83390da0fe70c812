// Every way to alter a bundle by somebody who makes the digests fit again, in one table: each is exit 1, with the id that says what it is, and
// nothing is called proven.
#include "ledger/core/json.hpp"
#include "tests/unit/verify_bundle/forgery.hpp"

using namespace cl;
using namespace cl::test;

namespace {

/// With somebody who was taken off the list, and never on it.
BundleAsked padded(Story& story) {
    Hash32 const bob_too = story.contact("+15550100002");
    story.ledger.add(story.draft("list.removed", bob_too, {{"list", "promo"}}));
    BundleAsked asked = of_list();
    asked.padded = true;
    return asked;
}
BundleAsked cyd(Story& story) {
    return of_contact(story, "+15550100003");
}

/// Makes the row that starts there say that its value is withheld; the manifest's counts do not matter here.
void withhold(std::string& text, std::size_t start) {
    std::size_t const end = text.find('\n', start);
    json::Object const row = *must(json::parse(text.substr(start, end - start), 100'000)).as_object();
    json::Object out{{"absent", "withheld"}};
    for (json::Member const& member : row) {
        if (member.name == "id" || member.name == "seq" || member.name == "pointer" || member.name == "contact")
            out.set(member.name, member.value);
    }
    text.replace(start, end - start, json::write(out));
}

/// Swaps the first two lines.
void swap_lines(std::string& text) {
    std::size_t const first = text.find('\n') + 1;
    std::size_t const second = text.find('\n', first) + 1;
    text = text.substr(first, second - first) + text.substr(0, first) + text.substr(second);
}

std::vector<Forgery> const of_entries = {
    {"an entry edited",
     bob,
     [](BundleMaker& b) { b.change(entries, "\"keyword\":\"stop\"", "\"keyword\":\"stap\""); },
     {"INT-065", "INT-067"}},
    {"an entry spelled otherwise",
     bob,
     [](BundleMaker& b) { b.change(entries, "{\"account\"", "{ \"account\""); },
     {"INT-002", "INT-067"}},
    {"no entry at all", bob, [](BundleMaker& b) { b.change(entries, "{\"account\"", "nonsense"); }, {"INT-001"}},
    {"the last entry left out", bob, [](BundleMaker& b) { b.drop_line(entries, 2); }, {"INT-063", "INT-065", "INT-067"}},
    {"the first entry left out", bob, [](BundleMaker& b) { b.drop_line(entries, 0); }, {"INT-008", "INT-067"}},
    {"an entry between left out", account, [](BundleMaker& b) { b.drop_line(entries, 4); }, {"INT-007", "INT-008", "INT-067"}},
    {"entries swapped", bob, [](BundleMaker& b) { swap_lines(b[entries]); }, {"INT-064"}},
    {"an entry twice", bob, [](BundleMaker& b) { b[entries] += b[entries].substr(0, b[entries].find('\n') + 1); }, {"INT-064"}},
    {"an entry of somebody else",
     bob,
     [](BundleMaker& b) { b[entries] += b.whole().ledger.lines[10] + "\n"; },
     {"INT-064", "INT-065"}},
    {"the last line without its end", bob, [](BundleMaker& b) { b[entries].pop_back(); }, {"INT-001"}},
    {"a context entry left out", bob, [](BundleMaker& b) { b.drop_line(context, 1); }, {"INT-063", "INT-065"}},
    {"entry 0 left out", bob, [](BundleMaker& b) { b.drop_line(context, 0); }, {"INT-063", "INT-065"}},
    {"the statement left out",
     bob,
     [](BundleMaker& b) { b[context].erase(b[context].rfind('\n', b[context].size() - 2) + 1); },
     {"INT-067"}},
    {"a contact's entry in the context",
     bob,
     [](BundleMaker& b) {
         std::string const line = b.whole().ledger.lines[4] + "\n";  // Ann's, who is none of this bundle's business
         std::string& text = b[context];
         text.insert(text.rfind('\n', text.size() - 2) + 1, line);
     },
     {"INT-064", "INT-065"}},
};

std::vector<Forgery> const of_proofs = {
    {"a proof changed",
     bob,
     [](BundleMaker& b) {
         std::size_t const at = b[inclusion].find("\"hashes\":[\"") + 11;
         b[inclusion][at] = b[inclusion][at] == '0' ? '1' : '0';
     },
     {"INT-065"}},
    {"a proof left out", bob, [](BundleMaker& b) { b.drop_line(inclusion, 1); }, {"INT-065"}},
    {"a proof too many",
     bob,
     [](BundleMaker& b) {
         std::string const row = b[inclusion].substr(0, b[inclusion].find('\n') + 1);
         std::string more = row;
         more.replace(more.find("\"seq\":0"), 7, "\"seq\":1");
         b[inclusion].insert(row.size(), more);
     },
     {"INT-065"}},
    {"proofs swapped", bob, [](BundleMaker& b) { swap_lines(b[inclusion]); }, {"INT-065", "INT-073"}},
    {"a proof's line spelled otherwise",
     bob,
     [](BundleMaker& b) { b.change(inclusion, "{\"hashes\"", "{ \"hashes\""); },
     {"INT-065", "INT-073"}},
    {"the checkpoint of another size",
     bob,
     [](BundleMaker& b) { b["data/checkpoint"] = b.whole().ledger.note_at(b.issued); },
     {"INT-063", "INT-065"}},
    {"the checkpoint of another key",
     bob,
     [](BundleMaker& b) {
         b["data/checkpoint"] = sign_checkpoint(b.whole().ledger.checkpoint_at(b.issued + 1), *make_signer(7));
     },
     {"INT-030"}},
    {"no checkpoint", bob, [](BundleMaker& b) { b["data/checkpoint"] = "nothing\n"; }, {"INT-030"}},
    {"another key stated",
     bob,
     [](BundleMaker& b) { b.change("data/keys.json", vkey_of(*make_signer(1)), vkey_of(*make_signer(7))); },
     {"INT-063"}},
    {"keys spelled otherwise", bob, [](BundleMaker& b) { b["data/keys.json"] += "\n"; }, {"INT-063"}},
};

std::vector<Forgery> const of_values = {
    {"a value changed",
     bob,
     [](BundleMaker& b) { b.change(openings, to_base64("{\"body\":\"STOP\"}"), to_base64("{\"body\":\"stay\"}")); },
     {"INT-068"}},
    {"a salt changed",
     bob,
     [](BundleMaker& b) {
         std::size_t const at = b[openings].find("\"salt\":\"") + 8;
         b[openings][at] = b[openings][at] == '0' ? '1' : '0';
     },
     {"INT-068"}},
    {"a value left out", bob, [](BundleMaker& b) { b.drop_line(openings, 1); }, {"INT-069", "INT-063"}},
    {"a value where nothing is committed to",
     bob,
     [](BundleMaker& b) {
         std::string row = b[openings].substr(b[openings].rfind("{"));
         row.replace(row.find("/evidence/0"), 11, "/evidence/1");
         row.replace(row.find("/evidence/0"), 11, "/evidence/1");
         b[openings] += row;
     },
     {"INT-068"}},
    {"a value said to be erased",
     bob,
     [](BundleMaker& b) {
         std::string& text = b[openings];
         std::size_t const start = text.rfind('{');
         std::size_t const seq = text.find("\"seq\":", start);
         std::string const number = text.substr(seq + 6, text.find_first_of(",}", seq + 6) - seq - 6);
         text = text.substr(0, start) + R"({"absent":"erased","id":")" + number +
                R"(:/evidence/0","pointer":"/evidence/0","seq":)" + number + "}\n";
     },
     {"INT-069", "INT-063"}},
    {"a number changed", bob, [](BundleMaker& b) { b.change(contacts, "+15550100002", "+15550100009"); }, {"INT-070"}},
    {"a number left out", bob, [](BundleMaker& b) { b[contacts].clear(); }, {"INT-070", "INT-063"}},
    {"a number of somebody else",
     bob,
     [](BundleMaker& b) { b[contacts] += R"({"absent":"withheld","contact":")" + std::string(64, 'f') + "\"}\n"; },
     {"INT-070"}},
    {"a number said to be erased",
     bob,
     [](BundleMaker& b) {
         std::string const who = b[contacts].substr(b[contacts].find("\"contact\":\""), 76);
         b[contacts] = R"({"absent":"erased",)" + who + "}\n";
     },
     {"INT-070", "INT-063"}},
    {"a value withheld in a full bundle",
     bob,
     [](BundleMaker& b) { withhold(b[openings], b[openings].rfind('{')); },
     {"INT-069"}},
    {"a value of a range withheld, and not a neighbour's",
     range,
     [](BundleMaker& b) { withhold(b[openings], b[openings].rfind('{', b[openings].find("\"content\""))); },
     {"INT-069"}},
    {"a number withheld in a full bundle", bob, [](BundleMaker& b) { withhold(b[contacts], 0); }, {"INT-070"}},
    {"a number of a range withheld, and not a neighbour's",
     range,
     [](BundleMaker& b) { withhold(b[contacts], b[contacts].rfind('{', b[contacts].find("\"phone\""))); },
     {"INT-070"}},
    {"a redacted bundle that says that something was erased",
     [](Story& story) {
         auto asked = cyd(story);
         asked.redacted = true;
         return asked;
     },
     [](BundleMaker& b) { b.change(openings, R"({"absent":"withheld")", R"({"absent":"erased")"); },
     {"INT-063"}},
    {"what was erased is shown",
     cyd,
     [](BundleMaker& b) {
         std::string const old = R"({"absent":"erased",)";
         std::size_t const at = b[openings].rfind(old);
         b[openings].replace(at, old.size(), R"({"content":"eA==",)");
         std::size_t const end = b[openings].rfind(",\"seq\"");
         b[openings].insert(end, ",\"salt\":\"" + std::string(64, '0') + "\"");
     },
     {"INT-068"}},
};

std::vector<Forgery> const of_statements = {
    {"a redacted bundle that shows something",
     [](Story& story) {
         auto asked = bob(story);
         asked.redacted = false;
         return asked;
     },
     [](BundleMaker& b) { b.change(manifest, "\"openings\":\"full\"", "\"openings\":\"redacted\""); },
     {"INT-063"}},
    {"another scope",
     bob,
     [](BundleMaker& b) { b.change(manifest, "\"kind\":\"contact\"", "\"kind\":\"account\""); },
     {"INT-063"}},
    {"another count", bob, [](BundleMaker& b) { b.change(manifest, "\"count\":3", "\"count\":4"); }, {"INT-063"}},
    {"another kind counted",
     bob,
     [](BundleMaker& b) { b.change(manifest, "\"opt_out.stop\":1", "\"opt_out.stop\":2"); },
     {"INT-063"}},
    {"another time of issue",
     bob,
     [](BundleMaker& b) { b.change(manifest, "\"recorded_at\":\"2", "\"recorded_at\":\"1"); },
     {"INT-063"}},
    {"another token", bob, [](BundleMaker& b) { b.change(manifest, "\"token\":\"t_9\"", "\"token\":\"t_8\""); }, {"INT-063"}},
    {"another tree size",
     bob,
     [](BundleMaker& b) {
         std::string const size = "\"tree_size\":" + std::to_string(b.issued);
         b.change(manifest, size, "\"tree_size\":" + std::to_string(b.issued - 1));
     },
     {"INT-067"}},
    {"another statement",
     bob,
     [](BundleMaker& b) {
         b.change(manifest, "\"issued\":{", "\"issued\":{");
         b.change(manifest, "\"seq\":" + std::to_string(b.issued), "\"seq\":" + std::to_string(b.issued - 1));
     },
     {"INT-067", "INT-063"}},
    {"a manifest with more in it",
     bob,
     [](BundleMaker& b) { b.change(manifest, "{\"account\"", "{\"a\":1,\"account\""); },
     {"INT-063"}},
    {"no manifest to be read", bob, [](BundleMaker& b) { b[manifest] = "[]"; }, {"INT-063"}},
    {"a list with somebody who was never on it", padded, [](BundleMaker&) {}, {"INT-064"}},
    {"an end of a range left out",
     range,
     [](BundleMaker& b) { b[entries].erase(b[entries].rfind('\n', b[entries].size() - 2) + 1); },
     {"INT-071", "INT-067"}},
    {"a beginning of a range left out", range, [](BundleMaker& b) { b.drop_line(entries, 0); }, {"INT-071", "INT-067"}},
    {"a proof from an earlier bundle made up",
     bob,
     [](BundleMaker& b) {
         b["data/proofs/consistency.ndjson"] = R"({"from":3,"from_root":")" + std::string(64, 'a') + R"(","hashes":[],"to":)" +
                                               std::to_string(b.issued + 1) + "}\n";
     },
     {"INT-066", "INT-063"}},
    {"the bag says another account",
     bob,
     [](BundleMaker& b) { b.says = [](std::string& info) { info.replace(info.find("account demo"), 12, "account else"); }; },
     {"INT-063"}},
    {"the bag says more",
     bob,
     [](BundleMaker& b) { b.says = [](std::string& info) { info += "Contact-Name: nobody\n"; }; },
     {"INT-063"}},
    {"another version of BagIt", bob, [](BundleMaker& b) { b.change("bagit.txt", "1.0", "0.9"); }, {"INT-063"}},
    {"a file more, and listed",
     bob,
     [](BundleMaker& b) {
         b.files.push_back({"data/notes.txt", "x"});
     },
     {"INT-062"}},
    {"a file that is missing", bob, [](BundleMaker& b) { b.remove("data/openings.ndjson"); }, {"INT-062"}},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(forged_bundles)

BOOST_AUTO_TEST_CASE(whatever_is_altered_is_found) {
    std::vector<Forgery> all;
    for (auto const* const table : {&of_entries, &of_proofs, &of_values, &of_statements})
        all.insert(all.end(), table->begin(), table->end());
    check_forgeries(all);
}

BOOST_AUTO_TEST_CASE(without_new_digests_the_file_is_named) {
    Story story = small_story();
    for (BundleFile const& file : BundleMaker(story, of_account()).files) {
        BundleMaker bundle(story, of_account());
        bundle[file.name] += "x";
        auto const report = verify_zip(bundle.zip());
        bool const exempt = file.name == "certificate.txt" || file.name == "custody.csv";
        BOOST_TEST((code_of(report) == 0) == exempt, file.name << "\n" << to_text(report, false));
        if (!exempt && file.name != "tagmanifest-sha256.txt") {
            BOOST_TEST(ids_of(report).contains("INT-061"), file.name);
            BOOST_TEST(says(report, file.name + " has SHA-256"), to_text(report, false));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_more) {
    Story story = small_story();
    BundleMaker bundle(story, of_account());
    bundle.files.push_back({"data/notes.txt", "x"});
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST((ids_of(report) == std::set<std::string>{"INT-062"}), to_text(report, false));
}

BOOST_AUTO_TEST_CASE(a_statement_that_lies_is_seen_by_its_own_place) {
    // The account had more entries than export.issued says: its own number among them gives it away.
    Story story = small_story();
    Story shorter = story;
    BundleMaker const honest(story, of_range(story));
    Ledger ledger = story.ledger;
    Entry lie = must(decode(honest.whole().ledger.lines[static_cast<std::size_t>(honest.issued)]));
    BOOST_TEST(*lie.account_seq == *lie.data.find("account_seq")->as_int() + 1);
    BundleMaker bundle(story, of_range(story));
    bundle.change("data/context.ndjson", "\"account_seq\":" + std::to_string(*lie.account_seq - 1),
                  "\"account_seq\":" + std::to_string(*lie.account_seq - 2));
    bundle.seal();
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST(ids_of(report).contains("INT-067"), to_text(report, false));
    BOOST_TEST(says(report, "and is itself the account's entry"), to_text(report, false));
}

BOOST_AUTO_TEST_CASE(another_format_is_not_judged) {
    Story story = small_story();
    BundleMaker bundle(story, of_account());
    bundle.change(manifest, "consent-ledger-bundle/1", "consent-ledger-bundle/2");
    bundle.seal();
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST(code_of(report) == 3, to_text(report, false));
}

BOOST_AUTO_TEST_SUITE_END()
