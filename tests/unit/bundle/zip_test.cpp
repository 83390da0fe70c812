#include "ledger/bundle/zip.hpp"

#include "tests/unit/bundle/account.hpp"

using namespace cl::bundle;
using cl::bundle::test::little;

namespace {

constexpr std::uint64_t giant = 5'000'000'000;

std::size_t find(std::string const& zip, char const* mark, std::size_t from = 0) {
    std::size_t const at = zip.find(mark, from);
    BOOST_REQUIRE(at != std::string::npos);
    return at;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(zip)

BOOST_AUTO_TEST_CASE(a_small_file_has_no_time_no_owner_and_no_extra_field) {
    Zip zip;
    std::string out;
    zip.add("a/b.txt", 3, 0x11223344, out);
    BOOST_TEST(out.size() == 30u + 7u);
    BOOST_TEST(little(out, 4, 2) == 20u);
    BOOST_TEST(little(out, 6, 2) == 0u);          // no flags: no data descriptor
    BOOST_TEST(little(out, 8, 2) == 0u);          // stored
    BOOST_TEST(little(out, 10, 4) == 0x210000u);  // 1980-01-01 00:00:00
    BOOST_TEST(little(out, 14, 4) == 0x11223344u);
    BOOST_TEST(little(out, 18, 4) == 3u);
    BOOST_TEST(little(out, 22, 4) == 3u);
    BOOST_TEST(little(out, 28, 2) == 0u);
    out += "abc";
    zip.end(out);
    std::size_t const entry = find(out, "PK\x01\x02");
    BOOST_TEST(entry == 40u);
    BOOST_TEST(little(out, entry + 38, 4) == std::uint64_t{0100644} << 16);
    std::size_t const end = find(out, "PK\x05\x06");
    BOOST_TEST(little(out, end + 10, 2) == 1u);
    BOOST_TEST(little(out, end + 16, 4) == entry);
    BOOST_TEST(out.size() == end + 22);
    BOOST_TEST((out.find("PK\x06\x06") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_file_above_four_gigabytes_and_what_follows_it_are_zip64) {
    Zip zip;
    std::string out;
    zip.add("large", giant, 1, out);
    BOOST_TEST(little(out, 4, 2) == 45u);
    BOOST_TEST(little(out, 18, 4) == 0xFFFFFFFFu);
    BOOST_TEST(little(out, 28, 2) == 20u);
    std::size_t const extra = 30 + 5;
    BOOST_TEST(little(out, extra, 2) == 1u);
    BOOST_TEST(little(out, extra + 4, 8) == giant);
    BOOST_TEST(little(out, extra + 12, 8) == giant);
    std::uint64_t const second = out.size() + giant;  // where it would be
    zip.add("small", 1, 2, out);
    std::string directory;
    zip.end(directory);
    std::size_t const of_second = find(directory, "PK\x01\x02", 10);
    BOOST_TEST(little(directory, of_second + 24, 4) == 1u);
    BOOST_TEST(little(directory, of_second + 42, 4) == 0xFFFFFFFFu);
    BOOST_TEST(little(directory, of_second + 30, 2) == 12u);
    BOOST_TEST(little(directory, of_second + 46 + 5 + 4, 8) == second);
    std::size_t const record = find(directory, "PK\x06\x06");
    BOOST_TEST(little(directory, record + 32, 8) == 2u);
    BOOST_TEST(little(directory, record + 40, 8) == record);  // of the directory: it stands before the record
    BOOST_TEST(little(directory, record + 48, 8) == second + 30 + 5 + 1);
    std::size_t const locator = find(directory, "PK\x06\x07");
    BOOST_TEST(little(directory, locator + 8, 8) == second + 30 + 5 + 1 + record);
    std::size_t const end = find(directory, "PK\x05\x06");
    BOOST_TEST(little(directory, end + 16, 4) == 0xFFFFFFFFu);
}

BOOST_AUTO_TEST_CASE(more_files_than_sixteen_bits_count_are_zip64) {
    Zip zip;
    std::string out;
    for (int i = 0; i < 65'535; ++i) zip.add("f", 0, 0, out);
    out.clear();
    zip.end(out);
    std::size_t const record = find(out, "PK\x06\x06");
    BOOST_TEST(little(out, record + 32, 8) == 65'535u);
    BOOST_TEST(little(out, find(out, "PK\x05\x06") + 10, 2) == 0xFFFFu);
}

BOOST_AUTO_TEST_SUITE_END()
