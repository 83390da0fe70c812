// Sends after a revocation: which rows of a log are in the report, which are not, and what is refused.
#include "ledger/consent/pack_json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/send_rows.hpp"
#include "tests/unit/report/account.hpp"

#include <algorithm>
#include <map>
#include <utility>

using namespace cl;
using namespace cl::report::test;

namespace {

constexpr Millis minute = 60 * second;

struct Log : Account {
    Log() : begun(clock.now()) { clock.advance(day); }

    void sent(std::string const& phone, Millis at, std::string const& more = {}) {
        sends += R"({"to":")" + phone + R"(","at":")" + format_time(at) + "\"" + more + "}\n";
    }
    std::vector<json::Object> found(report::Parameters const& parameters = {}) {
        return rows("post-revocation-sends", parameters);
    }

    Millis const begun;  ///< when the account was made
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sends_after_a_revocation, Log)

BOOST_AUTO_TEST_CASE(a_send_after_the_stop_is_a_row_and_one_before_it_is_none) {
    sent(said_stop, begun - minute);
    sent(said_stop, begun + 11 * minute, R"(,"message_id":"SM1")");
    sent(in_bare, begun + 11 * minute);
    sent("+15550100199", begun + 11 * minute);
    auto const all = found();
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].string("phone") == said_stop);
    BOOST_TEST(*all[0].find("line")->as_int() == 2);
    BOOST_TEST(all[0].string("reason") == "opted_out");
    BOOST_TEST(all[0].string("message_id") == "SM1");
    BOOST_TEST(*all[0].find("delta_seconds")->as_int() == 660);
    BOOST_TEST(*all[0].find("exposure_low")->as_int() == 500);
    BOOST_TEST(*all[0].find("exposure_high")->as_int() == 1'500);
    BOOST_TEST(all[0].find("excused_by") == nullptr);
    json::Object const report = whole("post-revocation-sends");
    json::Object const& summary = *report.find("summary")->as_object();
    BOOST_TEST(json::write(*summary.find("exposure")) == R"([{"currency":"USD","high":1500,"low":500,"messages":1}])");
}

BOOST_AUTO_TEST_CASE(what_a_message_may_cost_is_said_by_the_pack_in_force) {
    std::string const digest = to_hex(consent::pack_digest(*consent::find_pack({"eu-gdpr", 1})));
    account_entry("policy.activated", R"({"pack":"eu-gdpr","rules":1,"digest":")" + digest + R"("})");
    sent(said_stop, begun + 11 * minute);
    auto const all = found();
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(*all[0].find("exposure_high")->as_int() == 0);
    std::string const page = need(document("post-revocation-sends", {{"format", "html"}}));
    BOOST_TEST(page.find("<td class=\"k\">EUR</td>") != std::string::npos);
    std::string const table = need(document("post-revocation-sends", {{"format", "csv"}}));
    BOOST_TEST(table.find("#exposure EUR messages,1,") != std::string::npos);
    BOOST_TEST(table.find("#exposure EUR high,0,") != std::string::npos);
    json::Object const whole_report = whole("post-revocation-sends");
    json::Object const& summary = *whole_report.find("summary")->as_object();
    BOOST_TEST(summary.find("exposure")->as_array()->at(0).as_object()->string("currency") == "EUR");
}

BOOST_AUTO_TEST_CASE(the_time_until_it_is_in_force_and_the_one_confirmation_excuse) {
    sent(said_stop, begun + 10 * minute);
    sent(said_stop, begun + minute, R"(,"type":"confirmation")");
    sent(said_stop, begun + 60 * minute, R"(,"type":"confirmation")");  // too late to be one
    auto const all = found();
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST(all[0].string("excused_by") == "propagation");
    BOOST_TEST(all[0].find("exposure_low") == nullptr);
    BOOST_TEST(*all[1].find("line")->as_int() == 3);
    BOOST_TEST(all[1].find("exposure_low") != nullptr);
}

BOOST_AUTO_TEST_CASE(a_late_record_counts_from_when_it_was_said) {
    sent(asked_late, begun - 29 * day);
    sent(asked_late, begun - 31 * day);
    auto const all = found();
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(*all[0].find("line")->as_int() == 1);
}

