// Projections against maps: random batches, flushes, restarts, kills and resets, with random limits. Whatever happens, a reader sees
// what the maps say; after a kill, what they said at the watermark that the file came back with.
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace cl::state::test {
namespace {

struct Model {
    std::map<std::pair<std::string, std::uint64_t>, std::int64_t> contacts;
    std::map<std::uint64_t, RequestRecord> requests;
    std::map<std::pair<std::string, std::int64_t>, Seq> index;
    std::map<std::tuple<std::string, Seq, std::string>, FindingRow> findings;
    std::map<std::string, std::int64_t> accounts;
    std::map<std::string, TokenRecord> tokens;
    std::map<std::pair<std::string, ObligationKey>, ObligationRow> duties;
    std::map<ListRef, std::map<Hash32, bool>> members;
    std::map<std::string, Seq> policies;
};

std::array<std::string, 3> const account_names{"acme", "acme-2", "zeta"};
constexpr int contact_count = 40;

class Run {
public:
    explicit Run(std::uint64_t seed) : random_(seed) { reopen(); }

    void step() {
        auto const dice = pick(100);
        if (dice < 70) {
            merge();
        } else if (dice < 80) {
            check_all();
        } else if (dice < 86) {
            must(projections_->close());
            reopen();
            BOOST_TEST(watermark_ == newest_);
        } else if (dice < 92) {
            reopen();  // as if killed
        } else if (dice < 94) {
            must(projections_->reset());
            watermark_ = 0;
        } else {
            reader_ = must(projections_->make_reader());
        }
        recall();
        check_some();
    }

    void check_all() {
        for (auto const& account : account_names) {
            for (std::uint64_t contact = 0; contact < contact_count; ++contact) check_contact(account, contact);
            for (std::int64_t number = 0; number < newest_ + 2; ++number) check_index(account, number);
            check_findings(account, {}, 10'000);
            for (bool const closed : {false, true}) check_duties(account, closed, 1 + pick(7));
            for (auto const* list : {"promo", "vip"}) check_members({account, list}, 1 + pick(7));
            check_lists(account);
            BOOST_TEST((reader_->policy(account) == policy_of(account)));
            check_account(account);
        }
        for (std::uint64_t request = 0; request < contact_count; ++request) check_request(request);
        for (int id = 0; id < 5; ++id) check_token("t_" + std::to_string(id));
    }

private:
    std::uint64_t pick(std::uint64_t count) { return std::uniform_int_distribution<std::uint64_t>(0, count - 1)(random_); }
    std::string const& pick_account() { return account_names[pick(account_names.size())]; }

    void reopen() {
        reader_.reset();
        projections_.reset();
        Options const options{.buffer_bytes = pick(3) == 0 ? std::size_t{64 << 20} : 1 + pick(200'000),
                              .flush_ms = pick(2) == 0 ? 0 : 3'600'000};
        projections_ = open(dir_ / "state.db", identity(), options);
        reader_ = must(projections_->make_reader());
        watermark_ = projections_->watermark().size;
        BOOST_TEST((watermark_ == 0 || projections_->watermark() == watermark(watermark_)));
    }

    /// Goes back to the model of the watermark.
    void recall() {
        if (watermark_ == newest_) return;
        BOOST_REQUIRE(watermark_ == 0 || models_.contains(watermark_));
        models_.erase(models_.upper_bound(watermark_), models_.end());
        newest_ = watermark_;
    }

    void merge() {
        while (!projections_->room_for_batch()) projections_->wait_for_room();
        Model model = models_[newest_];
        BatchChanges batch;
        auto const entries = pick(30);
        for (std::uint64_t entry = 0; entry < entries; ++entry)
            change(model, batch, newest_ + static_cast<std::int64_t>(entry));
        // Findings are raised first and cured second.
        for (auto const& raised : batch.raised) {
            model.findings[{raised.account, raised.row.finding.seq, raised.row.finding.id}] = raised.row;
        }
        for (auto const& [account, closed] : batch.closed) {
            auto const row = model.findings.find({account, closed.seq, closed.id});
            if (row != model.findings.end()) row->second.closed_by = closed.by;
        }
        newest_ += static_cast<std::int64_t>(entries) + 1;
        projections_->merge(std::move(batch), watermark(newest_));
        models_[newest_] = std::move(model);
        watermark_ = newest_;
        BOOST_TEST((projections_->watermark() == watermark(newest_)));
    }

    void change(Model& model, BatchChanges& batch, std::int64_t number) {
        auto const& account = pick_account();
        auto const contact = pick(contact_count);
        batch.contacts[ContactKeyRef{account, hash(contact)}] = contact_state(number);
        model.contacts[{account, contact}] = number;
        RequestRecord const record{number, hash(pick(1'000))};
        auto const request = pick(contact_count);
        batch.requests[hash(request)] = record;
        model.requests[request] = record;
        auto const account_seq = static_cast<std::int64_t>(pick(static_cast<std::uint64_t>(newest_) + 2));
        batch.index.push_back({account, account_seq, number});
        model.index[{account, account_seq}] = number;
        auto const about = static_cast<Seq>(pick(30));
        auto const id = pick(2) == 0 ? std::string("CL-001") : std::string("CL-030");
        if (pick(2) == 0) {
            batch.raised.push_back({account, finding(about, id, "entry " + std::to_string(number))});
        } else {
            batch.closed.push_back({account, {id, about, number}});
        }
        change_lists(model, batch, account, contact, number);
        batch.accounts[account] = account_state(number);
        model.accounts[account] = number;
        if (pick(5) == 0) {
            auto const made = token("t_" + std::to_string(pick(5)), pick(2) == 0);
            batch.tokens.push_back(made);
            model.tokens[made.id] = made;
        }
    }

    void change_lists(Model& model, BatchChanges& batch, std::string const& account, std::uint64_t contact, Seq number) {
        ObligationRow row;
        row.seq = static_cast<Seq>(pick(20));
        row.due_at = 1'000 - row.seq / 2;  // an obligation's due date does not change, and some have the same
        row.contact = hash(contact);
        row.kind = "review";
        row.assignee = "agent-" + std::to_string(number);
        row.changed_by = number;
        auto& known = model.duties[{account, {row.due_at, row.seq}}];
        bool const closed = known.closed_at.has_value();  // what is closed stays closed
        if (closed || pick(3) == 0) row.closed_at = 5'000 + number;
        known = row;
        batch.duties.push_back({account, row});
        ListRef const list{account, pick(2) == 0 ? "promo" : "vip"};
        bool const member = pick(2) == 0;
        batch.members[list].push_back({hash(contact), member});
        model.members[list][hash(contact)] = member;
        if (pick(10) == 0) batch.policies[account] = model.policies[account] = number;
    }

    std::optional<Seq> policy_of(std::string const& account) {
        auto const& known = models_[newest_].policies;
        auto const found = known.find(account);
        return found == known.end() ? std::nullopt : std::optional(found->second);
    }

    /// All pages of that size together, of those that are what they were asked for.
    void check_duties(std::string const& account, bool closed, std::size_t size) {
        std::vector<ObligationRow> expected;
        for (auto const& [key, row] : models_[newest_].duties) {
            if (key.first == account && row.closed_at.has_value() == closed) expected.push_back(row);
        }
        std::vector<ObligationRow> found;
        for (ObligationKey after;;) {
            auto const page = must(reader_->obligations(account, closed, after, size));
            for (auto const& row : page) {
                if (row.closed_at.has_value() == closed) found.push_back(row);
            }
            if (page.size() < size) break;
            after = {page.back().due_at, page.back().seq};
        }
        BOOST_TEST((found == expected));
    }

    /// Nobody on the list is left out, nobody who never was on it is named, and the order holds.
    void check_members(ListRef const& list, std::size_t size) {
        std::vector<Hash32> found;
        for (std::optional<Hash32> after;;) {
            auto const page = must(reader_->members(list, after, size));
            found.insert(found.end(), page.begin(), page.end());
            if (page.size() < size) break;
            after = page.back();
        }
        BOOST_TEST(std::is_sorted(found.begin(), found.end()));
        auto const& known = models_[newest_].members[list];
        for (auto const& [contact, member] : known) {
            if (member) BOOST_TEST(std::binary_search(found.begin(), found.end(), contact));
        }
        for (auto const& contact : found) BOOST_TEST(known.contains(contact));
    }

    void check_lists(std::string const& account) {
        auto const found = must(reader_->lists_in_use(account, "", 100));
        BOOST_TEST(std::is_sorted(found.begin(), found.end()));
        for (auto const& [list, contacts] : models_[newest_].members) {
            bool const anybody = std::any_of(contacts.begin(), contacts.end(), [](auto const& one) { return one.second; });
            if (list.account == account && anybody) BOOST_TEST(std::binary_search(found.begin(), found.end(), list.list));
        }
    }

    void check_some() {
        for (int look = 0; look < 10; ++look) {
            auto const& account = pick_account();
            check_contact(account, pick(contact_count));
            check_request(pick(contact_count));
            check_index(account, static_cast<std::int64_t>(pick(static_cast<std::uint64_t>(newest_) + 2)));
            check_account(account);
            check_token("t_" + std::to_string(pick(5)));
        }
        auto const id = pick(2) == 0 ? std::string() : std::string("CL-001");
        check_findings(pick_account(), {static_cast<Seq>(pick(32)) - 1, id}, pick(12));
    }

    void check_contact(std::string const& account, std::uint64_t contact) {
        auto const& known = models_[newest_].contacts;
        auto const expected = known.find({account, contact});
        auto const found = must(reader_->contact(account, hash(contact)));
        BOOST_REQUIRE(static_cast<bool>(found) == (expected != known.end()));
        if (found) BOOST_TEST((*found == *contact_state(expected->second)));
    }

    void check_request(std::uint64_t request) {
        auto const& known = models_[newest_].requests;
        auto const expected = known.find(request);
        auto const found = must(reader_->request(hash(request)));
        BOOST_REQUIRE(found.has_value() == (expected != known.end()));
        if (found) BOOST_TEST((*found == expected->second));
    }

    void check_index(std::string const& account, std::int64_t number) {
        auto const& known = models_[newest_].index;
        auto const expected = known.find({account, number});
        auto const found = must(reader_->seq_at(account, number));
        BOOST_REQUIRE(found.has_value() == (expected != known.end()));
        if (found) BOOST_TEST(*found == expected->second);
    }

    void check_account(std::string const& account) {
        auto const& known = models_[newest_].accounts;
        auto const expected = known.find(account);
        auto const found = reader_->account(account);
        BOOST_REQUIRE(static_cast<bool>(found) == (expected != known.end()));
        if (found) BOOST_TEST((*found == *account_state(expected->second)));
    }

    void check_token(std::string const& id) {
        auto const& known = models_[newest_].tokens;
        auto const expected = known.find(id);
        auto const found = reader_->token(id);
        BOOST_REQUIRE(found.has_value() == (expected != known.end()));
        if (found) BOOST_TEST((*found == expected->second));
    }

    void check_findings(std::string const& account, Reader::FindingKey const& after, std::size_t limit) {
        auto const& known = models_[newest_].findings;
        std::vector<FindingRow> expected;
        for (auto row = known.upper_bound({account, after.seq, after.id});
             row != known.end() && std::get<0>(row->first) == account && expected.size() < limit; ++row) {
            expected.push_back(row->second);
        }
        BOOST_TEST((must(reader_->findings(account, after, limit)) == expected));
    }

    std::mt19937_64 random_;
    TempDir const dir_;
    std::unique_ptr<Projections> projections_;
    std::unique_ptr<Reader> reader_;
    std::map<std::int64_t, Model> models_;  // by watermark
    std::int64_t newest_ = 0;               // the model that readers must agree with
    std::int64_t watermark_ = 0;            // as the projections say after a restart
};

std::uint64_t first_seed() {
    if (auto const* given = std::getenv("CL_TEST_SEED")) return std::strtoull(given, nullptr, 10);
    return std::random_device{}();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(model)

BOOST_AUTO_TEST_CASE(projections_agree_with_maps_through_flushes_restarts_kills_and_resets) {
    auto const first = first_seed();
    for (std::uint64_t seed = first; seed < first + 4; ++seed) {
        BOOST_TEST_MESSAGE("CL_TEST_SEED=" << seed);
        BOOST_TEST_CONTEXT("CL_TEST_SEED=" << seed) {
            Run run(seed);
            for (int step = 0; step < 150; ++step) run.step();
            run.check_all();
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
