// What the classifier is measured on: texts of our own making beside what a careful person says they are. docs/classifier.md has
// the table that comes out; a case that the classifier gets wrong stays in, so that the table says so.
//
// stop: the whole message is a keyword, however it is typed. review: somebody revokes in their own words, or sends a keyword with
// more that has to be read. other: neither. help, optout, start: the keywords of that name.
#pragma once

#include "ledger/consent/classifier.hpp"

#include <string_view>

namespace cl::consent {

struct Sample {
    std::string_view text;
    MessageClass cls;
    std::string_view language;
};

}  // namespace cl::consent
