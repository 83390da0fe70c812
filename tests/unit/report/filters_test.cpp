// A filter shows no less and no more than it says: which rows it leaves in where a contact has several causes, lists or names.
#include "ledger/core/limits.hpp"
#include "tests/unit/report/account.hpp"

using namespace cl;
using namespace cl::report::test;

namespace {

std::string const ann_then_bob = "+15550100111";
std::string const stop_then_block = "+15550100112";
std::string const stop_then_erase = "+15550100113";
std::string const came_back = "+15550100114";
std::string const of_news = "+15550100115";

struct Chosen : Account {
    /// The rows of the suppression list that are about these numbers, as `seq kind reason`.
    std::vector<std::string> causes(report::Parameters const& parameters) {
        std::vector<std::string> all;
        for (json::Object const& row : rows("suppression", parameters)) {
            all.push_back(std::string(row.string("kind")) + " " + std::string(row.string("reason")));
        }
        return all;
    }
    std::vector<std::string> kinds_of_dossier(std::string const& phone, report::Parameters parameters) {
        parameters.emplace_back("contact", id(phone));
        std::vector<std::string> kinds;
        for (json::Object const& row : rows("contact-dossier", parameters)) kinds.emplace_back(row.string("kind"));
        return kinds;
    }
    bool suppressed(std::string const& phone, report::Parameters parameters) {
        parameters.emplace_back("shape", "e164");
        return need(document("suppression", parameters)).find(phone) != std::string::npos;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(filters, Chosen)

BOOST_AUTO_TEST_CASE(a_number_is_on_the_list_by_each_of_the_entries_that_keep_it_out) {
    add("contact.added", ann_then_bob, R"({"origin":"manual"})");
    for (std::string const agent : {"ann", "carl", "bob"}) add("opt_out.agent", ann_then_bob, "{}", agent);
    for (std::string const agent : {"ann", "carl", "bob"}) {
        BOOST_TEST(phones("suppression", {{"actor", agent}}) == Strings{ann_then_bob}, agent);
    }
    BOOST_TEST(phones("suppression", {{"actor", "dora"}}).empty());
    send(message("Stop", "s1", stop_then_block));
    add("contact.blocked", stop_then_block, "{}", "dora");
    BOOST_TEST(suppressed(stop_then_block, {{"kind", "opt_out.stop"}}));
    BOOST_TEST(suppressed(stop_then_block, {{"kind", "contact.blocked"}}));
    BOOST_TEST(causes({{"actor", "dora"}}) == Strings{"contact.blocked blocked"});
    // One entry has to be all that is asked for.
    BOOST_TEST(causes({{"actor", "dora"}, {"kind", "opt_out.stop"}}).empty());
    BOOST_TEST(row_of("suppression", stop_then_block).string("kind") == "contact.blocked");
    json::Object const by_stop = row_of("suppression", stop_then_block, {{"kind", "opt_out.stop"}});
    BOOST_TEST(by_stop.string("reason") == "opted_out");
    BOOST_TEST(by_stop.string("to") == "+15550199999");
}

BOOST_AUTO_TEST_CASE(an_erasure_hides_no_opt_out) {
    send(message("Stop", "s1", stop_then_erase));
    add("subject.erased", stop_then_erase, "{}", "ann");
    auto const erased = [this](report::Parameters const& parameters) {
        return row_of("suppression", "erased", parameters).string("reason") == "erased";
    };
    BOOST_TEST(erased({}));
    BOOST_TEST(erased({{"kind", "subject.erased"}}));
    BOOST_TEST(row_of("suppression", "erased", {{"kind", "opt_out.stop"}}).string("reason") == "opted_out");
    BOOST_TEST(causes({{"kind", "opt_out.agent"}}).empty());
}

BOOST_AUTO_TEST_CASE(what_was_over_when_the_person_came_back_is_no_cause) {
    add("opt_out.request", came_back, R"({"via":"phone"})", "ann");
    clock.advance(second);
    add("opt_in.agent", came_back, R"({"note":"again"})", "ann");
    clock.advance(second);
    add("opt_out.agent", came_back, "{}", "bob");
    BOOST_TEST(causes({{"actor", "ann"}}).empty());
    BOOST_TEST(causes({{"actor", "bob"}}) == Strings{"opt_out.agent opted_out"});
    clock.advance(second);
    add("contact.blocked", came_back, "{}", "carl");
    BOOST_TEST(causes({{"actor", "ann"}}).empty());
    BOOST_TEST(causes({{"actor", "bob"}}) == Strings{"opt_out.agent opted_out"});
    clock.advance(second);
    add("contact.unblocked", came_back, "{}", "dora");
    BOOST_TEST(causes({{"actor", "carl"}}) == Strings{"contact.blocked opted_out"});  // out until asked anew
    BOOST_TEST(causes({{"actor", "dora"}}).empty());
}

BOOST_AUTO_TEST_CASE(the_time_is_that_of_any_of_the_causes) {
    clock.advance(day);
    std::string const before = format_time(clock.now());
    send(message("Stop", "s1", stop_then_block));
    clock.advance(day);
    std::string const between = format_time(clock.now());
    add("contact.blocked", stop_then_block, "{}");
    BOOST_TEST(suppressed(stop_then_block, {{"from", before}, {"to", between}}));
    BOOST_TEST(suppressed(stop_then_block, {{"from", between}}));
    BOOST_TEST(!suppressed(stop_then_block, {{"to", before}}));
}

BOOST_AUTO_TEST_CASE(a_cause_behind_many_entries_is_found_in_steps) {
    send(message("Stop", "s1", stop_then_block));
    std::vector<service::AppendItem> items;
    for (int i = 0; i < 5'000; ++i) {
        items.push_back(cl::test::item(R"({"kind":"contact.edited","phone":")" + stop_then_block +
                                       R"(","source":{"record":"many-)" + std::to_string(i) +
                                       R"("},"data":{"fields":["name"]}})"));
    }
    post("acme", std::move(items));
    add("contact.blocked", stop_then_block, "{}", "ann");
    report::Order order;
    order.report = need(report::find_report("suppression"));
    order.filter = need(report::read_filter(*order.report, {{"kind", "opt_out.stop"}}, report::Format::json));
    order.account = "acme";
    order.now = clock.now();
    auto const running = report::make_report(std::move(order));
    auto const queries = need(service->make_queries());
    std::string out;
    int steps = 0;
    for (bool more = true; more; ++steps) more = need(running->step(*queries, out));
    BOOST_TEST(steps >= 4);
    for (std::string const& phone : {said_stop, was_imported, stop_then_block})
        BOOST_TEST(out.find(phone) != std::string::npos);
    BOOST_TEST(out.find(is_blocked) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_list_of_those_who_want_off_a_list_is_part_of_its_suppression) {
    account_entry("list.defined", R"({"list":"promo-out","opt_out_of":"promo"})");
    account_entry("list.defined", R"({"list":"other"})");
    add("list.added", in_bare, R"({"list":"promo-out"})", "agent-9");
    json::Object const row = row_of("suppression", in_bare, {{"list", "promo"}});
    BOOST_TEST(row.string("reason") == "list_opt_out");
    BOOST_TEST(row.string("kind") == "list.added");
    BOOST_TEST(!suppressed(in_bare, {}));
    BOOST_TEST(!suppressed(in_bare, {{"list", "other"}}));
    BOOST_TEST(phones("suppression", {{"list", "promo"}, {"actor", "agent-9"}}) == Strings{in_bare});
    // Off the list, and out altogether: both keep the person off it.
    send(message("Stop", "s1", on_list));
    BOOST_TEST(row_of("suppression", on_list, {{"list", "promo"}}).string("reason") == "opted_out");
    BOOST_TEST(row_of("suppression", on_list, {{"list", "promo"}, {"kind", "trigger.fired"}}).string("reason") ==
               "list_opt_out");
}

BOOST_AUTO_TEST_CASE(a_dossier_names_the_person_by_what_was_said_last_whatever_it_shows) {
    add("contact.added", ann_then_bob, R"({"origin":"manual","name":"Anna Old"})", "ann");
    add("contact.edited", ann_then_bob, R"({"fields":["name"],"name":"Anna New"})", "bob");
    add("opt_in.agent", ann_then_bob, "{}", "ann");
    for (report::Parameters const& chosen :
         {report::Parameters{}, report::Parameters{{"actor", "ann"}}, report::Parameters{{"kind", "opt_in.agent"}}}) {
        report::Parameters parameters = chosen;
        parameters.emplace_back("contact", id(ann_then_bob));
        std::string const last = json::write(*whole("contact-dossier", parameters).find("summary"));
        BOOST_TEST(last.find("Anna New") != std::string::npos);
        BOOST_TEST(last.find("Anna Old") == std::string::npos);
    }
    std::string const csv =
        need(document("contact-dossier", {{"contact", id(ann_then_bob)}, {"actor", "ann"}, {"format", "csv"}}));
    BOOST_TEST(csv.find("name,Anna New") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_dossier_of_a_list_has_what_took_the_person_off_it_through_the_contact_as_a_whole) {
    account_entry("list.defined", R"({"list":"news","purpose":"marketing"})");
    add("contact.added", of_news, R"({"origin":"manual"})");
    add("list.added", of_news, R"({"list":"news"})");
    add("list.added", of_news, R"({"list":"promo"})");
    add("contact.edited", of_news, R"({"fields":["email"]})");
    clock.advance(second);
    send(message("Stop", "s1", of_news));
    BOOST_TEST(kinds_of_dossier(of_news, {{"list", "news"}}) == (Strings{"contact.added", "list.added", "opt_out.stop"}));
    auto const last = rows("contact-dossier", {{"contact", id(of_news)}, {"list", "news"}}).back();
    BOOST_TEST(said(last, "opted_in_before") == "true");
    BOOST_TEST(said(last, "opted_in") == "false");
    add("opt_out.request", of_news, R"({"via":"phone","list":"promo"})");
    add("opt_out.request", of_news, R"({"via":"phone"})");
    add("contact.blocked", of_news, "{}", "ann");
    add("consent.recorded", of_news, R"({"purpose":"marketing"})", {}, evidence());  // names promo
    BOOST_TEST(kinds_of_dossier(of_news, {{"list", "news"}}) ==
               (Strings{"contact.added", "list.added", "opt_out.stop", "opt_out.request", "contact.blocked"}));
    BOOST_TEST(kinds_of_dossier(of_news, {{"list", "news"}, {"actor", "ann"}}) == Strings{"contact.blocked"});
    BOOST_TEST(kinds_of_dossier(of_news, {{"list", "news"}, {"kind", "opt_out.agent"}}).empty());
    BOOST_TEST(kinds_of_dossier(of_news, {{"list", "promo"}}).size() == 7);
}

BOOST_AUTO_TEST_CASE(a_consent_is_of_the_lists_that_it_names) {
    add("opt_in.consent", in_bare, R"({"method":"form","lists":["promo","news"]})");
    BOOST_TEST(phones("consent-register", {{"list", "promo"}}) == (Strings{in_evidence, in_bare}));
    BOOST_TEST(phones("consent-register", {{"list", "news"}}) == Strings{in_bare});
    BOOST_TEST(row_of("consent-register", in_bare, {{"list", "news"}}).string("lists") == "promo news");
    BOOST_TEST(phones("manual-changes", {{"list", "news"}}) == Strings{in_bare});
    BOOST_TEST(row_of("manual-changes", in_bare, {{"list", "news"}}).string("list") == "promo news");
    std::string news = evidence();
    news.replace(news.find(R"(["promo"])"), 9, R"(["news"])");
    std::string two = evidence();
    two.pop_back();
    add("opt_in.consent", in_evidence, R"({"method":"form","disclosure":"d1"})", {}, two + "," + news.substr(1));
    BOOST_TEST(rows("contact-dossier", {{"contact", id(in_evidence)}}).back().string("list") == "promo news");
    for (std::string const list : {"promo", "news"}) {
        for (json::Object const& row : rows("consent-register", {{"list", list}, {"contact", id(in_evidence)}})) {
            BOOST_TEST(row.string("lists") == list);
        }
    }
    BOOST_TEST(rows("consent-register", {{"list", "news"}, {"contact", id(in_evidence)}}).size() == 1);
}

BOOST_AUTO_TEST_CASE(who_is_asked_for_by_id_and_by_list_has_to_be_on_the_list) {
    BOOST_TEST(phones("retention", {{"contact", id(on_list)}, {"list", "promo"}}) == Strings{on_list});
    BOOST_TEST(phones("retention", {{"contact", id(in_bare)}, {"list", "promo"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_list_that_does_not_exist_is_not_taken_for_one_that_nobody_left) {
    BOOST_TEST((document("suppression", {{"list", "nosuchlist"}}).error().code == errc::not_found));
    BOOST_TEST((document("suppression", {{"list", "nosuchlist"}, {"shape", "e164"}}).error().code == errc::not_found));
    // Never defined, but somebody is on it, or a trigger or an opt-out list is for it.
    add("list.added", in_bare, R"({"list":"undefined"})", "agent-7");
    account_entry("trigger.defined",
                  R"({"trigger":"t2","words":["away"],"match":"exact","class":"optout","list":"of-trigger"})");
    account_entry("list.defined", R"({"list":"left-behind","opt_out_of":"behind"})");
    for (std::string const list : {"promo", "undefined", "of-trigger", "left-behind", "behind"}) {
        BOOST_TEST(document("suppression", {{"list", list}}).has_value(), list);
    }
}

BOOST_AUTO_TEST_CASE(an_opt_out_that_an_agent_recorded_late_is_late_as_cl010_has_it) {
    add("opt_out.agent", came_back, R"({"reason":"called in October"})", "agent-7", {}, 58 * day);
    add("opt_out.agent", of_news, R"({"reason":"called"})", "agent-7");
    report::Parameters const by_agents{{"kind", "opt_out.agent"}};
    BOOST_TEST(phones("opt-out-timeliness", by_agents) == (Strings{came_back, of_news}));
    json::Object const late = row_of("opt-out-timeliness", came_back);
    BOOST_TEST(late.string("what") == "opt_out.agent");
    BOOST_TEST(late.string("status") == "late");
    BOOST_TEST(late.string("requested_at") == format_time(clock.now() - 58 * day));
    BOOST_TEST(late.string("findings").find("CL-010") != std::string::npos);
    json::Object const prompt = row_of("opt-out-timeliness", of_news);
    BOOST_TEST(prompt.string("status") == "in_time");
    BOOST_TEST(prompt.string("findings").find("CL-010") == std::string::npos);
    BOOST_TEST(phones("findings", {{"kind", "CL-010"}, {"actor", "agent-7"}}) == Strings{came_back});
    // A block is no revocation, however late.
    add("contact.blocked", ann_then_bob, "{}", "agent-7", {}, 58 * day);
    BOOST_TEST(phones("opt-out-timeliness", {{"kind", "contact.blocked"}}).empty());
    BOOST_TEST(row_of("manual-changes", ann_then_bob).string("findings") == "CL-070");
}

BOOST_AUTO_TEST_CASE(a_filter_that_is_given_twice_is_told_twice) {
    report::Parameters const two{{"kind", "opt_in.agent"}, {"kind", "contact.blocked"}};
    json::Object const all = whole("manual-changes", two);
    json::Object const& told = *all.find("report")->as_object()->find("filters")->as_object();
    BOOST_TEST(told.string("kind") == "opt_in.agent\ncontact.blocked");
    report::Parameters with = two;
    with.emplace_back("format", "csv");
    std::string const csv = need(document("manual-changes", with));
    for (std::string const kind : {"opt_in.agent", "contact.blocked"}) {
        BOOST_TEST(csv.find("#filter kind," + kind + ",") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_time_that_is_finer_than_a_millisecond_lets_nothing_earlier_in) {
    clock.advance(day + 564);
    std::string const at = format_time(clock.now());
    add("opt_in.agent", ann_then_bob, "{}", "ann");
    std::string const finer = at.substr(0, at.size() - 1) + "9Z";
    BOOST_TEST(phones("manual-changes", {{"from", at}}) == Strings{ann_then_bob});
    BOOST_TEST(phones("manual-changes", {{"from", finer}}).empty());
    BOOST_TEST(phones("manual-changes", {{"to", finer}, {"actor", "ann"}}) == Strings{ann_then_bob});
    BOOST_TEST(phones("manual-changes", {{"to", at}, {"actor", "ann"}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
