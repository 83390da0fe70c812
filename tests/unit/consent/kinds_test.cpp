// The table of kinds, and each kind's `data`: good and bad, as posted and as stored.
#include "ledger/consent/kinds.hpp"

#include "ledger/consent/change_item.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

namespace cl::consent {
namespace {

json::Value parsed(std::string_view text) {
    return json::parse(text, 1'000'000).value();
}

constexpr std::string_view hash = "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";

/// `#` stands for a hash.
std::string expand(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '#') {
            out += hash;
        } else {
            out += c;
        }
    }
    return out;
}

/// Each fault is a `data` and the pointer of what is wrong with it, both as posted.
struct Row {
    Kind kind;
    char const* good;
    std::vector<std::pair<char const*, char const*>> faults;
};

std::vector<Row> opting_rows() {
    return {
        {Kind::contact_added,
         R"({"origin":"import","batch":"b-1","name":"Ana"})",
         {{"{}", "/data/origin"}, {R"({"origin":"sky"})", "/data/origin"}, {R"({"origin":"manual","name":1})", "/data/name"}}},
        {Kind::contact_edited,
         R"({"fields":["name","phone"],"name":"Ana"})",
         {{"{}", "/data/fields"}, {R"({"fields":[]})", "/data/fields"}, {R"({"fields":["a","a"]})", "/data/fields/1"}}},
        {Kind::opt_out_stop,
         R"({"keyword":"opt out","match":"whole","language":"en"})",
         {{R"({"keyword":""})", "/data/keyword"}, {R"({"match":"a b"})", "/data/match"}, {R"({"text":"STOP"})", "/data/text"}}},
        {Kind::opt_in_inbound, R"({"message":"SM1"})", {{"{}", "/data/message"}, {R"({"message":"a b"})", "/data/message"}}},
        {Kind::opt_in_agent,
         R"({"note":"asked"})",
         {{R"({"note":["x"]})", "/data/note"}, {R"({"reason":"x"})", "/data/reason"}}},
        {Kind::opt_out_agent, R"({"reason":"asked"})", {{R"({"note":"x"})", "/data/note"}}},
        {Kind::opt_in_consent,
         R"({"method":"double_opt_in","purpose":"marketing","lists":["promo"],"disclosure":"d-1"})",
         {{"{}", "/data/method"},
          {R"({"method":"whim"})", "/data/method"},
          {R"({"method":"form","lists":"promo"})", "/data/lists"},
          {R"({"method":"form","lists":["a b"]})", "/data/lists/0"}}},
        {Kind::consent_recorded,
         R"({"for":12,"purpose":"marketing","lists":["promo"]})",
         {{R"({"for":-1})", "/data/for"}, {R"({"for":"12"})", "/data/for"}}},
    };
}

std::vector<Row> status_rows() {
    return {
        {Kind::opt_out_request,
         R"({"via":"in_person","list":"promo","words":"leave me be"})",
         {{"{}", "/data/via"}, {R"({"via":"fax"})", "/data/via"}}},
        {Kind::contact_blocked, R"({"reason":"spam"})", {{R"({"reason":true})", "/data/reason"}}},
        {Kind::contact_unblocked, R"({"reason":"sorry"})", {{R"({"list":"a"})", "/data/list"}}},
        {Kind::trigger_fired,
         R"({"trigger":"OPTOUT","list":"promo","reply":"bye"})",
         {{"{}", "/data/trigger"}, {R"({"trigger":"T","class":"optout"})", "/data/class"}}},
        {Kind::list_added,
         R"({"list":"promo","because":3})",
         {{"{}", "/data/list"}, {R"({"list":"a","because":"x"})", "/data/because"}}},
        {Kind::list_removed, R"({"list":"promo","because":3})", {{"{}", "/data/list"}}},
        {Kind::review_opened, "{}", {{R"({"words":"x"})", "/data/words"}}},
        {Kind::review_resolved,
         R"({"opened":3,"verdict":"not_opt_out"})",
         {{R"({"opened":3})", "/data/verdict"},
          {R"({"opened":3,"verdict":"maybe"})", "/data/verdict"},
          {R"({"verdict":"opt_out"})", "/data/opened"}}},
        {Kind::obligation_assigned, R"({"obligation":3,"assignee":"agent-7"})", {{R"({"obligation":3})", "/data/assignee"}}},
    };
}

