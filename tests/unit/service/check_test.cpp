// Checks of many numbers: in order, about one checkpoint, also while entries arrive.
#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

using namespace cl;
using consent::CheckReason;
using consent::MessageType;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string const& kind, std::string const& record, std::string const& data, std::string const& phone) {
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"platform":"crm","record":")" + record +
           R"("},"data":)" + data + "}";
}

std::string phone(int i) {
    return "+1555010" + std::to_string(1000 + i);
}

std::vector<CheckReason> reasons(service::CheckView const& view) {
    std::vector<CheckReason> all;
    for (auto const& one : view.results) all.push_back(one.reason);
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check)

BOOST_AUTO_TEST_CASE(each_number_has_its_answer_in_the_order_of_the_request) {
    ServiceFixture f;
    f.open();
    f.post(R"({"kind":"list.defined","source":{"record":"l"},"data":{"list":"promo","level_required":"conversational"}})");
    std::vector<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        numbers.push_back(phone(i));
        f.post(change("contact.added", "a" + std::to_string(i), R"({"origin":"manual"})", phone(i)));
    }
    numbers.push_back(phone(99));
    numbers.push_back(phone(0));  // twice is answered twice
    Seq const out = f.post(change("opt_out.agent", "o1", "{}", phone(1))).seq;
    Millis const out_at = f.clock.now();
    Seq const blocked = f.post(change("contact.blocked", "b2", "{}", phone(2))).seq;
    f.post(change("subject.erased", "e3", "{}", phone(3)));
    auto const queries = need(f.service->make_queries());
    auto const view = need(queries->check("acme", {MessageType::one_to_one, {}}, numbers));
    std::vector<CheckReason> const expected{CheckReason::ok,     CheckReason::opted_out, CheckReason::blocked,
                                            CheckReason::erased, CheckReason::ok,        CheckReason::unknown_number,
                                            CheckReason::ok};
    BOOST_TEST((reasons(view) == expected));
    BOOST_TEST((view.results[1].seq == std::optional<Seq>(out)));
    BOOST_TEST((view.results[1].since == std::optional<Millis>(out_at)));
    BOOST_TEST((view.results[2].seq == std::optional<Seq>(blocked)));
    BOOST_TEST(!view.results[5].seq.has_value());
    BOOST_TEST(view.as_of.checkpoint == f.service->checkpoint());
    BOOST_TEST(view.as_of.seq == static_cast<Seq>(f.entries().size()) - 1);

    auto const campaign = need(queries->check("acme", {MessageType::campaign, "promo"}, numbers));
    BOOST_TEST((campaign.results[0].reason == CheckReason::not_a_member));
    BOOST_TEST((campaign.results[1].reason == CheckReason::opted_out));
    BOOST_TEST(need(queries->check("acme", {}, {})).results.empty());
}

BOOST_AUTO_TEST_CASE(a_list_optout_and_a_review_deny_campaigns_alone) {
    ServiceFixture f;
    f.open();
    f.post(R"({"kind":"list.defined","source":{"record":"l"},"data":{"list":"promo"}})");
    f.post(
        R"({"kind":"trigger.defined","source":{"record":"t"},"data":{"trigger":"t1","words":["leave"],"match":"exact","class":"optout","list":"promo"}})");
    for (int i = 0; i < 2; ++i) {
        f.post(change("contact.added", "a" + std::to_string(i), R"({"origin":"manual"})", phone(i)));
        f.post(change("list.added", "l" + std::to_string(i), R"({"list":"promo"})", phone(i)));
    }
    f.send(ServiceFixture::message("leave", "m1", phone(0)));
    f.post(change("review.opened", "r1", "{}", phone(1)));
    std::vector<std::string> const numbers{phone(0), phone(1)};
    auto const queries = need(f.service->make_queries());
    auto const ask = [&](consent::CheckMessage const& message) {
        return reasons(need(queries->check("acme", message, numbers)));
    };
    using Reasons = std::vector<CheckReason>;
    BOOST_TEST((ask({MessageType::campaign, "promo"}) == Reasons{CheckReason::list_optout_pending, CheckReason::review_open}));
    BOOST_TEST((ask({MessageType::one_to_one, {}}) == Reasons{CheckReason::ok, CheckReason::ok}));
}

