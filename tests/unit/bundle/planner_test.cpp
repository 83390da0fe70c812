// What belongs to a scope, and what export.issued states of it.
#include "ledger/core/sha256.hpp"
#include "tests/unit/bundle/account.hpp"

using namespace cl;
using namespace cl::bundle;
using namespace cl::bundle::test;

namespace {

/// The seqs of the entries of `acme` that satisfy `wanted`, read from the file.
template <class Wanted>
std::vector<std::int64_t> seqs_where(Account const& account, Wanted const& wanted) {
    std::vector<std::int64_t> seqs;
    for (std::string const& bytes : account.entries()) {
        Entry const entry = need(decode(bytes));
        if (entry.account == "acme" && wanted(entry)) seqs.push_back(entry.seq);
    }
    return seqs;
}

std::vector<std::int64_t> seqs_in(Account const& account, std::string_view of) {
    return numbers(account.files(of).at("data/entries.ndjson"), "seq");
}

bool is_of(Entry const& entry, std::string const& contact) {
    return entry.contact && to_hex(*entry.contact) == contact;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(planner, Account)

BOOST_AUTO_TEST_CASE(a_contact_is_all_its_entries_by_number_or_id) {
    std::string const contact = id(ana);
    auto const wanted = seqs_where(*this, [&](Entry const& entry) { return is_of(entry, contact); });
    BOOST_TEST(wanted.size() == 4u);
    auto const by_number = seqs_in(*this, R"({"scope":{"kind":"contact","phone":"+15550100101"}})");
    BOOST_TEST(by_number == wanted, boost::test_tools::per_element());
    auto const by_id = seqs_in(*this, R"({"scope":{"kind":"contact","contact":")" + contact + R"("}})");
    BOOST_TEST(by_id == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_account_is_all_its_entries_up_to_what_was_read) {
    auto const wanted = seqs_where(*this, [](Entry const&) { return true; });
    BOOST_TEST(seqs_in(*this, R"({"scope":{"kind":"account"}})") == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_list_is_everybody_who_was_ever_on_it_with_all_their_entries) {
    auto const wanted = seqs_where(*this, [&](Entry const& entry) { return is_of(entry, id(ana)); });
    BOOST_TEST(seqs_in(*this, R"({"scope":{"kind":"list","list":"promo"}})") == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_range_has_a_neighbour_on_each_side) {
    auto const all = seqs_where(*this, [](Entry const&) { return true; });
    auto const inside =
        seqs_where(*this, [&](Entry const& entry) { return entry.recorded_at >= middle && entry.recorded_at < late; });
    BOOST_TEST(inside.size() == 2u);
    auto const first = std::find(all.begin(), all.end(), inside.front());
    auto const last = std::find(all.begin(), all.end(), inside.back());
    std::string const since = R"("since":")" + format_time(middle) + "\"";
    std::string const until = R"("until":")" + format_time(late) + "\"";
    BOOST_TEST(seqs_in(*this, R"({"scope":{"kind":"range",)" + since + "," + until + "}}") == Numbers(first - 1, last + 2),
               boost::test_tools::per_element());
    // Open at one end: to the account's first entry, to the last one that was read (the export before is one by now).
    auto const from_start = seqs_in(*this, R"({"scope":{"kind":"range",)" + until + "}}");
    BOOST_TEST(from_start == Numbers(all.begin(), last + 2), boost::test_tools::per_element());
    auto const to_end = seqs_in(*this, R"({"scope":{"kind":"range",)" + since + "}}");
    BOOST_TEST(to_end.front() == *(first - 1));
    BOOST_TEST(to_end.back() == static_cast<std::int64_t>(entries().size()) - 2);
    // Nothing happened in it: the two neighbours, which follow each other, are the proof.
    Millis const quiet = middle + hour / 2;
    auto const nothing = seqs_in(*this, R"({"scope":{"kind":"range","since":")" + format_time(quiet) + R"(","until":")" +
                                            format_time(quiet + 1) + R"("}})");
    BOOST_TEST(nothing == Numbers(last, last + 2), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_statement_says_how_far_the_log_was_read) {
    std::int64_t const size = static_cast<std::int64_t>(entries().size());
    Planner const plan = need(this->plan(asked(R"({"scope":{"kind":"contact","phone":"+15550100101"}})")));
    Seq const issued = issue(plan);
    Files const files = files_of(zip(plan, issued));
    json::Object const said = plan.statement();
    BOOST_TEST(said.string("scope") == "contact");
    BOOST_TEST(said.string("contact") == id(ana));
    BOOST_TEST(said.string("digest") == to_hex(sha256(files.at("data/entries.ndjson"))));
    BOOST_TEST(number(said, "entries") == 4);
    BOOST_TEST(number(said, "contact_seq") == 4);
    BOOST_TEST(number(said, "tree_size") == size);
    BOOST_TEST(!said.contains("account_seq"));
    BOOST_TEST((need(decode(entries().at(static_cast<std::size_t>(issued)))).data == said));
    Planner const whole = need(this->plan(asked(R"({"scope":{"kind":"account"}})")));
    BOOST_TEST(number(whole.statement(), "account_seq") == number(whole.statement(), "entries"));
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_said) {
    auto const code = [&](std::string_view of, std::string const& account = "acme") {
        auto const made = plan(asked(of), account);
        return made ? errc::usage : made.error().code;
    };
    BOOST_TEST((code(R"({"scope":{"kind":"contact","phone":"+15550100199"}})") == errc::not_found));
    BOOST_TEST((code(R"({"scope":{"kind":"contact","phone":"+15550100109"}})") == errc::not_found));  // of the other account
    BOOST_TEST((code(R"({"scope":{"kind":"contact","contact":")" + id(ana) + R"("}})", "other") == errc::not_found));
    BOOST_TEST((code(R"({"scope":{"kind":"list","list":"nobody"}})") == errc::not_found));
    BOOST_TEST((code(R"({"scope":{"kind":"account"}})", "unheard-of") == errc::not_found));
    BOOST_TEST((code(R"({"issued":0})") == errc::not_found));
    BOOST_TEST((code(R"({"issued":100000})") == errc::not_found));
    Seq const issued = issue(need(plan(asked(R"({"scope":{"kind":"account"}})"))));
    BOOST_TEST((code(R"({"issued":)" + std::to_string(issued) + "}") == errc::usage));
    BOOST_TEST((code(R"({"issued":)" + std::to_string(issued) + "}", "other") == errc::not_found));
}

BOOST_AUTO_TEST_CASE(no_bundle_is_made_of_an_entry_that_states_what_is_not_so) {
    Planner const honest = need(plan(asked(R"({"scope":{"kind":"account"}})")));
    for (auto const& [member, value] : std::vector<std::pair<std::string, json::Value>>{
             {"entries", 3}, {"account_seq", 2}, {"digest", std::string(64, '0')}, {"tree_size", 4}}) {
        json::Object data = honest.statement();
        data.set(member, value);
        auto const lie = post(json::write(
            json::Object{{"kind", "export.issued"}, {"source", json::Object{{"record", "lie-" + member}}}, {"data", data}}));
        BOOST_TEST_CONTEXT(member) {
            auto const made = plan(asked(R"({"issued":)" + std::to_string(lie.seq) + "}"));
            BOOST_REQUIRE(!made);
            BOOST_TEST((made.error().code == errc::refused_by_policy));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
