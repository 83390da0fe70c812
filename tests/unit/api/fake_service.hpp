// A service without a ledger: answers what a test tells it to, and keeps what it was asked.
#pragma once

#include "ledger/service/service.hpp"

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cl::api::test {

/// No test of the API's asks for the record itself.
class FakeRecords final : public service::Records {
public:
    [[nodiscard]] merkle::Size size() const override { return 10; }
    [[nodiscard]] Result<Seq> seq_at(std::string_view, std::int64_t) override { return none; }
    [[nodiscard]] Result<std::string> entry(Seq) override { return none; }
    [[nodiscard]] Result<void> range(Seq, Seq, std::function<void(Seq, std::string_view)> const&) override { return none; }
    [[nodiscard]] Result<std::vector<Hash32>> inclusion(Seq, merkle::Size) override { return none; }
    [[nodiscard]] Result<std::vector<Hash32>> consistency(merkle::Size, merkle::Size) override { return none; }
    [[nodiscard]] Result<Hash32> root(merkle::Size) override { return none; }
    [[nodiscard]] Result<std::string> checkpoint(merkle::Size, std::string const&) override { return none; }
    [[nodiscard]] Result<std::optional<service::Opened>> opening(Seq, std::string_view) override { return none; }

private:
    Error const none = fail(errc::not_found, "no such entry");
};

/// An account's newest account_seq: a feed sees so many entries; negative = no feed, pages as the case below says.
using Newest = std::shared_ptr<std::atomic<std::int64_t>>;

class FakeQueries final : public service::Queries {
public:
    explicit FakeQueries(Newest newest = nullptr) : newest_(std::move(newest)) {}
    [[nodiscard]] Hash32 contact_of(std::string_view, std::string_view) const override { return Hash32{}; }
    [[nodiscard]] Result<service::ContactView> contact(std::string_view, Hash32 const& contact, std::optional<Millis>,
                                                       std::optional<Millis>) override {
        service::ContactView view;
        view.contact = contact;
        return view;
    }
    [[nodiscard]] Result<service::Page<service::EntryView>> history(std::string_view, Hash32 const&, std::size_t,
                                                                    std::string_view) override {
        return fail(errc::not_found, "There is no such contact.");
    }
    [[nodiscard]] Result<service::Page<service::EntryView>> changes(std::string_view,
                                                                    service::ChangeFilter const& filter) override {
        service::Page<service::EntryView> page;
        if (filter.after && newest_ && newest_->load() >= 0) {
            page.read_to = newest_->load();
            for (std::int64_t at = *filter.after + 1; at <= page.read_to; ++at) {
                // An actor's filter leaves all out.
                if (!filter.actor.empty()) continue;
                page.items.push_back({at, at, "{\"account_seq\":" + std::to_string(at) + "}", {}});
            }
            return page;
        }
        page.has_more = true;
        page.next_cursor = "next/" + std::to_string(filter.limit);
        page.as_of = {9, "note"};
        return page;
    }
    /// Something on the day asked for first, and nothing since.
    [[nodiscard]] Result<service::ActivityView> activity(std::string_view, Millis since) override {
        service::ActivityView view;
        view.days.push_back({since, 5, 1, 2, 1});
        view.counted_from = since;
        return view;
    }
    [[nodiscard]] Result<service::Page<service::FindingView>> findings(std::string_view, FindingFilter const&) override {
        return fail(errc::io, "SELECT secret FROM table");
    }
    [[nodiscard]] Result<service::FindingCounts> finding_counts(std::string_view) override {
        service::FindingCounts counts;
        counts.open = {0, 1, 2, 3, 4};
        return counts;
    }
    /// The first number is fine, the others have opted out in the entry of their place.
    [[nodiscard]] Result<service::CheckView> check(std::string_view, consent::CheckMessage const& message,
                                                   std::span<std::string const> numbers) override {
        service::CheckView view;
        view.as_of = {9, "note"};
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            view.results.push_back({consent::CheckReason::opted_out, static_cast<Seq>(i), Millis{1'000}});
        }
        if (!view.results.empty()) view.results[0] = {consent::CheckReason::ok, std::nullopt, std::nullopt};
        if (message.list == "broken") return fail(errc::io, "SELECT secret FROM table");
        return view;
    }
    /// One that is open, overdue and without an owner, or what the filter asks for; and one that is closed.
    [[nodiscard]] Result<service::Page<state::ObligationRow>> obligations(std::string_view,
                                                                          service::ObligationFilter const& filter) override {
        service::Page<state::ObligationRow> page;
        page.items.push_back({5, Hash32{}, "remove_from_list", "promo", 1'000, 2'000, filter.assignee.value_or(""), 5, {}});
        page.items.push_back({6, Hash32{}, "review", "", 1'000, 9'000, "agent-7", 8, Millis{4'000}});
        page.has_more = true;
        page.next_cursor = "next/" + std::to_string(filter.limit);
        return page;
    }
    [[nodiscard]] Result<service::Page<service::ListView>> lists(std::string_view, std::size_t, std::string_view) override {
        service::Page<service::ListView> page;
        page.items.push_back({"loose", std::nullopt});
        page.items.push_back({"promo", consent::ListDef{"marketing", Level::promotional, "", 3}});
        return page;
    }
    [[nodiscard]] Result<service::Page<service::ContactRow>> contacts(std::string_view,
                                                                      service::ContactFilter const& filter) override {
        if (filter.list == "nobody") return fail(errc::not_found, "There is no such list.");
        if (filter.list == "cut" && !filter.cursor.empty()) return fail(errc::io, "SELECT secret FROM table");
        service::Page<service::ContactRow> page;
        page.items.emplace_back();
        page.items[0].blocked = filter.status == service::ContactFilter::Status::blocked;
        page.items[0].level = filter.at_least;
        // Of a long list, and of one that breaks off: more pages, a contact each.
        if (filter.list == "cut" || (filter.list == "long" && filter.cursor.size() < 5)) {
            page.has_more = true;
            page.next_cursor = filter.cursor + "x";
        }
        if (!filter.list.empty()) {
            page.items[0].membership.emplace();
            page.items[0].membership->member = true;
            page.items[0].membership->seq = 4;
        }
        return page;
    }
    [[nodiscard]] Result<service::HoldsView> holds(std::string_view, std::optional<Hash32> const& contact) override {
        service::HoldsView view;
        view.holds.push_back({"case-1", 3, true});
        if (contact) view.holds.push_back({"case-2", 5, false});
        return view;
    }
    [[nodiscard]] Result<service::ErasureView> erasure(std::string_view, Hash32 const&) override {
        service::ErasureView view;
        view.erased_by = 9;
        view.openings_erased = 4;
        view.openings_left = 1;
        return view;
    }
    [[nodiscard]] Result<service::Standing> standing(std::string_view, consent::ChangeItem const& definition) override {
        service::Standing standing;
        standing.current = 3;
        standing.basis = 3;
        if (definition.data.string("purpose") == "the same") {
            standing.same.emplace();
            standing.same->status = service::ItemStatus::replayed;
            standing.same->seq = 3;
        }
        return standing;
    }
    [[nodiscard]] Result<service::AccountView> account(std::string_view account) override {
        if (account != "acme") return fail(errc::not_found, "no such account");
        return service::AccountView{std::make_shared<consent::AccountState const>(), 9};
    }
    /// Somebody who is on the lists that contacts() tells of.
    [[nodiscard]] Result<std::shared_ptr<consent::ContactState const>> state(std::string_view, Hash32 const&) override {
        auto somebody = std::make_shared<consent::ContactState>();
        for (char const* list : {"long", "cut"}) somebody->lists[list].member = true;
        return somebody;
    }
    [[nodiscard]] Result<std::vector<Seq>> chain(std::string_view, Hash32 const&) override {
        return fail(errc::not_found, "There is no such contact.");
    }
    [[nodiscard]] Result<service::EntryView> view(std::string_view, Seq) override {
        return fail(errc::not_found, "no such entry");
    }
    [[nodiscard]] Result<std::optional<std::string>> opening(Seq, std::string_view) override {
        return std::optional<std::string>();
    }
    [[nodiscard]] Result<service::CustodyView> custody(std::string_view, Hash32 const&) override {
        return service::CustodyView{};
    }
    [[nodiscard]] Result<std::string> entry(service::Principal const&, Seq seq) override {
        return "{\"seq\":" + std::to_string(seq) + "}";
    }
    [[nodiscard]] Result<std::string> proof(service::Principal const&, Seq) override { return std::string("proof"); }
    [[nodiscard]] Result<std::string> tile(tile::Coord const&) override { return std::string(32, 'x'); }
    [[nodiscard]] service::Records& records() override { return records_; }

private:
    FakeRecords records_;
    Newest newest_;
};

class FakeService final : public service::Service {
public:
    void append(service::AppendRequest request, service::AppendDone done) override {
        service::AppendAnswer answer;
        answer.checkpoint = "note";
        for (service::AppendItem const& item : request.items) {
            service::ItemResult result;
            result.correlation_id = item.correlation_id;
            if (item.fault) {
                result.problem = item.fault;
            } else if (item_problem) {
                result.problem = item_problem;
            } else {
                result.status = status;
                result.seq = 7;
                result.state = StateAfter{};
                result.entry = std::make_shared<std::string const>("{}");
                result.proof = "proof";
            }
            answer.results.push_back(std::move(result));
        }
        {
            std::lock_guard const lock(mutex);
            asked.push_back(std::move(request));
            asked_on = std::this_thread::get_id();
        }
        if (busy_times-- > 0) {
            done(fail(errc::busy, "the queue is full"));
        } else if (whole_failure && --good_appends < 0) {
            done(*whole_failure);
        } else {
            done(std::move(answer));
        }
    }
    void inbound(service::InboundRequest, service::InboundDone done) override {
        if (whole_failure) {
            done(*whole_failure);
            return;
        }
        service::InboundAnswer answer;
        answer.cls = consent::InboundClass::help;
        answer.reply_text = "reply";
        answer.ignored = ignored;
        done(std::move(answer));
    }
    [[nodiscard]] Result<service::NewToken> create_token(service::TokenWish const& wish) override {
        wished = wish;
        return service::NewToken{"made", "cl_made"};
    }
    [[nodiscard]] Result<service::NewToken> rotate_token(service::TokenRotation const& rotation) override {
        rotated = rotation;
        return service::NewToken{"next", "cl_next"};
    }
    [[nodiscard]] Result<service::TokenView> revoke_token(std::string const& id, std::string const& account,
                                                          service::Principal const&) override {
        if (id != "t1" || (!account.empty() && account != "acme")) return fail(errc::not_found, "There is no such token.");
        return service::TokenView{id, consent::Role::writer, {"acme"}, 1'000, 9'000, 5'000, std::nullopt};
    }
    [[nodiscard]] service::TokenPage tokens(std::string const& account, std::string const& after, std::size_t) const override {
        service::TokenPage page;
        page.items.push_back({"t1", consent::Role::writer, {account.empty() ? "*" : account}, 1'000, 9'000, {}, 60'000});
        if (after.empty()) page.next = "t1";
        return page;
    }
    /// Besides those below, `<role>@<account>`; `revoked`, `expired` and `unready` are what they say.
    [[nodiscard]] service::Authentication authenticate(std::string_view bearer) const override {
        if (auto const at = bearer.find('@'); at != std::string_view::npos) {
            if (auto const role = consent::role_from(bearer.substr(0, at))) {
                return service::Principal{std::string(bearer), *role, {std::string(bearer.substr(at + 1))}};
            }
        }
        if (bearer == "writer") return service::Principal{"t", consent::Role::writer, {"acme"}};
        if (bearer == "writer2") return service::Principal{"t2", consent::Role::writer, {"acme"}};
        if (bearer == "sender") return service::Principal{"t", consent::Role::sender, {"acme"}};
        if (bearer == "admin") return service::Principal{"t", consent::Role::admin, {"acme"}};
        if (bearer == "auditor") return service::Principal{"t", consent::Role::auditor, {"acme"}};
        if (bearer == "everything") return service::Principal{"t", consent::Role::auditor, {"*"}};
        Error const error = fail(errc::unauthorized, "The token is not valid.");
        if (bearer == "revoked") return service::AuthRefusal{service::AuthFault::revoked, "t9", error};
        if (bearer == "expired") return service::AuthRefusal{service::AuthFault::expired, "t9", error};
        if (bearer == "unready") {
            return service::AuthRefusal{service::AuthFault::not_ready, {}, fail(errc::not_ready, "starting")};
        }
        return service::AuthRefusal{service::AuthFault::unknown, {}, error};
    }
    [[nodiscard]] bool knows_account(std::string_view account) const override { return account != "nobody"; }
    [[nodiscard]] bool in_force(std::string_view) const override { return tokens_in_force; }
    [[nodiscard]] std::string checkpoint() const override { return note; }
    [[nodiscard]] note::VerifierKey verifier_key() const override { return {"ledger.example.com", 1, {}}; }
    [[nodiscard]] std::string origin() const override { return "ledger.example.com"; }
    [[nodiscard]] std::vector<service::Check> checks() const override {
        return {{"writer", not_ready}, {"disk", std::nullopt}};
    }
    void on_published(std::function<void(std::string_view account)> listener) override {
        std::lock_guard const lock(listener_mutex);
        published = std::move(listener);
    }
    [[nodiscard]] std::optional<Error> readiness() const override { return not_ready; }
    [[nodiscard]] Result<void> wait_until_ready() override { return {}; }
    [[nodiscard]] service::Stats stats() const override { return {}; }
    [[nodiscard]] Result<std::unique_ptr<service::Queries>> make_queries() override {
        if (no_queries) {
            return *no_queries;
        }
        return std::make_unique<FakeQueries>(newest);
    }
    void stop() override {}

    service::ItemStatus status = service::ItemStatus::recorded;
    std::optional<Error> whole_failure;
    std::optional<Error> item_problem;
    std::string note = "checkpoint\n";
    std::atomic<int> good_appends{0};  ///< before whole_failure
    std::atomic<int> busy_times{0};    ///< appends that find the queue full
    Newest newest = std::make_shared<std::atomic<std::int64_t>>(-1);
    /// An entry of the account was published.
    void publish(std::string_view account) {
        std::lock_guard const lock(listener_mutex);
        if (published) published(account);
    }
    std::mutex listener_mutex;
    std::function<void(std::string_view)> published;  // guarded by listener_mutex
    std::optional<Error> not_ready;
    std::optional<Error> no_queries;
    bool ignored = false;
    std::atomic<bool> tokens_in_force = true;
    std::optional<service::TokenWish> wished;
    std::optional<service::TokenRotation> rotated;
    std::mutex mutex;
    std::vector<service::AppendRequest> asked;  // guarded by mutex
    std::thread::id asked_on;                   // guarded by mutex
};

}  // namespace cl::api::test