std::vector<Row> record_rows() {
    return {
        {Kind::consent_expired, R"({"reason":"ebr-24m","list":"promo"})", {{R"({"reason":"two words"})", "/data/reason"}}},
        {Kind::number_reassigned, R"({"reason":"rnd-yes"})", {{R"({"reason":1})", "/data/reason"}}},
        {Kind::record_corrected, R"({"seq":3,"note":"typo"})", {{R"({"note":"typo"})", "/data/seq"}}},
        {Kind::finding_waived,
         R"({"rule":"CL-001","seq":3,"until":"2027-01-01T00:00:00Z","reason":"seen"})",
         {{R"({"rule":"CL-999","seq":3,"until":"2027-01-01T00:00:00Z","reason":"x"})", "/data/rule"},
          {R"({"rule":"CL-001","seq":3,"until":"2027-01-01","reason":"x"})", "/data/until"},
          {R"({"rule":"CL-001","seq":3,"until":"2027-01-01T00:00:00Z"})", "/data/reason"}}},
        {Kind::subject_erased, R"({"request":"gdpr-17"})", {{R"({"request":""})", "/data/request"}}},
        {Kind::hold_placed, R"({"matter":"case-1"})", {{"{}", "/data/matter"}}},
        {Kind::hold_released, R"({"matter":"case-1"})", {{"{}", "/data/matter"}}},
        {Kind::account_defined,
         R"({"enforce":true,"numbers":["+15550199999"],"pack":"texting"})",
         {{R"({"enforce":1})", "/data/enforce"}, {R"({"numbers":["5550199999"]})", "/data/numbers/0"}}},
    };
}

