// The head file: the newer of two slots, and what is left when one is torn or altered.
#include "ledger/core/head_slots.hpp"

#include "tests/unit/core/samples.hpp"

namespace cl::head_slots {
namespace {

std::string slot(std::uint64_t generation, std::string_view note) {
    return encode(generation, note).value();
}

BOOST_AUTO_TEST_SUITE(head_slots_)

BOOST_AUTO_TEST_CASE(a_slot_has_its_bytes_in_place) {
    std::string const bytes = slot(0x0102, "note");
    BOOST_TEST(bytes.size() == slot_bytes);
    BOOST_TEST(to_hex(bytes.substr(0, 26)) == to_hex("CLHEAD01") + "0000000000000102" + "00000004" + to_hex("note") + "0000");
    auto const read = slot_at(bytes, 0);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->generation == 0x0102U);
    BOOST_TEST(read->note == "note");
}

BOOST_AUTO_TEST_CASE(the_higher_generation_wins_in_either_place) {
    auto const first = newest(slot(8, "new") + slot(7, "old"));
    BOOST_TEST(first->note == "new");
    BOOST_TEST(first->place == 0);
    auto const second = newest(slot(8, "old") + slot(9, "new"));
    BOOST_TEST(second->note == "new");
    BOOST_TEST(second->place == 1);
}

BOOST_AUTO_TEST_CASE(a_torn_write_leaves_the_other_slot) {
    std::string const older = slot(7, "old");
    std::string const newer = slot(8, "new");
    for (std::size_t const written : {std::size_t{0}, std::size_t{1}, std::size_t{20}, std::size_t{512}, slot_bytes - 1}) {
        std::string const torn = newer.substr(0, written) + std::string(slot_bytes - written, '\0');
        BOOST_TEST(newest(older + torn)->note == "old");
        BOOST_TEST(newest(torn + older)->note == "old");
        BOOST_TEST(newest(older + newer.substr(0, written))->note == "old");
    }
}

BOOST_AUTO_TEST_CASE(each_changed_byte_spoils_its_slot) {
    std::string const good = slot(7, "note");
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 0x20);
        if (slot_at(changed, 0)) BOOST_ERROR("byte " << i);
    }
}

BOOST_AUTO_TEST_CASE(nothing_valid_is_nothing) {
    for (auto const& file :
         {std::string(), std::string("CLHEAD01"), std::string(file_bytes, '\0'), std::string(3 * file_bytes, 'x')}) {
        BOOST_TEST(!newest(file).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_note_fills_the_room_and_no_more) {
    BOOST_TEST(slot_at(slot(1, std::string(note_room, 'x')), 0)->note.size() == note_room);
    BOOST_CHECK(encode(1, std::string(note_room + 1, 'x')).error().code == errc::too_large);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::head_slots
