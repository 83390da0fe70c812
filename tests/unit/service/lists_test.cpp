// Obligations, lists, contacts and settings as the reading side tells them, before and after a rebuild.
#include "ledger/consent/pack_json.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <set>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

using ObligationStatus = service::ObligationFilter::Status;
using ContactStatus = service::ContactFilter::Status;

std::string change(std::string const& kind, std::string const& record, std::string const& data, std::string const& phone) {
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"platform":"crm","record":")" + record +
           R"("},"data":)" + data + "}";
}

std::string definition(std::string const& kind, std::string const& data, std::string const& record) {
    return R"({"kind":")" + kind + R"(","source":{"record":")" + record + R"("},"data":)" + data + "}";
}

std::string phone(int i) {
    return "+1555010" + std::to_string(1000 + i).substr(0, 4);
}

/// Two lists with their triggers, and contacts 0 … count-1 on `promo`.
void fill(ServiceFixture& f, int count) {
    f.post(definition("list.defined", R"({"list":"promo","purpose":"marketing"})", "l1"));
    f.post(definition("list.defined", R"({"list":"vip"})", "l2"));
    f.post(definition("trigger.defined",
                      R"({"trigger":"t1","words":["leave"],"match":"exact","class":"optout","list":"promo"})", "t1"));
    for (int i = 0; i < count; ++i) {
        f.post(change("contact.added", "a" + std::to_string(i), R"({"origin":"manual"})", phone(i)));
        f.post(change("list.added", "l" + std::to_string(i), R"({"list":"promo"})", phone(i)));
    }
}

Seq leave(ServiceFixture& f, int i) {
    auto const answer = f.send(ServiceFixture::message("leave", "m" + std::to_string(i), phone(i)));
    return answer.results.at(0).seq;
}

std::vector<state::ObligationRow> duties(ServiceFixture& f, service::ObligationFilter filter) {
    auto const queries = need(f.service->make_queries());
    std::vector<state::ObligationRow> all;
    for (;;) {
        auto page = need(queries->obligations("acme", filter));
        all.insert(all.end(), page.items.begin(), page.items.end());
        BOOST_TEST(page.has_more == !page.next_cursor.empty());
        if (!page.has_more) return all;
        filter.cursor = page.next_cursor;
    }
}

std::vector<service::ContactRow> contacts(ServiceFixture& f, service::ContactFilter filter) {
    auto const queries = need(f.service->make_queries());
    std::vector<service::ContactRow> all;
    for (;;) {
        auto page = need(queries->contacts("acme", filter));
        all.insert(all.end(), page.items.begin(), page.items.end());
        BOOST_TEST(page.has_more == !page.next_cursor.empty());
        if (!page.has_more) return all;
        filter.cursor = page.next_cursor;
    }
}

std::set<Hash32> ids(ServiceFixture& f, std::vector<int> const& numbers) {
    auto const queries = need(f.service->make_queries());
    std::set<Hash32> all;
    for (int const i : numbers) all.insert(queries->contact_of("acme", phone(i)));
    return all;
}

std::set<Hash32> ids(std::vector<service::ContactRow> const& rows) {
    std::set<Hash32> all;
    for (auto const& row : rows) BOOST_TEST(all.insert(row.contact).second);
    return all;
}

template <class T>
errc code_of(Result<T> const& result) {
    BOOST_REQUIRE(!result);
    return result.error().code;
}