BOOST_AUTO_TEST_CASE(a_block_is_told_and_no_exposure) {
    sent(is_blocked, begun + day / 2);
    auto const all = found();
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].string("reason") == "blocked");
    BOOST_TEST(all[0].find("exposure_low") == nullptr);
}

BOOST_AUTO_TEST_CASE(who_opted_out_and_was_blocked_had_opted_out) {
    std::string const before = "+15550100121", since = "+15550100122", back_in = "+15550100123";
    Millis const said = clock.now();
    send(message("Stop", "b1", before));
    clock.advance(minute);
    add("contact.blocked", before, "{}");
    add("contact.blocked", since, "{}");
    Millis const blocked = clock.now();
    clock.advance(minute);
    send(message("Stop", "b2", since));
    send(message("Stop", "b3", back_in));
    clock.advance(minute);
    send(message("hello", "b4", back_in));
    clock.advance(minute);
    add("contact.blocked", back_in, "{}");
    clock.advance(day);
    for (std::string const& phone : {before, since, back_in}) sent(phone, clock.now());
    sent(since, blocked + second);  // blocked and nothing else, yet
    auto const all = found();
    BOOST_REQUIRE(all.size() == 4);
    for (json::Object const& row : all) BOOST_TEST(row.string("reason") == "blocked");
    BOOST_TEST(all[0].string("revoked_at") == format_time(said));
    BOOST_TEST(all[1].string("revoked_at") == format_time(blocked + minute));
    BOOST_TEST((all[0].find("exposure_low") != nullptr && all[1].find("exposure_low") != nullptr));
    BOOST_TEST((all[2].find("exposure_low") == nullptr && all[3].find("exposure_low") == nullptr));
    BOOST_TEST(all[2].find("excused_by") == nullptr);
}

BOOST_AUTO_TEST_CASE(off_one_list_is_about_campaigns_to_it_alone) {
    sent(on_list, begun + day / 2, R"(,"list":"promo")");
    sent(on_list, begun + day / 2);
    sent(on_list, begun + day / 2, R"(,"list":"other")");
    auto const all = found();
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].string("reason") == "list_optout_pending");
    BOOST_TEST(all[0].string("type") == "campaign");
    BOOST_TEST(found({{"list", "other"}}).empty());
    BOOST_TEST(found({{"contact", id(on_list)}}).size() == 1u);
    BOOST_TEST(found({{"to", format_time(begun)}}).empty());
}

BOOST_AUTO_TEST_CASE(the_outcomes_add_up_to_the_log_whatever_is_chosen) {
    sent(on_list, begun + day / 2, R"(,"list":"promo")");
    sent(on_list, begun + day / 2, R"(,"list":"other")");
    sent(said_stop, begun + day / 2);
    auto const told = [this](report::Parameters const& parameters) {
        json::Object const report = whole("post-revocation-sends", parameters);
        json::Object const& about = *report.find("report")->as_object()->find("about")->as_object();
        std::string text = std::string(about.string("sends in the log")) + ":";
        for (json::Value const& row : *report.find("summary")->as_object()->find("outcomes")->as_array()) {
            text += " " + std::string(row.as_object()->string("answer")) + "=" + said(*row.as_object(), "sends");
        }
        return text;
    };
    BOOST_TEST(told({}) == "3: list_optout_pending=1 not_a_member=1 opted_out=1");
    BOOST_TEST(told({{"list", "promo"}}) == "3: list_optout_pending=1 not judged: left out by the filters=2");
}

BOOST_AUTO_TEST_CASE(a_contact_of_more_entries_than_a_replay_reads_is_counted_and_not_judged) {
    sent(said_stop, begun - minute);  // before most of its entries, and all of them would be read
    auto const outcomes = [this] { return json::write(*whole("post-revocation-sends").find("summary")); };
    auto const edit = [this](std::size_t count) {
        std::vector<service::AppendItem> items;
        for (std::size_t i = 0; i < count; ++i) {
            if (items.size() == limits::batch_items) post("acme", std::exchange(items, {}));
            items.push_back(cl::test::item(R"({"kind":"contact.edited","phone":")" + said_stop + R"(","source":{"record":"e-)" +
                                           std::to_string(++records) + R"("},"data":{"fields":["name"]}})"));
        }
        post("acme", std::move(items));
    };
    edit(limits::contact_replay - 1);
    BOOST_TEST(outcomes().find("too many entries") == std::string::npos);
    edit(1);
    BOOST_TEST(outcomes().find(R"({"answer":"not judged: too many entries","sends":1})") != std::string::npos);
    BOOST_TEST(found().empty());
}

