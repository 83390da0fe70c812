// Classifier cases as tables: a text beside what it must be, and a failure message that can be read.
#pragma once

#include "ledger/consent/classifier.hpp"

#include <boost/test/unit_test.hpp>

#include <span>
#include <string>
#include <string_view>

namespace cl::consent {

struct Case {
    std::string_view text;
    MessageClass cls;
    std::string_view keyword = {};   // not compared if empty
    std::string_view language = {};  // not compared if empty
    std::string_view match = {};     // not compared if empty
};

inline void check_cases(std::span<Case const> cases) {
    for (Case const& c : cases) {
        BOOST_TEST_CONTEXT("text: [" << c.text << "]") {
            Classification const got = classify(c.text);
            BOOST_TEST(name(got.cls) == name(c.cls));
            if (!c.keyword.empty()) BOOST_TEST(got.keyword == c.keyword);
            if (!c.language.empty()) BOOST_TEST(got.language == c.language);
            if (!c.match.empty()) BOOST_TEST(got.match == c.match);
            BOOST_TEST(got.keyword.empty() == (got.cls == MessageClass::other));
            BOOST_TEST(got.language.empty() == (got.cls == MessageClass::other));
            BOOST_TEST(got.match.empty() == (got.cls == MessageClass::other));
        }
    }
}

}  // namespace cl::consent