/// Runs the checks on what is there, after a clean restart, and after state.db was deleted.
void everywhere(ServiceFixture& f, std::function<void()> const& checks) {
    checks();
    f.close();
    need(f.try_open());
    checks();
    f.close();
    for (char const* const suffix : {"", "-wal", "-shm"}) std::filesystem::remove(f.dir() / ("state.db" + std::string(suffix)));
    need(f.try_open());
    checks();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(an_obligation_is_opened_assigned_and_closed_by_the_removal_from_its_own_list) {
    ServiceFixture f;
    f.open();
    fill(f, 3);
    Seq const first = leave(f, 0);
    f.clock.advance(1'000);
    Seq const second = leave(f, 1);
    Seq const assigned = f.post(change("obligation.assigned", "o1",
                                       R"({"obligation":)" + std::to_string(second) + R"(,"assignee":"agent-7"})", phone(1)))
                             .seq;
    f.post(change("list.added", "v0", R"({"list":"vip"})", phone(0)));
    f.post(change("list.removed", "w0", R"({"list":"vip"})", phone(0)));  // the wrong list
    everywhere(f, [&] {
        auto const open = duties(f, {});
        BOOST_REQUIRE(open.size() == 2U);
        BOOST_TEST(open[0].seq == first);
        BOOST_TEST(open[0].kind == "remove_from_list");
        BOOST_TEST(open[0].list == "promo");
        BOOST_TEST(open[0].due_at > open[0].opened_at);
        BOOST_TEST(open[1].seq == second);
        BOOST_TEST(open[1].assignee == "agent-7");
        BOOST_TEST(open[1].changed_by == assigned);
        BOOST_TEST((open[1].contact == *ids(f, {1}).begin()));
        BOOST_TEST(duties(f, {.status = ObligationStatus::closed}).empty());
    });
    Seq const removed = f.post(change("list.removed", "x1", R"({"list":"promo"})", phone(1))).seq;
    Millis const removed_at = f.clock.now();
    everywhere(f, [&] {
        auto const open = duties(f, {});
        BOOST_REQUIRE(open.size() == 1U);
        BOOST_TEST(open[0].seq == first);
        auto const closed = duties(f, {.status = ObligationStatus::closed});
        BOOST_REQUIRE(closed.size() == 1U);
        BOOST_TEST(closed[0].seq == second);
        BOOST_TEST(closed[0].changed_by == removed);
        BOOST_TEST((closed[0].closed_at == std::optional<Millis>(removed_at)));
        BOOST_TEST(closed[0].assignee == "agent-7");
        BOOST_TEST(duties(f, {.status = ObligationStatus::all}).size() == 2U);
    });
}

BOOST_AUTO_TEST_CASE(the_queue_is_filtered_and_paged) {
    ServiceFixture f;
    f.open();
    fill(f, 6);
    std::vector<Seq> opened;
    for (int i = 0; i < 6; ++i) {
        opened.push_back(leave(f, i));
        f.clock.advance(24LL * 3600 * 1000);
    }
    f.post(change("obligation.assigned", "o1", R"({"obligation":)" + std::to_string(opened[2]) + R"(,"assignee":"agent-7"})",
                  phone(2)));
    f.post(change("review.opened", "r1", "{}", phone(3)));
    f.post(change("list.removed", "x4", R"({"list":"promo"})", phone(4)));
    auto const seqs = [&](service::ObligationFilter filter) {
        std::vector<Seq> all;
        for (auto const& row : duties(f, std::move(filter))) all.push_back(row.seq);
        return all;
    };
    for (std::size_t const limit : {1U, 2U, 100U}) {
        BOOST_TEST(seqs({.limit = limit}).size() == 6U);  // five removals and a review
        BOOST_TEST(seqs({.status = ObligationStatus::all, .limit = limit}).size() == 7U);
        BOOST_TEST((seqs({.status = ObligationStatus::closed, .limit = limit}) == std::vector<Seq>{opened[4]}));
        BOOST_TEST((seqs({.assignee = "agent-7", .limit = limit}) == std::vector<Seq>{opened[2]}));
        BOOST_TEST(seqs({.assignee = "", .limit = limit}).size() == 5U);
        BOOST_TEST(seqs({.kind = "review", .limit = limit}).size() == 1U);
        BOOST_TEST((seqs({.contact = *ids(f, {5}).begin(), .limit = limit}) == std::vector<Seq>{opened[5]}));
    }
    auto const open = duties(f, {});
    BOOST_TEST(std::is_sorted(open.begin(), open.end(), [](auto const& a, auto const& b) { return a.due_at < b.due_at; }));
    Millis const border = open[3].due_at;
    for (auto const& row : duties(f, {.due_before = border})) BOOST_TEST(row.due_at < border);
    BOOST_TEST(!duties(f, {.due_before = border}).empty());
    BOOST_TEST(duties(f, {.due_before = open[0].due_at}).empty());

    auto const queries = need(f.service->make_queries());
    auto const page = need(queries->obligations("acme", {.limit = 2}));
    BOOST_TEST(
        (code_of(queries->obligations("acme", {.kind = "review", .limit = 2, .cursor = page.next_cursor})) == errc::invalid));
    BOOST_TEST((code_of(queries->obligations("nobody", {})) == errc::not_found));
}

BOOST_AUTO_TEST_CASE(all_contacts_and_members_are_paged_and_filtered) {
    ServiceFixture f;
    f.open();
    fill(f, 9);
    f.text("STOP", "stop");  // a number of which nothing else is known
    f.post(change("contact.blocked", "b1", "{}", phone(1)));
    f.post(change("list.removed", "x2", R"({"list":"promo"})", phone(2)));
    f.post(change("list.added", "v3", R"({"list":"loose"})", phone(3)));
    f.post(change("subject.erased", "e4", "{}", phone(4)));
    everywhere(f, [&] {
        for (std::size_t const limit : {1U, 3U, 100U}) {
            BOOST_TEST(contacts(f, {.limit = limit}).size() == 10U);
            BOOST_TEST((ids(contacts(f, {.status = ContactStatus::blocked, .limit = limit})) == ids(f, {1})));
            BOOST_TEST((ids(contacts(f, {.status = ContactStatus::erased, .limit = limit})) == ids(f, {4})));
            BOOST_TEST(
                (ids(contacts(f, {.status = ContactStatus::opted_in, .limit = limit})) == ids(f, {0, 2, 3, 5, 6, 7, 8})));
            BOOST_TEST(contacts(f, {.status = ContactStatus::opted_out, .limit = limit}).size() == 3U);
            BOOST_TEST((ids(contacts(f, {.list = "promo", .limit = limit})) == ids(f, {0, 1, 3, 4, 5, 6, 7, 8})));
            BOOST_TEST((ids(contacts(f, {.list = "loose", .limit = limit})) == ids(f, {3})));
            BOOST_TEST(contacts(f, {.list = "vip", .limit = limit}).empty());
            BOOST_TEST(contacts(f, {.at_least = Level::promotional, .limit = limit}).empty());
        }
        auto const queries = need(f.service->make_queries());
        BOOST_TEST((code_of(queries->contacts("acme", {.list = "never"})) == errc::not_found));
        BOOST_TEST((code_of(queries->contacts("nobody", {})) == errc::not_found));
        BOOST_TEST((code_of(queries->contacts("acme", {.cursor = "AAAA"})) == errc::invalid));
        auto const three = contacts(f, {.list = "loose"});
        BOOST_REQUIRE(three.size() == 1U);
        BOOST_TEST(three[0].lists == 2U);
        BOOST_TEST(three[0].membership->member);
        BOOST_TEST(three[0].last_seq == three[0].membership->seq);
    });
}

BOOST_AUTO_TEST_CASE(lists_are_those_that_are_defined_and_those_that_somebody_stands_on) {
    ServiceFixture f;
    f.open();
    fill(f, 2);
    f.post(change("list.added", "v0", R"({"list":"loose"})", phone(0)));
    f.post(change("list.added", "v1", R"({"list":"zz"})", phone(0)));
    f.post(change("list.removed", "v2", R"({"list":"zz"})", phone(0)));  // nobody is left on it
    everywhere(f, [&] {
        auto const queries = need(f.service->make_queries());
        for (std::size_t const limit : {1U, 2U, 100U}) {
            std::vector<std::string> all;
            std::string cursor;
            do {
                auto const page = need(queries->lists("acme", limit, cursor));
                BOOST_TEST(page.items.size() <= limit);
                for (auto const& list : page.items) all.push_back(list.id + (list.definition ? "" : "?"));
                cursor = page.next_cursor;
            } while (!cursor.empty());
            BOOST_TEST((all == std::vector<std::string>{"loose?", "promo", "vip"}));
        }
        BOOST_TEST(need(queries->lists("acme", 100, "")).items[1].definition->purpose == "marketing");
        BOOST_TEST((code_of(queries->lists("nobody", 1, "")) == errc::not_found));
        BOOST_TEST((code_of(queries->lists("acme", 1, "x")) == errc::invalid));
    });
}

BOOST_AUTO_TEST_CASE(what_stands_of_a_definition_is_recognised_by_its_text_until_another_one_stands) {
    ServiceFixture f;
    f.open();
    std::string const digest = to_hex(consent::pack_digest(consent::texting_pack()));
    struct Setting {
        std::string kind;
        std::string one;
        std::string other;
    };
    Setting const settings[] = {
        {"list.defined", R"({"list":"promo","name":"Promo","purpose":"marketing"})",
         R"({"list":"promo","name":"Other","purpose":"marketing"})"},
        {"trigger.defined", R"({"trigger":"t1","words":["leave"],"match":"exact","class":"optout","list":"promo"})",
         R"({"trigger":"t1","words":["go"],"match":"exact","class":"optout","list":"promo"})"},
        {"actor.defined", R"({"actor":"agent-7","name":"A"})", R"({"actor":"agent-7","name":"B"})"},
        {"policy.activated", R"({"pack":"texting","rules":1,"digest":")" + digest + R"("})",
         R"({"pack":"texting","rules":1,"digest":")" + digest + R"(","overrides":{"revocation_days":5}})"},
    };
    int key = 0;
    for (auto const& setting : settings) {
        BOOST_TEST_CONTEXT(setting.kind) {
            auto const text = [&](std::string const& data) {
                return R"({"kind":")" + setting.kind + R"(","data":)" + data + "}";
            };
            auto const standing = [&](std::string const& data) {
                return need(need(f.service->make_queries())->standing("acme", *item(text(data)).change));
            };
            BOOST_TEST(standing(setting.one).current == -1);
            Seq const first = f.post(text(setting.one), "k" + std::to_string(++key)).seq;
            everywhere(f, [&] {
                auto const found = standing(setting.one);
                BOOST_TEST(found.current == first);
                BOOST_REQUIRE(found.same.has_value());
                BOOST_TEST(found.same->seq == first);
                BOOST_TEST(found.same->proof.find("index " + std::to_string(first)) != std::string::npos);
                BOOST_TEST(!standing(setting.other).same.has_value());
            });
            Seq const second = f.post(text(setting.other), "k" + std::to_string(++key)).seq;
            BOOST_TEST(standing(setting.one).current == second);
            BOOST_TEST(!standing(setting.one).same.has_value());
            BOOST_TEST(standing(setting.other).same.has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(because_names_the_entries_that_made_the_state_now_and_then) {
    ServiceFixture f;
    f.open();
    auto const seqs = [](std::vector<Seq> all) { return all; };
    Seq const added = f.post(change("contact.added", "a", R"({"origin":"manual"})", "+15550100123")).seq;
    f.post(change("contact.edited", "e", R"({"fields":["name"]})", "+15550100123"));  // changes nothing
    f.clock.advance(1'000);
    Seq const consent =
        f.post(R"({"kind":"consent.recorded","phone":"+15550100123","source":{"record":"c"},"data":{"purpose":"marketing"},)"
               R"("evidence":[{"kind":"in_person","occurred_at":")" +
               format_time(f.clock.now()) + R"(","witness":"agent-7","words":"yes"}]})")
            .seq;
    BOOST_REQUIRE((f.look().state.level == Level::informational));
    BOOST_TEST(f.look().because == seqs({added, consent}), boost::test_tools::per_element());
    f.clock.advance(1'000);
    Millis const before = f.clock.now();
    f.clock.advance(1'000);
    Seq const listed = f.post(change("list.added", "l", R"({"list":"promo"})", "+15550100123")).seq;
    BOOST_TEST(f.look().because == seqs({added, consent, listed}), boost::test_tools::per_element());
    f.clock.advance(1'000);
    Seq const stop = f.text("STOP", "m1").results.at(0).seq;
    BOOST_TEST(f.look().because == seqs({added, listed, stop}), boost::test_tools::per_element());

    auto const queries = need(f.service->make_queries());
    auto const then = need(queries->contact("acme", queries->contact_of("acme", "+15550100123"), before, std::nullopt));
    BOOST_TEST(then.because == seqs({added, consent}), boost::test_tools::per_element());
    BOOST_TEST(then.state.opted_in);
}

BOOST_AUTO_TEST_CASE(at_and_known_at_differ_where_an_opt_out_was_told_late) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "a", R"({"origin":"manual"})", "+15550100123"));
    f.clock.advance(3'600'000);
    Millis const said = f.clock.now();
    f.clock.advance(3'600'000);
    Millis const noon = f.clock.now();
    f.clock.advance(3'600'000);
    Seq const told = f.post(R"({"kind":"opt_out.request","phone":"+15550100123","source":{"record":"o"},"occurred_at":")" +
                            format_time(said) + R"(","data":{"via":"phone"}})")
                         .seq;
    auto const queries = need(f.service->make_queries());
    auto const contact = queries->contact_of("acme", "+15550100123");
    auto const true_then = need(queries->contact("acme", contact, noon, std::nullopt));
    BOOST_TEST(!true_then.state.opted_in);
    BOOST_TEST(true_then.because.back() == told);
    auto const known_then = need(queries->contact("acme", contact, std::nullopt, noon));
    BOOST_TEST(known_then.state.opted_in);
    BOOST_TEST(known_then.because.back() < told);
    BOOST_TEST(need(queries->contact("acme", contact, noon, noon)).state.opted_in);
}

BOOST_AUTO_TEST_SUITE_END()
