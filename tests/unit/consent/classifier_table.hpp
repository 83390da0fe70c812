// Precision and recall of the classifier on the samples, as the tables of docs/classifier.md. The program that prints them and the
// test that compares them with the page share this file.
#pragma once

#include "tests/unit/consent/classifier_samples_english.hpp"
#include "tests/unit/consent/classifier_samples_fixture.hpp"
#include "tests/unit/consent/classifier_samples_held_out.hpp"
#include "tests/unit/consent/classifier_samples_languages.hpp"
#include "tests/unit/consent/classifier_samples_second.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::consent::samples {

inline constexpr std::size_t classes = 6;
inline constexpr std::array<std::string_view, 5> languages_promised = {"en", "es", "fr", "pt", "de"};

/// The samples that the lists were improved with.
inline std::vector<Sample> worked_on() {
    std::vector<Sample> all;
    for (std::span<Sample const> part :
         {std::span<Sample const>(fixture), std::span<Sample const>(english_keywords), std::span<Sample const>(english_reviews),
          std::span<Sample const>(english_others), std::span<Sample const>(languages), std::span<Sample const>(second_round)}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

inline std::vector<Sample> never_used() {
    return {std::begin(held_out), std::end(held_out)};
}

/// Rows: what a sample is; columns: what classify() says.
using Confusion = std::array<std::array<std::size_t, classes>, classes>;

inline Confusion confusion(std::span<Sample const> samples, std::string_view language = {}) {
    Confusion counts{};
    for (Sample const& s : samples) {
        if (!language.empty() && s.language != language) continue;
        ++counts[static_cast<std::size_t>(s.cls)][static_cast<std::size_t>(classify(s.text).cls)];
    }
    return counts;
}

struct Score {
    std::size_t cases = 0;  // of the class
    std::size_t found = 0;  // of these
    std::size_t said = 0;   // all that were taken for the class
};

inline Score score(Confusion const& counts, MessageClass cls) {
    auto const at = static_cast<std::size_t>(cls);
    Score s;
    s.found = counts[at][at];
    for (std::size_t i = 0; i < classes; ++i) {
        s.cases += counts[at][i];
        s.said += counts[i][at];
    }
    return s;
}

inline std::string share(std::size_t part, std::size_t whole) {
    if (whole == 0) return "-";
    if (part == whole) return "100 %";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return text.data();
}

inline std::string score_cells(Score const& s) {
    return std::to_string(s.cases) + " | " + share(s.found, s.said) + " | " + share(s.found, s.cases);
}

/// One row a class.
inline std::string class_table(std::span<Sample const> samples) {
    std::string out = "| class | cases | precision | recall | taken for another class |\n|---|---|---|---|---|\n";
    Confusion const counts = confusion(samples);
    for (std::size_t i = 0; i < classes; ++i) {
        auto const cls = static_cast<MessageClass>(i);
        out.append("| ").append(name(cls)).append(" | ").append(score_cells(score(counts, cls))).append(" |");
        std::string_view part = " ";
        for (std::size_t j = 0; j < classes; ++j) {
            if (i == j || counts[i][j] == 0) continue;
            out.append(part).append(std::to_string(counts[i][j])).append(" ").append(name(static_cast<MessageClass>(j)));
            part = ", ";
        }
        out += part == " " ? " - |\n" : " |\n";
    }
    return out;
}

/// One row a language, for the three classes that matter.
inline std::string language_table(std::span<Sample const> samples) {
    std::string out =
        "| language | stop: cases | precision | recall | review: cases | precision | recall | other: cases | precision | recall |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n";
    for (std::string_view language : languages_promised) {
        Confusion const counts = confusion(samples, language);
        out.append("| ").append(language);
        for (MessageClass cls : {MessageClass::stop, MessageClass::review, MessageClass::other}) {
            out.append(" | ").append(score_cells(score(counts, cls)));
        }
        out.append(" |\n");
    }
    return out;
}

/// What stands in docs/classifier.md between the marks of the same name.
inline std::vector<std::pair<std::string_view, std::string>> tables() {
    std::vector<Sample> all = worked_on();
    std::vector<Sample> const held = never_used();
    std::vector<std::pair<std::string_view, std::string>> out;
    out.emplace_back("worked on", class_table(all));
    out.emplace_back("never used", class_table(held));
    all.insert(all.end(), held.begin(), held.end());
    out.emplace_back("languages", language_table(all));
    return out;
}

}  // namespace cl::consent::samples
