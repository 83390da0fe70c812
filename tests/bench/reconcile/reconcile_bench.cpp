// Makes a ledger and a file of sends of its own, reconciles the two, and prints rows a second and the peak of memory. Sends name contacts by their
// ids or, with `numbers`, by numbers that have to be turned into ids first. About one send in a thousand comes after an opt-out.
//
//     bench_reconcile DIRECTORY CONTACTS ROWS [contacts|numbers|ndjson] [THREADS]
//
// Files that are there already with the same shape are used again.
#include "tests/support/ledger_builder.hpp"
#include "verify/reconcile/reconcile.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

using namespace cl;
using namespace cl::test;
namespace rec = verify::reconcile;

constexpr Millis day = 86'400'000;
constexpr std::string_view account = "demo";

ContactKey bench_key() {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(7);
    return ContactKey(SecretBytes(bytes));
}

/// Fictional: area code 555, seven digits.
std::string number_of(std::int64_t who) {
    std::string digits = std::to_string(1'000'000 + who % 9'000'000);
    return "+1555" + digits;
}

/// Each contact comes in with consent and joins a list; one in ten opts out a year later.
void make_ledger(std::filesystem::path const& file, std::int64_t contacts) {
    std::ofstream lines(file, std::ios::binary);
    ContactKey const key = bench_key();
    EntryMaker maker;
    merkle::Frontier frontier;
    auto const put = [&](Entry const& draft) {
        lines << maker.append(draft) << '\n';
        frontier.append(maker.last_leaf());
    };
    Entry created = maker.created();
    created.data.set("contact_key_check", to_hex(key.check_value()));
    put(created);
    put(account_draft("account.defined", {}));
    put(account_draft("list.defined", {{"list", "promo"}}));
    for (std::int64_t who = 0; who < contacts; ++who) {
        Entry in = contact_draft("opt_in.consent", "x", {{"method", "call"}});
        in.contact = key.contact(account, number_of(who));
        in.evidence = {call_evidence(maker.now())};
        in.recorded_at = start_time + 10'000 + who;
        put(in);
        Entry added = contact_draft("list.added", "x", {{"list", "promo"}});
        added.contact = in.contact;
        added.recorded_at = in.recorded_at;
        put(added);
    }
    for (std::int64_t who = 0; who < contacts; who += 10) {
        Entry stop = contact_draft("opt_out.stop", "x", {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
        stop.contact = key.contact(account, number_of(who));
        stop.recorded_at = start_time + 366 * day + who;
        put(stop);
    }
    Checkpoint const checkpoint{std::string(origin), frontier.size(), frontier.root()};
    json::Object const trailer{{"entries", maker.next()},
                               {"first_seq", 0},
                               {"last_seq", maker.next() - 1},
                               {"checkpoint", sign_checkpoint(checkpoint, *make_signer())}};
    lines << json::write(json::Value(json::Object{{"trailer", trailer}})) << '\n';
}

void make_sends(std::filesystem::path const& file, std::int64_t contacts, std::int64_t rows, std::string const& form) {
    ContactKey const key = bench_key();
    std::vector<std::string> names;
    for (std::int64_t who = 0; who < contacts; ++who) {
        names.push_back(form == "numbers" ? number_of(who) : to_hex(key.contact(account, number_of(who))));
    }
    std::ofstream out(file, std::ios::binary);
    bool const json = form == "ndjson";
    if (!json) {
        out << (form == "numbers" ? "to" : "contact") << ",sent_at,type,list,status,error_code,message_id\n";
    }
    std::uint64_t random = 1;
    std::string line;
    for (std::int64_t row = 0; row < rows; ++row) {
        random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        auto const who = static_cast<std::size_t>((random >> 33U) % static_cast<std::uint64_t>(contacts));
        Millis const at = start_time + 30 * day + row * (339 * day / rows);
        bool const campaign = (random & 1024U) != 0;
        if (json) {
            line = "{\"contact\":\"" + names[who] + "\",\"sent_at\":\"" + format_time(at) + "\",\"type\":\"" +
                   (campaign ? "campaign\",\"list\":\"promo" : "one_to_one") + "\",\"status\":\"sent\",\"message_id\":\"SM" +
                   std::to_string(row) + "\"}\n";
        } else {
            line = names[who] + "," + format_time(at) + (campaign ? ",campaign,promo" : ",one_to_one,") + ",sent,,SM" +
                   std::to_string(row) + "\n";
        }
        out << line;
    }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

long peak_megabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

int measure(rec::Options options) {
    auto const start = std::chrono::steady_clock::now();
    double ledger_done = 0;
    long ledger_peak = 0;
    options.progress = [&](std::int64_t, std::size_t, std::size_t) {
        if (ledger_done == 0) {
            ledger_done = seconds_since(start);
            ledger_peak = peak_megabytes();
        }
    };
    auto const report = rec::reconcile(std::move(options), SystemClock());
    double const all = seconds_since(start);
    if (exit_code(report) != verify::Exit::findings) {
        std::fputs(to_text(report, true).c_str(), stderr);
        return 1;
    }
    std::int64_t const rows = report.sends.counts.rows;
    std::printf("ledger   %lld entries, %lld contacts in %.2f s, peak %ld MiB\n", static_cast<long long>(report.ledger.size),
                static_cast<long long>(report.contacts), ledger_done, ledger_peak);
    std::printf("sends    %lld rows in %.2f s, %.2f M rows/s; %lld judged, %lld bad, %lld after an opt-out\n",
                static_cast<long long>(rows), all - ledger_done, static_cast<double>(rows) / (all - ledger_done) / 1e6,
                static_cast<long long>(report.sends.counts.judged), static_cast<long long>(report.sends.counts.bad_rows()),
                static_cast<long long>(report.exposure.messages));
    std::printf("peak     %ld MiB\n", peak_megabytes());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fputs("usage: bench_reconcile DIRECTORY CONTACTS ROWS [contacts|numbers|ndjson] [THREADS]\n", stderr);
        return 2;
    }
    std::filesystem::path const directory = argv[1];
    std::int64_t const contacts = std::atoll(argv[2]);
    std::int64_t const rows = std::atoll(argv[3]);
    std::string const form = argc > 4 ? argv[4] : "contacts";
    std::filesystem::create_directories(directory);
    std::filesystem::path const ledger = directory / ("ledger-" + std::to_string(contacts) + ".ndjson");
    std::filesystem::path const sends = directory / (form + "-" + std::to_string(contacts) + "-" + std::to_string(rows));
    if (!std::filesystem::exists(ledger)) {
        make_ledger(ledger, contacts);
    }
    if (!std::filesystem::exists(sends)) {
        make_sends(sends, contacts, rows, form);
    }
    std::filesystem::path const key = directory / "contact.key";
    std::ofstream(key, std::ios::binary) << std::string(32, '\x07');
    ::chmod(key.c_str(), 0600);
    rec::Options options;
    options.ledger.source = ledger;
    options.sends.path = sends;
    options.contact_key = key;
    options.workers = argc > 5 ? static_cast<unsigned>(std::atoi(argv[5])) : 0;
    return measure(std::move(options));
}