std::vector<Row> definition_rows() {
    return {
        {Kind::actor_defined, R"({"actor":"agent-7","name":"Sam"})", {{"{}", "/data/actor"}}},
        {Kind::list_defined,
         R"({"list":"promo","name":"Promo","purpose":"marketing","level_required":"promotional","opt_out_of":"x"})",
         {{R"({"name":"x"})", "/data/list"}, {R"({"list":"a","level_required":"high"})", "/data/level_required"}}},
        {Kind::trigger_defined,
         R"({"trigger":"OPTOUT","words":["optout","no more!"],"match":"exact","class":"optout","list":"promo","reply":"bye","name":"n"})",
         {{R"({"trigger":"T","match":"exact","class":"help"})", "/data/words"},
          {R"({"trigger":"T","words":["!!"],"match":"exact","class":"help"})", "/data/words/0"},
          {R"({"trigger":"T","words":["a"],"match":"fuzzy","class":"help"})", "/data/match"},
          {R"({"trigger":"T","words":["a"],"match":"exact","class":"stop"})", "/data/class"}}},
        {Kind::disclosure_defined,
         R"({"disclosure":"d-1","text":"By joining you agree","name":"n"})",
         {{R"({"disclosure":"d-1"})", "/data/text"}}},
        {Kind::policy_activated,
         R"({"pack":"texting","digest":"#","rules":1,"overrides":{"sla":5,"x":true,"y":"z"}})",
         {{R"({"pack":"texting","digest":"zz","rules":1})", "/data/digest"},
          {R"({"pack":"texting","digest":"#","rules":1,"overrides":{"a":[]}})", "/data/overrides/a"},
          {R"({"pack":"texting","digest":"#"})", "/data/rules"}}},
        {Kind::export_issued,
         R"({"scope":"account","digest":"#","entries":7,"tree_size":9,"account_seq":7})",
         {{R"({"scope":"account","digest":"#","entries":7,"tree_size":9})", "/data/account_seq"},
          {R"({"scope":"planet","digest":"#","entries":7,"tree_size":9,"account_seq":7})", "/data/scope"},
          {R"({"scope":"account","digest":"#","entries":7,"tree_size":9,"account_seq":7,"list":"promo"})", "/data/list"},
          {R"({"scope":"account","digest":"#","entries":7,"tree_size":9,"account_seq":7,"until":"2026-11-01T00:00:00Z"})",
           "/data/until"}}},
        {Kind::export_issued,
         R"({"scope":"contact","contact":"#","digest":"#","entries":7,"tree_size":9,"contact_seq":7})",
         {{R"({"scope":"contact","contact":"#","digest":"#","entries":7,"tree_size":9,"account_seq":7})", "/data/contact_seq"},
          {R"({"scope":"contact","digest":"#","entries":7,"tree_size":9,"contact_seq":7})", "/data/contact"}}},
        {Kind::export_issued,
         R"({"scope":"list","list":"promo","digest":"#","entries":7,"tree_size":9,"account_seq":7})",
         {{R"({"scope":"list","digest":"#","entries":7,"tree_size":9,"account_seq":7})", "/data/list"},
          {R"({"scope":"list","list":"promo","contact":"#","digest":"#","entries":7,"tree_size":9,"account_seq":7})",
           "/data/contact"}}},
        {Kind::export_issued,
         R"({"scope":"range","since":"2026-11-01T00:00:00Z","digest":"#","entries":7,"tree_size":9,"account_seq":7})",
         {{R"({"scope":"range","digest":"#","entries":7,"tree_size":9,"account_seq":7})", "/data/since"},
          {R"({"scope":"range","since":"yesterday","digest":"#","entries":7,"tree_size":9,"account_seq":7})", "/data/since"}}},
    };
}

std::vector<Row> program_rows() {
    return {
        {Kind::token_created, R"({"token":"t-1","role":"writer","accounts":["acme"],"secret_hash":"#"})", {}},
        {Kind::token_revoked, R"({"token":"t-1"})", {}},
        {Kind::ledger_created,
         R"({"origin":"example.com/log","key":"example.com/log+0123abcd+AAAA","format":1,"contact_key_check":"#"})",
         {}},
        {Kind::ledger_restored, R"({"origin":"example.com/log2","key":"k","head_size":5,"head_root":"#"})", {}},
        {Kind::key_rotated, R"({"old_key":"a","new_key":"b"})", {}},
    };
}

std::vector<Row> rows() {
    std::vector<Row> all;
    for (auto const& some : {opting_rows(), status_rows(), record_rows(), definition_rows(), program_rows()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

Result<ChangeItem> post(Kind kind, std::string_view data) {
    json::Object posted{{"kind", info(kind).name}, {"data", parsed(expand(data))}};
    if (info(kind).subject == Subject::contact) posted.set("phone", "+15550100123");
    return parse_change(posted);
}

/// The stored form: texts stand as commitments.
json::Object stored(ChangeItem const& item) {
    json::Object data = item.data;
    for (Sealed const& sealed : item.sealed) {
        if (sealed.pointer.starts_with("/data/")) data.set(sealed.pointer.substr(6), json::Object{{"commit", hash}});
    }
    return data;
}

BOOST_AUTO_TEST_SUITE(kinds)

BOOST_AUTO_TEST_CASE(every_kind_is_in_the_table_of_this_test) {
    std::set<int> seen;
    for (Row const& row : rows()) seen.insert(int(row.kind));
    BOOST_TEST(seen.size() == all_kinds().size());
}

BOOST_AUTO_TEST_CASE(data_of_every_kind) {
    for (Row const& row : rows()) {
        if (info(row.kind).by_program_only) continue;
        BOOST_TEST_CONTEXT(info(row.kind).name) {
            auto const item = post(row.kind, row.good);
            BOOST_REQUIRE_MESSAGE(item.has_value(), (item ? "" : item.error().pointer + " " + item.error().detail));
            for (auto const& [data, pointer] : row.faults) {
                BOOST_TEST_CONTEXT(data) {
                    auto const refused = post(row.kind, data);
                    if (info(row.kind).protective && refused) {  // nothing refuses it: the member is left out
                        BOOST_TEST(refused->data.contains("text_withheld"));
                        BOOST_TEST(!refused->data.contains(std::string_view(pointer).substr(6)));
                        continue;
                    }
                    BOOST_REQUIRE(!refused.has_value());
                    BOOST_TEST((refused.error().code == errc::invalid));
                    BOOST_TEST(refused.error().pointer == pointer);
                }
            }
            auto const stranger = post(row.kind, R"({"stranger":1})");
            BOOST_TEST(stranger.error().pointer == "/data/stranger");
        }
    }
}

BOOST_AUTO_TEST_CASE(stored_data_of_every_kind) {
    for (Row const& row : rows()) {
        BOOST_TEST_CONTEXT(info(row.kind).name) {
            bool const program = info(row.kind).by_program_only;
            json::Object const data =
                program ? *parsed(expand(row.good)).as_object() : stored(post(row.kind, row.good).value());
            auto const checked = check_stored_data(row.kind, data);
            BOOST_TEST_REQUIRE(checked.has_value(), (checked ? "" : checked.error().pointer));
            json::Object more = data;
            more.set("stranger", 1);
            BOOST_TEST((check_stored_data(row.kind, more).error().code == errc::entry_malformed));
            for (json::Member const& member : data) {
                json::Object wrong = data;
                wrong.set(member.name, json::Value());
                BOOST_TEST(check_stored_data(row.kind, wrong).error().pointer == "/data/" + member.name);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(stored_data_in_another_spelling_or_in_clear_is_refused) {
    auto const wrong = [](Kind kind, std::string_view data) {
        return !check_stored_data(kind, *parsed(expand(data)).as_object());
    };
    BOOST_TEST(wrong(Kind::opt_in_agent, R"({"note":"in clear"})"));
    BOOST_TEST(wrong(Kind::opt_in_agent, R"({"note":{"commit":"12"}})"));
    BOOST_TEST(wrong(Kind::opt_in_agent, R"({"note":{"commit":"#","more":1}})"));
    BOOST_TEST(wrong(Kind::list_added, R"({"list":{"commit":"#"}})"));
    BOOST_TEST(wrong(Kind::list_added, R"({})"));
    BOOST_TEST(
        wrong(Kind::finding_waived, R"({"rule":"CL-001","seq":3,"until":"2027-01-01T00:00:00Z","reason":{"commit":"#"}})"));
    BOOST_TEST(!wrong(Kind::finding_waived,
                      R"({"rule":"CL-001","seq":3,"until":"2027-01-01T00:00:00.000Z","reason":{"commit":"#"}})"));
    BOOST_TEST(wrong(Kind::account_defined, R"({"numbers":["+1 555 0199999"]})"));
    // In an opt-out what carried the number stands as a commitment.
    BOOST_TEST(!wrong(Kind::opt_out_request, R"({"via":"web","list":{"commit":"#"},"text_withheld":true})"));
    BOOST_TEST(wrong(Kind::opt_out_request, R"({"via":{"commit":"#"}})"));
    BOOST_TEST(!wrong(Kind::opt_in_inbound, R"({"message":"m","class":"stop","claimed":{"opted_in":false}})"));
    BOOST_TEST(wrong(Kind::opt_in_inbound, R"({"message":"m","class":"trigger"})"));
    BOOST_TEST(wrong(Kind::account_defined, R"({"text_withheld":true})"));
}

BOOST_AUTO_TEST_CASE(names_go_both_ways) {
    for (KindInfo const& row : all_kinds()) {
        BOOST_TEST(&info(row.kind) == &row);
        BOOST_TEST((kind_from(row.name) == row.kind));
    }
    BOOST_TEST(!kind_from("contact.exploded"));
    for (Role const role : {Role::writer, Role::sender, Role::auditor, Role::admin})
        BOOST_TEST((role_from(name(role)) == role));
    BOOST_TEST(!role_from("root"));
}

BOOST_AUTO_TEST_CASE(who_may_post_what) {
    BOOST_TEST(may_post(Role::writer, Kind::opt_out_stop));
    BOOST_TEST(may_post(Role::admin, Kind::opt_out_stop));
    BOOST_TEST(!may_post(Role::auditor, Kind::opt_out_stop));
    BOOST_TEST(may_post(Role::auditor, Kind::finding_waived));
    BOOST_TEST(!may_post(Role::writer, Kind::finding_waived));
    BOOST_TEST(!may_post(Role::writer, Kind::subject_erased));
    for (KindInfo const& row : all_kinds()) {
        BOOST_TEST(!may_post(Role::sender, row.kind));
        BOOST_TEST(may_post(Role::admin, row.kind) != row.by_program_only);
    }
}

BOOST_AUTO_TEST_CASE(protective_kinds_are_the_opt_outs_and_the_block) {
    std::set<std::string_view> protective;
    for (KindInfo const& row : all_kinds()) {
        if (row.protective) protective.insert(row.name);
    }
    std::set<std::string_view> const expected = {"contact.blocked", "opt_out.agent", "opt_out.request", "opt_out.stop"};
    BOOST_TEST(protective == expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
