// The classifier on bytes that somebody prepared: disguises that must not get past it, garbage that must not hurt it.
#include "tests/unit/consent/classified.hpp"

#include <iostream>
#include <random>

namespace cl::consent {

using enum MessageClass;

namespace {

std::string repeat(std::string_view part, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += part;
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(classifier_hostile)

BOOST_AUTO_TEST_CASE(disguises) {
    Case const cases[] = {
        {"\u0405\u0422\u041E\u0420", stop, "stop", "en", "typo"},       // Cyrillic
        {"ST\u03BFP", stop, "stop", "en", "typo"},                      // Greek omicron
        {"S\u200bT\u200cO\u200dP\ufeff", stop, "stop", "en", "whole"},  // zero width
        {"S\u0336T\u0336O\u0336P\u0336", stop, "stop", "en", "whole"},  // struck through
        {"s\u0301t\u0308o\u0303p\u0323", stop, "stop", "en", "whole"},  // accents
        {"\u202eSTOP\u202c", stop, "stop", "en", "whole"},              // direction override
        {"\U0001D412\U0001D413\U0001D40E\U0001D40F", stop, "stop"},     // mathematical bold
        {"\U0001D4E2\U0001D4E3\U0001D4DE\U0001D4DF", stop, "stop"},     // mathematical script
        {"\u24C8\u24C9\u24C4\u24C5", stop, "stop"},                     // circled
        {"\U0001F142\U0001F143\U0001F13E\U0001F13F", stop, "stop"},     // squared
        {"\uA731\u1D1B\u1D0F\u1D18", stop, "stop"},                     // small capitals
        {"STOP\u00a0", stop, "stop", "en", "whole"},
        {"\u3000STOP\u3002", stop, "stop", "en", "whole"},
        {"ŠŤÖP", stop, "stop", "en", "whole"},
        {"STOP\U0001F645\u200d\u2640\ufe0f", stop, "stop", "en", "whole"},
        {"\u2066STOP\u2069\U000E0067", stop, "stop", "en", "whole"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(invalid_utf8_separates) {
    using namespace std::string_view_literals;
    Case const cases[] = {
        {"STOP\xff", stop, "stop", "en", "whole"},
        {"\xfe\xffSTOP", stop, "stop", "en", "whole"},
        {"S\0T\0O\0P\0"sv, stop, "stop", "en", "whole"},  // UTF-16 taken for bytes
        {"ST\xc3", other},                                // cut in the middle of a character
        {"STOP\xe2\x80", stop, "stop", "en", "whole"},
        {"\xc1\x93TOP", other},              // overlong S
        {"STOP\xed\xa0\x80", stop, "stop"},  // surrogate
        {"STOP\xf4\x90\x80\x80", stop, "stop"},
        {"\xff\xfe\x80\xc3\x28", other},
    };
    check_cases(cases);
}

// With anything but linear time these would not end.
BOOST_AUTO_TEST_CASE(huge_texts) {
    constexpr std::size_t megabytes = 4U << 20U;
    BOOST_TEST(name(classify(repeat("stop by the road ", megabytes)).cls) == "other");
    BOOST_TEST(name(classify(repeat("please thank you ", megabytes)).cls) == "other");
    BOOST_TEST(name(classify(repeat("please ", megabytes) + "x " + repeat("cancel my ", megabytes)).cls) == "other");
    BOOST_TEST(name(classify(repeat("do not do not take me opt ", megabytes)).cls) == "other");
    BOOST_TEST(name(classify(repeat("stop, ", megabytes)).cls) == "review");
    BOOST_TEST(name(classify(repeat("next stop, ", megabytes)).cls) == "other");
    BOOST_TEST(name(classify(std::string(megabytes, 's')).cls) == "other");
    BOOST_TEST(name(classify(std::string(megabytes, '\xff')).cls) == "other");
    BOOST_TEST(name(classify(repeat("\u0301", megabytes) + "stop").cls) == "stop");
    BOOST_TEST(name(classify("st" + repeat("\u200b", megabytes) + "op").cls) == "stop");
    BOOST_TEST(name(classify(repeat("x y ", megabytes) + "leave me alone").cls) == "review");
}

BOOST_AUTO_TEST_CASE(random_bytes) {
    auto const seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    std::mt19937 random(seed);
    constexpr std::string_view parts[] = {
        "stop", " ",  ".",   "please", "opt", "out",          "\xd1",     "\x85", "\xef\xbc", "s",    "t",      "o", "p",
        "0",    "\n", "not", "text",   "me",  "\xe2\x80\x8b", "\xcc\x81", "now",  "all",      "\xff", "cancel", "my"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto n = random() % 24; n > 0; --n) {
            if (random() % 4 == 0) {
                text += static_cast<char>(random() % 256);
            } else {
                text += parts[random() % std::size(parts)];
            }
        }
        Classification const got = classify(text);
        BOOST_REQUIRE(got.keyword.empty() == (got.cls == other));
        // what is compared is the folded text, except that a sentence's end is punctuation
        if (got.cls != review && got.cls != other) BOOST_REQUIRE(classify(fold(text)).cls == got.cls);
    }
}

// Case, width and decoration never change what a keyword is.
BOOST_AUTO_TEST_CASE(random_spelling) {
    auto const seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    std::mt19937 random(seed);
    constexpr std::string_view keywords[] = {"stop", "quit", "end", "revoke", "cancel", "unsubscribe", "arret", "baja", "sair"};
    constexpr std::string_view around[] = {"",       "",     " ", ".",  "!",    "\n",     "\u200b",
                                           "\u0301", "🛑", "'", "\"", "\xff", "\ufe0f", "…"};
    auto const any = [&] { return around[random() % std::size(around)]; };
    for (int round = 0; round < 20'000; ++round) {
        std::string_view const keyword = keywords[random() % std::size(keywords)];
        std::string text{any()};
        for (char c : keyword) {
            switch (random() % 3) {
            case 0: text += c; break;
            case 1: text += static_cast<char>(c - 'a' + 'A'); break;
            default:  // full-width
                text += "\xef\xbd";
                text += static_cast<char>(0x81 + (c - 'a'));
            }
            text += any();
        }
        BOOST_TEST_CONTEXT("text: [" << text << "]") {
            Classification const got = classify(text);
            BOOST_REQUIRE(name(got.cls) == "stop");
            BOOST_REQUIRE(got.keyword == keyword);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
