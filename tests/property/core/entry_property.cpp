// Random entries survive encode and decode, and each has one form: what decodes, encodes to the same bytes.
#include "ledger/core/entry.hpp"
#include "ledger/core/limits.hpp"
#include "tests/property/core/source.hpp"

#include <set>

namespace cl {
namespace {

std::string random_id(test::Source& random) {
    static constexpr std::string_view letters = "abcxyzABCXYZ0189._:-";
    std::string out;
    for (auto length = random.number(1, 12); length > 0; --length) out += random.one_of(letters);
    return out;
}

std::string maybe_id(test::Source& random) {
    return random.coin() ? random_id(random) : std::string();
}

Millis random_time(test::Source& random) {
    return random.number(earliest_time, latest_time);
}

std::optional<Millis> maybe_time(test::Source& random) {
    return random.coin() ? std::optional(random_time(random)) : std::nullopt;
}

Evidence random_evidence(test::Source& random) {
    Evidence item;
    item.kind = random_id(random);
    item.occurred_at = maybe_time(random);
    item.digest = random.hash();
    std::set<std::string> fields;
    for (auto count = random.number(0, 4); count > 0; --count) fields.insert(random_id(random));
    item.fields.assign(fields.begin(), fields.end());
    if (random.coin()) {
        Scope scope{maybe_id(random), {}, "words and " + random_id(random)};
        for (auto count = random.number(0, 3); count > 0; --count) scope.lists.push_back(random_id(random));
        item.scope = scope;
    }
    if (random.coin()) item.for_seq = random.number(0, limits::json_integer);
    if (random.coin()) item.verified = random.coin();
    item.held_by = maybe_id(random);
    return item;
}

void add_subject(test::Source& random, Entry& entry) {
    if (!random.coin()) return;
    entry.account = "a" + std::to_string(random.number(0, 99));
    entry.account_seq = random.number(1, limits::json_integer);
    if (!random.coin()) return;
    entry.contact = random.hash();
    entry.contact_seq = entry.seq > 0 && random.coin() ? random.number(2, limits::json_integer) : 1;
    if (*entry.contact_seq > 1) entry.contact_prev = random.number(0, entry.seq - 1);
}

StateAfter random_state(test::Source& random) {
    StateAfter state{random.coin(), random.coin(), static_cast<Level>(random.number(0, 3)), std::nullopt};
    if (random.coin()) state.list = ListChange{random_id(random), random.coin()};
    return state;
}

Entry random_entry(test::Source& random) {
    static constexpr char const* actors[] = {"contact", "agent", "system", "api", "import"};
    Entry entry;
    entry.seq = random.coin() ? random.number(0, 3) : random.number(0, limits::json_integer);
    entry.prev = random.hash();
    entry.recorded_at = random_time(random);
    entry.occurred_at = maybe_time(random);
    add_subject(random, entry);
    entry.kind = "kind." + std::to_string(random.number(0, 40));
    entry.data = random.object(4);
    if (random.coin()) entry.actor = Actor{random.one_of(actors), random_id(random)};
    if (random.coin()) entry.source = Source{maybe_id(random), maybe_id(random), random_id(random)};
    entry.channel = maybe_id(random);
    entry.to = random.coin() ? "+15550199999" : maybe_id(random);
    for (auto count = random.number(0, 3); count > 0; --count) entry.evidence.push_back(random_evidence(random));
    if (random.coin()) entry.state = random_state(random);
    if (random.coin()) entry.policy = PolicyRef{random_id(random), random.number(0, limits::json_integer)};
    if (random.coin()) entry.request = RequestTag{to_hex(random.hash()), to_hex(random.hash())};
    return entry;
}

BOOST_AUTO_TEST_SUITE(entry)

BOOST_AUTO_TEST_CASE(what_is_encoded_decodes_to_the_same_entry) {
    test::Source random;
    for (int round = 0; round < 10'000; ++round) {
        Entry const entry = random_entry(random);
        auto const bytes = encode(entry);
        BOOST_REQUIRE_MESSAGE(bytes, bytes.error().detail << " " << bytes.error().pointer);
        auto const decoded = decode(*bytes);
        BOOST_REQUIRE_MESSAGE(decoded, decoded.error().detail << " " << decoded.error().pointer << "\n" << *bytes);
        BOOST_REQUIRE(*decoded == entry);
        BOOST_REQUIRE(json::write(json::parse(*bytes, limits::entry_bytes).value()) == *bytes);
        BOOST_REQUIRE(decode_envelope(*bytes).value().prev == entry.prev);
    }
}

BOOST_AUTO_TEST_CASE(damaged_bytes_are_refused_or_are_another_entry) {
    test::Source random;
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string const good = encode(random_entry(random)).value();
        std::string bytes = good;
        auto const place = static_cast<std::size_t>(random.number(0, static_cast<std::int64_t>(bytes.size()) - 1));
        switch (random.number(0, 2)) {
        case 0: bytes[place] = static_cast<char>(bytes[place] ^ (1 << random.number(0, 7))); break;
        case 1: bytes.erase(place, static_cast<std::size_t>(random.number(1, 3))); break;
        default: bytes.insert(place, 1, static_cast<char>(random.number(0, 255))); break;
        }
        if (auto const decoded = decode(bytes); decoded && bytes != good) {
            ++accepted;
            BOOST_REQUIRE(encode(*decoded).value() == bytes);
            BOOST_REQUIRE(leaf_hash(bytes) != leaf_hash(good));
        }
    }
    BOOST_TEST_MESSAGE(accepted << " damaged entries were other good entries");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
