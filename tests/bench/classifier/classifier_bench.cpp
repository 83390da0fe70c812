// The classifier measured: the tables of docs/classifier.md, the samples that it gets wrong, and its speed on one core.
//   bench_classifier                the tables
//   bench_classifier --wrong        each sample that is taken for another class
//   bench_classifier --speed [FILE] messages a second, of the samples or of the lines `label<TAB>text` of FILE
#include "ledger/consent/screen.hpp"
#include "tests/unit/consent/classifier_table.hpp"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace cl::consent;

void print_tables() {
    for (auto const& [title, table] : samples::tables()) std::cout << title << "\n" << table << "\n";
}

void print_wrong(std::string_view title, std::vector<Sample> const& all) {
    std::cout << "== " << title << ": " << all.size() << " samples\n";
    for (Sample const& s : all) {
        Classification const got = classify(s.text);
        if (got.cls == s.cls) continue;
        std::cout << name(s.cls) << " taken for " << name(got.cls) << " (" << got.keyword << "), " << s.language << ": "
                  << s.text << '\n';
    }
}

std::vector<std::string> messages(char const* file) {
    std::vector<std::string> all;
    if (file == nullptr) {
        for (Sample const& s : samples::worked_on()) all.emplace_back(s.text);
        for (Sample const& s : samples::never_used()) all.emplace_back(s.text);
        return all;
    }
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) all.push_back(line.substr(line.find('\t') + 1));
    return all;
}

// Passes over all messages for two seconds; the best of five stretches, so that a neighbour on the core does not count.
template <class Work>
double a_second(std::vector<std::string> const& all, Work const& work) {
    using Clock = std::chrono::steady_clock;
    double best = 0;
    for (int stretch = 0; stretch < 5; ++stretch) {
        auto const start = Clock::now();
        std::size_t count = 0;
        double seconds = 0;
        while (seconds < 0.4) {
            for (std::string const& text : all) work(text);
            count += all.size();
            seconds = std::chrono::duration<double>(Clock::now() - start).count();
        }
        best = std::max(best, static_cast<double>(count) / seconds);
    }
    return best;
}

int print_speed(char const* file) {
    std::vector<std::string> const all = messages(file);
    if (all.empty()) {
        std::cerr << "no messages\n";
        return 1;
    }
    std::size_t bytes = 0;
    for (std::string const& text : all) bytes += text.size();
    std::cout << all.size() << " messages of " << bytes / all.size() << " bytes on average, one core\n";
    std::size_t seen = 0;  // printed, so that no work is left out
    double const classified =
        a_second(all, [&](std::string const& text) { seen += static_cast<std::size_t>(classify(text).cls); });
    std::cout << "classify: " << static_cast<std::uint64_t>(classified) << " messages a second\n";
    double const screened = a_second(all, [&](std::string const& text) { seen += screen(text).phi_suspected() ? 1U : 0U; });
    std::cout << "screen:   " << static_cast<std::uint64_t>(screened) << " messages a second\n";
    return seen == 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const wish = argc > 1 ? argv[1] : "";
    if (wish == "--speed") return print_speed(argc > 2 ? argv[2] : nullptr);
    if (wish == "--wrong") {
        print_wrong("worked on", samples::worked_on());
        print_wrong("never used", samples::never_used());
        return 0;
    }
    if (!wish.empty()) {
        std::cerr << "bench_classifier [--wrong | --speed [FILE]]\n";
        return 2;
    }
    print_tables();
    return 0;
}