BOOST_AUTO_TEST_CASE(one_bad_line_refuses_the_whole_before_a_row_is_made) {
    std::string const good = R"({"to":"+15550100105","at":"2026-11-23T18:15:00Z"})";
    for (std::string const& bad :
         {std::string(R"({"to":"+15550100105"})"), std::string(R"({"at":"2026-11-23T18:15:00Z"})"),
          std::string(R"({"to":"5550100105","at":"2026-11-23T18:15:00Z"})"),
          std::string(R"({"to":"+15550100105","at":"2026-11-23 18:15"})"),
          std::string(R"({"to":"+15550100105","at":"2026-11-23T18:15:00Z","type":"spam"})"),
          std::string(R"({"to":"+15550100105","at":"2026-11-23T18:15:00Z","colour":"red"})"),
          std::string(R"({"to":"+15550100105","at":"2026-11-23T18:15:00Z","message_id":7})"),
          std::string(R"({"to":"+15550100105","contact":")" + std::string(64, 'a') + R"(","at":"2026-11-23T18:15:00Z"})"),
          std::string("[]"), std::string("{"), std::string(5'000, ' ') + "x"}) {
        sends = good + "\n\n" + bad + "\n";
        auto const made = document("post-revocation-sends", {});
        BOOST_REQUIRE_MESSAGE(!made, bad);
        BOOST_TEST((made.error().code == errc::invalid));
        BOOST_TEST(made.error().pointer == "/3");
        BOOST_TEST(made.error().detail.find("5550100105") == std::string::npos);
    }
    sends = good;  // without a line end
    BOOST_TEST(found().size() <= 1u);
    sends.clear();
    BOOST_TEST(found().empty());
}

report::Order order_of(std::string sends, Millis now) {
    report::Order order;
    order.report = need(report::find_report("post-revocation-sends"));
    order.filter = need(report::read_filter(*order.report, {}, report::Format::csv));
    order.account = "acme";
    order.now = now;
    order.sends = std::move(sends);
    return order;
}

BOOST_AUTO_TEST_CASE(a_long_log_is_read_in_steps_and_its_last_line_is_judged_before_the_first_byte) {
    for (int i = 0; i < 10'000; ++i) sent(said_stop, begun + day / 2);
    std::string const lines = sends;
    for (bool const good : {true, false}) {
        auto const queries = need(service->make_queries());
        auto const report = report::make_report(order_of(good ? lines : lines + "{}", clock.now()));
        std::string out;
        int before = 0;
        Result<bool> more = true;
        for (; more && !report->begun(); ++before) more = report->step(*queries, out);
        BOOST_TEST(before >= 3);
        BOOST_TEST(bool(more) == good);
        BOOST_TEST(out.empty() != good);
        if (good) continue;
        BOOST_TEST(more.error().pointer == "/10001");
    }
}

BOOST_AUTO_TEST_CASE(a_contact_of_many_entries_is_a_step_of_its_own) {
    std::vector<service::AppendItem> items;
    for (int i = 0; i < 2'000; ++i) {
        items.push_back(cl::test::item(R"({"kind":"contact.edited","phone":")" + said_stop + R"(","source":{"record":"many-)" +
                                       std::to_string(i) + R"("},"data":{"fields":["name"]}})"));
    }
    post("acme", std::move(items));
    sent(on_list, begun + day / 2, R"(,"list":"promo")");
    for (int i = 0; i < 3; ++i) sent(said_stop, begun + day / 2);
    auto const queries = need(service->make_queries());
    auto const report = report::make_report(order_of(sends, clock.now()));
    std::string out;
    while (!report->begun()) need(report->step(*queries, out));
    std::vector<std::ptrdiff_t> rows;
    for (bool more = true; more;) {
        out.clear();
        more = need(report->step(*queries, out));
        if (more) rows.push_back(std::count(out.begin(), out.end(), '\n'));
    }
    BOOST_TEST(rows == (std::vector<std::ptrdiff_t>{2, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