BOOST_AUTO_TEST_CASE(tenants_and_limits_hold) {
    ServiceFixture f;
    f.open();
    f.define("other");
    f.post(change("contact.added", "a", R"({"origin":"manual"})", phone(0)));
    std::vector<std::string> const numbers{phone(0)};
    auto const queries = need(f.service->make_queries());
    BOOST_TEST((need(queries->check("other", {}, numbers)).results[0].reason == CheckReason::unknown_number));
    auto const nobody = queries->check("nobody", {}, numbers);
    BOOST_REQUIRE(!nobody);
    BOOST_TEST((nobody.error().code == errc::not_found));
    std::vector<std::string> const many(limits::check_numbers + 1, phone(0));
    auto const refused = queries->check("acme", {}, many);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == errc::too_large));
}

// One contact goes in and out, one entry after the other, and another one with it: whatever the checkpoint is, the two agree with the
// ledger up to it.
BOOST_AUTO_TEST_CASE(an_answer_is_the_one_under_its_checkpoint_while_entries_arrive) {
    ServiceFixture f;
    f.open();
    std::vector<std::string> numbers;
    std::vector<service::AppendItem> items;
    for (int i = 0; i < 300; ++i) {
        numbers.push_back(phone(i));
        items.push_back(item(change("contact.added", "a" + std::to_string(i), R"({"origin":"manual"})", phone(i))));
    }
    f.post("acme", std::move(items));
    std::atomic<bool> done{false};
    // Ends before what it uses does, also where a check below throws.
    struct Joined {
        ~Joined() {
            done = true;
            if (thread.joinable()) thread.join();
        }
        std::atomic<bool>& done;
        std::thread thread{};
    } writer{done};
    writer.thread = std::thread([&] {
        for (int i = 0; !done; ++i) {
            bool const block = i % 2 == 0;
            f.post("acme",
                   {item(change(block ? "contact.blocked" : "contact.unblocked", "f" + std::to_string(i), "{}", phone(0))),
                    item(change(block ? "contact.blocked" : "contact.unblocked", "l" + std::to_string(i), "{}", phone(299)))});
        }
    });
    auto const queries = need(f.service->make_queries());
    struct Seen {
        Seq last;
        consent::CheckAnswer first_answer;
        consent::CheckAnswer last_answer;
    };
    std::vector<Seen> seen;
    // At least sixty, and until the writer has come in between.
    for (int i = 0; i < 60 || seen.front().last == seen.back().last; ++i) {
        auto const view = need(queries->check("acme", {}, numbers));
        BOOST_TEST(need(read_checkpoint(view.as_of.checkpoint)).size == view.as_of.seq + 1);
        seen.push_back({view.as_of.seq, view.results.front(), view.results.back()});
    }
    done = true;
    writer.thread.join();
    auto const entries = f.entries();
    auto const first = need(f.service->make_queries())->contact_of("acme", phone(0));
    auto const last = need(f.service->make_queries())->contact_of("acme", phone(299));
    for (auto const& one : seen) {
        std::optional<Entry> of_first;
        std::optional<Entry> of_last;
        for (Seq seq = 0; seq <= one.last; ++seq) {
            auto entry = need(decode(entries[static_cast<std::size_t>(seq)]));
            if (entry.contact == first) of_first = entry;
            if (entry.contact == last) of_last = entry;
        }
        BOOST_TEST((one.first_answer.reason == CheckReason::blocked) == of_first->state->blocked);
        BOOST_TEST((one.last_answer.reason == CheckReason::blocked) == of_last->state->blocked);
    }
}

BOOST_AUTO_TEST_SUITE_END()
