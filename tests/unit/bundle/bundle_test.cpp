// The files of a bundle against what the ledger holds.
#include "ledger/bundle/groups.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/merkle.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/bundle/account.hpp"

#include <boost/crc.hpp>

using namespace cl;
using namespace cl::bundle;
using namespace cl::bundle::test;

namespace {

constexpr std::string_view of_ana = R"({"scope":{"kind":"contact","phone":"+15550100101"}})";
constexpr std::string_view of_all = R"({"scope":{"kind":"account"}})";

std::vector<Hash32> hashes(json::Object const& line) {
    std::vector<Hash32> all;
    for (json::Value const& hash : *line.find("hashes")->as_array()) all.push_back(need(hash_from_hex(*hash.as_string())));
    return all;
}

json::Object manifest_of(Files const& files) {
    return *need(json::parse(files.at("data/manifest.json"), 100'000)).as_object();
}

std::map<std::string, json::Object> openings(Files const& files) {
    std::map<std::string, json::Object> all;
    for (json::Object const& line : lines_of(files.at("data/openings.ndjson"))) all[std::string(line.string("id"))] = line;
    return all;
}

/// How many of a file's lines say that they are absent because of it.
std::size_t absent(Files const& files, std::string const& file, std::string_view why) {
    std::size_t count = 0;
    for (json::Object const& line : lines_of(files.at(file))) count += line.string("absent") == why ? 1u : 0u;
    return count;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundles, Account)

BOOST_AUTO_TEST_CASE(every_file_is_there_in_order_with_its_digest_and_crc) {
    std::string const bytes = zip(of_ana);
    Files const files = files_of(bytes);
    BOOST_TEST(files.size() == bundle_format::files.size());
    std::size_t before = 0;
    for (std::string_view const name : bundle_format::files) {
        std::size_t const at = bytes.find("/" + std::string(name), before);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, name);
        before = at;
        boost::crc_32_type crc;
        std::string const& body = files.at(std::string(name));
        crc.process_bytes(body.data(), body.size());
        std::size_t const header = bytes.rfind("PK\x03\x04", at);
        BOOST_TEST(little(bytes, header + 14, 4) == crc.checksum());
    }
    std::string listed = files.at("manifest-sha256.txt") + files.at("tagmanifest-sha256.txt");
    std::size_t lines = 0;
    for (auto const& [name, body] : files) {
        bool const expected = name != "certificate.txt" && name != "custody.csv" && name != "tagmanifest-sha256.txt";
        BOOST_TEST((listed.find(to_hex(sha256(body)) + "  " + name + "\n") != std::string::npos) == expected);
        lines += expected ? 1u : 0u;
    }
    BOOST_TEST(static_cast<std::size_t>(std::count(listed.begin(), listed.end(), '\n')) == lines);
}

BOOST_AUTO_TEST_CASE(the_lines_are_the_entries_bytes_and_each_has_a_proof_to_the_checkpoint) {
    Files const files = this->files(of_ana);
    auto const all = entries();
    json::Object const manifest = manifest_of(files);
    auto const issued = number(*manifest.find("issued")->as_object(), "seq");
    Checkpoint const checkpoint = need(open_checkpoint(files.at("data/checkpoint"), service->verifier_key()));
    BOOST_TEST(checkpoint.size == issued + 1);
    std::map<Seq, std::string> shown;
    for (char const* const file : {"data/entries.ndjson", "data/context.ndjson"}) {
        for (json::Object const& line : lines_of(files.at(file))) {
            BOOST_TEST(shown.emplace(number(line, "seq"), json::write(json::Value(line))).second);  // in one of the two
        }
    }
    auto const proofs = lines_of(files.at("data/proofs/inclusion.ndjson"));
    BOOST_REQUIRE(proofs.size() == shown.size());
    auto next = proofs.begin();
    for (auto const& [seq, bytes] : shown) {
        BOOST_TEST(bytes == all.at(static_cast<std::size_t>(seq)));
        BOOST_TEST(number(*next, "seq") == seq);
        BOOST_TEST(next->string("leaf_hash") == to_hex(leaf_hash(bytes)));
        BOOST_TEST(
            merkle::verify_inclusion(seq, checkpoint.size, leaf_hash(bytes), hashes(*next), checkpoint.root).has_value());
        ++next;
    }
    BOOST_TEST(shown.count(0) == 1u);
    BOOST_TEST(shown.count(issued) == 1u);
    BOOST_TEST(files.at("data/context.ndjson").find("\"kind\":\"list.defined\"") != std::string::npos);
    BOOST_TEST(files.at("data/context.ndjson").find("\"account\":\"other\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(openings_and_numbers_are_those_that_the_entries_commit_to) {
    Files const files = this->files(of_ana);
    auto const opened = openings(files);
    std::size_t expected = 0;
    for (char const* const file : {"data/entries.ndjson", "data/context.ndjson"}) {
        for (json::Object const& line : lines_of(files.at(file))) {
            Entry const entry = need(decode(json::write(json::Value(line))));
            for (json::Member const& member : entry.data) {
                if (member.value.as_object() == nullptr || !member.value.as_object()->contains("commit")) continue;
                ++expected;
                json::Object const& row = opened.at(std::to_string(entry.seq) + ":/data/" + member.name);
                if (entry.kind == "actor.defined") {  // who works there is nobody of this bundle's
                    BOOST_TEST(row.string("absent") == "withheld");
                    continue;
                }
                Hash32 const salt = need(hash_from_hex(row.string("salt")));
                std::string const content = need(from_base64(row.string("content")));
                BOOST_TEST(to_hex(content_commitment(salt, content)) == member.value.as_object()->string("commit"));
            }
            for (std::size_t i = 0; i < entry.evidence.size(); ++i, ++expected) {
                json::Object const& row = opened.at(std::to_string(entry.seq) + ":/evidence/" + std::to_string(i));
                std::string const content = need(from_base64(row.string("content")));
                BOOST_TEST((content_commitment(need(hash_from_hex(row.string("salt"))), content) == entry.evidence[i].digest));
            }
        }
    }
    BOOST_TEST(opened.size() == expected);
    auto const contacts = lines_of(files.at("data/contacts.ndjson"));
    BOOST_REQUIRE(contacts.size() == 1u);
    BOOST_TEST(contacts[0].string("phone") == ana);
    BOOST_TEST(to_hex(contact_id(need(hash_from_hex(contacts[0].string("salt"))), "acme", ana)) == id(ana));
    BOOST_TEST(files.at("data/views/entries.csv").find("tel:" + ana) != std::string::npos);
    BOOST_TEST(files.at("data/views/report.html").find("Ana =1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_redacted_twin_opens_nothing_and_is_the_same_otherwise) {
    Planner const plan = need(this->plan(asked(of_all)));
    Seq const issued = issue(plan);
    Files const full = files_of(zip(plan, issued));
    Files const twin = this->files(R"({"issued":)" + std::to_string(issued) + R"(,"openings":"redacted"})");
    for (char const* const same : {"data/entries.ndjson", "data/context.ndjson", "data/proofs/inclusion.ndjson",
                                   "data/proofs/consistency.ndjson", "data/checkpoint", "data/keys.json"}) {
        BOOST_TEST((full.at(same) == twin.at(same)), same);
    }
    auto const open = openings(full);
    auto const closed = openings(twin);
    BOOST_TEST(open.size() == closed.size());
    BOOST_TEST(absent(full, "data/openings.ndjson", "withheld") == 0u);  // all of it is the account's own
    for (auto const& [id, row] : closed) {
        BOOST_TEST(open.contains(id));
        BOOST_TEST(row.string("absent") == "withheld");
        BOOST_TEST(!row.contains("salt"));
    }
    BOOST_TEST(absent(twin, "data/contacts.ndjson", "withheld") == 3u);
    for (auto const& [name, body] : twin) {
        for (std::string const& secret :
             {ana, bob, eve, std::string("Ana =1"), std::string("asked by phone"), std::string("Sam Agent")}) {
            BOOST_TEST((body.find(secret) == std::string::npos), name << " holds " << secret);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_neighbour_of_a_range_is_not_opened) {
    // The entry before the range is Ana's STOP, and she is in it as well; the one after is Bob's, who is not.
    Files const files = this->files(R"({"scope":{"kind":"range","since":")" + format_time(middle) + R"(","until":")" +
                                    format_time(late) + R"("}})");
    BOOST_TEST(absent(files, "data/contacts.ndjson", "withheld") == 1u);
    std::string const& contacts = files.at("data/contacts.ndjson");
    BOOST_TEST(contacts.find(bob) == std::string::npos);
    BOOST_TEST(contacts.find(ana) != std::string::npos);
    auto const seqs = numbers(files.at("data/entries.ndjson"), "seq");
    for (auto const& [id, row] : openings(files)) {
        bool const neighbour = number(row, "seq") == seqs.front() || number(row, "seq") == seqs.back();
        if (neighbour) BOOST_TEST(row.string("absent") == "withheld");
        if (number(row, "seq") == seqs[1]) BOOST_TEST(row.contains("content"));
    }
    BOOST_TEST(files.at("data/views/entries.csv").find("Stop") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_range_and_its_neighbours_are_told_apart) {
    Files const files = this->files(R"({"scope":{"kind":"range","since":")" + format_time(middle) + R"(","until":")" +
                                    format_time(late) + R"("}})");
    auto const seqs = numbers(files.at("data/entries.ndjson"), "seq");
    BOOST_REQUIRE(seqs.size() == 4u);
    auto const has = [&files](std::string const& file, std::string const& text) {
        BOOST_TEST(files.at(file).find(text) != std::string::npos, file << " lacks: " << text << "\n" << files.at(file));
    };
    std::string const neighbours = "entry " + std::to_string(seqs[0]) + " before, entry " + std::to_string(seqs[3]) + " behind";
    has("how-to-verify.txt", ": 2 entries;\n    and its neighbours (" + neighbours + "), which are not in that time");
    has("certificate.txt", "Entries:  2, from " + std::to_string(seqs[1]) + " to " + std::to_string(seqs[2]) + ";\n");
    has("certificate.txt", neighbours);
    std::string const table = "data/views/entries.csv";
    has(table, "\"#entries\",\"2\"");
    has(table, "\"#neighbours\",\"" + neighbours + "\"");
    for (std::size_t i = 0; i < seqs.size(); ++i)
        has(table, "\r\n" + std::to_string(seqs[i]) + (i == 1 || i == 2 ? ",true," : ",false,"));
    has("data/views/report.html", "<dt>entries</dt><dd>2</dd>");
    has("data/views/report.html", "<dt>neighbours</dt><dd>" + neighbours + "</dd>");
    has("data/views/report.html", "<td class=\"n\">" + std::to_string(seqs[0]) + "</td><td class=\"k\">no</td>");
    // What is first recorded is not before the time that was asked for.
    std::string const& page = files.at("data/views/report.html");
    std::size_t const first = page.find("<dt>first recorded</dt><dd>") + 27;
    BOOST_TEST(page.substr(first, 24) >= format_time(middle));
}

BOOST_AUTO_TEST_CASE(what_was_erased_is_absent_and_the_proofs_stay) {
    Planner const before = need(plan(asked(of_all)));
    Seq const issued = issue(before);
    Files const full = files_of(zip(before, issued));
    erase(ana);
    Files const after = this->files(of_all);
    BOOST_TEST(after.at("data/entries.ndjson").starts_with(full.at("data/entries.ndjson")));
    BOOST_TEST(absent(after, "data/contacts.ndjson", "erased") == 1u);
    BOOST_TEST(absent(after, "data/openings.ndjson", "erased") == 2u);  // her name and the STOP
    auto const counts = *manifest_of(after).find("openings_count")->as_object();
    BOOST_TEST(number(counts, "erased") == 2);
    BOOST_TEST(number(counts, "full") + 2 == number(*manifest_of(full).find("openings_count")->as_object(), "full"));
    for (auto const& [name, body] : after) BOOST_TEST((body.find(ana) == std::string::npos), name);
    // Of a time that does not have the erasure.
    Files const early = this->files(R"({"scope":{"kind":"range","until":")" + format_time(middle) + R"("}})");
    BOOST_TEST(absent(early, "data/contacts.ndjson", "erased") == 1u);
}

BOOST_AUTO_TEST_CASE(the_certificate_has_what_the_rules_ask_for) {
    Files const files = this->files(of_all);
    std::string const& form = files.at("certificate.txt");
    for (std::string_view const part :
         {"902(13)", "902(14)", "902(11)", "I am qualified", "under penalty of perjury", "28 U.S.C. 1746", "Executed on (date)",
          "Signature ___", "SHA-256 (FIPS 180-4)", "reasonable written notice", "sha256sum BUNDLE.zip", "worked properly",
          "On (date, time, zone)"}) {
        BOOST_TEST(form.find(part) != std::string::npos, part);
    }
    for (std::string_view const name : {"manifest-sha256.txt", "data/entries.ndjson", "data/checkpoint"}) {
        BOOST_TEST(form.find(in_groups(to_hex(sha256(files.at(std::string(name)))))) != std::string::npos, name);
    }
}

BOOST_AUTO_TEST_CASE(one_from_before_an_erasure_is_made_again_redacted_only) {
    Planner const before = need(plan(asked(of_all)));
    Seq const issued = issue(before);
    Files const full = files_of(zip(before, issued));
    erase(ana);
    Asked again = asked(R"({"issued":)" + std::to_string(issued) + "}");
    BOOST_TEST((refused(need(plan(again)), issued) == errc::refused_by_policy));
    again.redacted = true;
    Files const twin = files_of(zip(need(plan(again)), issued));
    BOOST_TEST((full.at("data/entries.ndjson") == twin.at("data/entries.ndjson")));
    BOOST_TEST((full.at("data/proofs/inclusion.ndjson") == twin.at("data/proofs/inclusion.ndjson")));
    // Bob's is none of it.
    Planner const of_bob = need(plan(asked(R"({"scope":{"kind":"contact","phone":"+15550100102"}})")));
    Seq const bobs = issue(of_bob);
    erase(eve);
    BOOST_TEST(!refused(of_bob, bobs));
}

BOOST_AUTO_TEST_CASE(an_erasure_between_the_plan_and_its_statement_refuses_it) {
    Planner const plan = need(this->plan(asked(of_all)));
    erase(eve);
    BOOST_TEST((refused(plan, issue(plan)) == errc::refused_by_policy));
}

BOOST_AUTO_TEST_CASE(an_erasure_while_it_is_measured_ends_it) {
    Planner const plan = need(this->plan(asked(of_all)));
    Bundle bundle(plan.plan(), issue(plan));
    auto const queries = need(service->make_queries());
    while (need(bundle.prepare(*queries))) {
    }
    erase(ana);
    std::string out;
    Result<bool> more = true;
    while (more && *more) more = bundle.step(*queries, out);
    BOOST_REQUIRE(!more);
    BOOST_TEST((more.error().code == errc::refused_by_policy));
    BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(an_erasure_while_it_is_written_ends_it) {
    Planner const plan = need(this->plan(asked(of_all)));
    Bundle bundle(plan.plan(), issue(plan));
    auto const queries = need(service->make_queries());
    std::string out;
    while (out.empty()) BOOST_REQUIRE(need(bundle.step(*queries, out)));  // all is measured, the first file is written
    erase(ana);
    Result<bool> more = true;
    while (more && *more) more = bundle.step(*queries, out);
    BOOST_REQUIRE(!more);
    BOOST_TEST((more.error().code == errc::refused_by_policy));
}

BOOST_AUTO_TEST_CASE(the_same_again_is_the_same_bytes_whatever_was_recorded_since) {
    Planner const plan = need(this->plan(asked(of_ana)));
    Seq const issued = issue(plan);
    std::string const first = zip(plan, issued);
    clock.advance(hour);
    add("opt_in.agent", ana, "{}");
    account_entry("trigger.defined", R"({"trigger":"t1","words":["leave"],"match":"exact","class":"optout","list":"promo"})");
    std::string const again = zip(R"({"issued":)" + std::to_string(issued) + "}");
    BOOST_TEST((first == again));
}

BOOST_AUTO_TEST_CASE(a_later_bundle_leads_back_to_the_earlier_ones_of_its_scope) {
    Seq const first = issue(need(plan(asked(of_ana))));
    issue(need(plan(asked(of_all))));
    add("opt_out.agent", ana, "{}");
    Files const files = this->files(of_ana);
    auto const lines = lines_of(files.at("data/proofs/consistency.ndjson"));
    BOOST_REQUIRE(lines.size() == 1u);
    Checkpoint const checkpoint = need(read_checkpoint(files.at("data/checkpoint")));
    BOOST_TEST(number(lines[0], "from") == first + 1);
    BOOST_TEST(number(lines[0], "to") == checkpoint.size);
    BOOST_TEST(merkle::verify_consistency(first + 1, checkpoint.size, need(hash_from_hex(lines[0].string("from_root"))),
                                          checkpoint.root, hashes(lines[0]))
                   .has_value());
    BOOST_TEST(json::write(*manifest_of(files).find("earlier")) == "[" + std::to_string(first + 1) + "]");
}

BOOST_AUTO_TEST_CASE(the_keys_of_a_ledger_that_goes_on_under_a_new_origin) {
    Planner const old = need(plan(asked(of_ana)));
    Seq const issued = issue(old);
    std::string const before = zip(old, issued);
    close();
    std::filesystem::remove(dir() / "head");
    open({true, "ledger.example/second", false});
    Files const files = this->files(of_ana);
    auto const keys = *need(json::parse(files.at("data/keys.json"), 10'000)).as_object();
    BOOST_TEST(keys.string("origin") == "ledger.example/second");
    json::Array const& periods = *keys.find("keys")->as_array();
    BOOST_REQUIRE(periods.size() == 2u);
    BOOST_TEST(number(*periods[0].as_object(), "to_seq") + 1 == number(*periods[1].as_object(), "from_seq"));
    BOOST_TEST(periods[1].as_object()->string("vkey") == note::to_vkey(service->verifier_key()));
    BOOST_TEST(open_checkpoint(files.at("data/checkpoint"), service->verifier_key()).has_value());
    BOOST_TEST(files.at("data/context.ndjson").find("ledger.restored") != std::string::npos);
    // The older one is what it was, under the origin that was in force.
    BOOST_TEST((zip(R"({"issued":)" + std::to_string(issued) + "}") == before));
}

BOOST_AUTO_TEST_SUITE_END()
