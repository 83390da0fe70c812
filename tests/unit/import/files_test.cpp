// The files beside an import: rejected rows, and how far it came.
#include "api/import/journal.hpp"
#include "api/import/rejects.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace cl::api::import {
namespace {

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("cl-import-" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
};

std::string text_of(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mode_t mode_of(std::filesystem::path const& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

BOOST_AUTO_TEST_SUITE(import_files)

BOOST_AUTO_TEST_CASE(rejected_rows_can_be_imported_again) {
    Folder const folder;
    auto const path = folder.path / "rejects.csv";
    std::ofstream(path) << "what was there before, and longer than what comes now, so that a rest of it would show";
    ::chmod(path.c_str(), 0644);
    Rejects rejects;
    BOOST_TEST(!rejects.wanted());
    BOOST_TEST(rejects.open(path, 0).has_value());
    BOOST_TEST(rejects.header({"phone", "note, or so"}).has_value());
    BOOST_TEST(rejects.add(7, "status: \"empty\"", {"+1", "a\nb"}).has_value());
    BOOST_TEST(rejects.flush().has_value());
    std::string const first = "import_line,import_reason,phone,\"note, or so\"\r\n7,\"status: \"\"empty\"\"\",+1,\"a\nb\"\r\n";
    BOOST_TEST(text_of(path) == first);
    BOOST_TEST(rejects.bytes() == first.size());
    BOOST_TEST(mode_of(path) == 0600U);
    // Going on behind what a journal knows of: a row that came after it is dropped.
    BOOST_TEST(rejects.add(8, "late", {"+2", ""}).has_value());
    BOOST_TEST(rejects.flush().has_value());
    Rejects again;
    BOOST_TEST(again.open(path, first.size()).has_value());
    BOOST_TEST(again.header({"phone", "note, or so"}).has_value());
    BOOST_TEST(again.flush().has_value());
    BOOST_TEST(text_of(path) == first);
    BOOST_TEST(!again.open(folder.path / "no" / "where", 0).has_value());
}

BOOST_AUTO_TEST_CASE(a_journal_is_read_as_it_was_written_or_not_at_all) {
    Folder const folder;
    auto const path = folder.path / "state";
    BOOST_TEST(!read_journal(path).has_value());
    Journal journal;
    journal.wishes.bytes[0] = 1;
    journal.rows = with_row(with_row({}, "a"), "b");
    journal.seq = 41;
    journal.leaf = "ab";
    journal.reject_bytes = 17;
    journal.tally = {5, 6, 3, 2, 1, {{"opt_out.stop", 3}}};
    BOOST_TEST(write_journal(path, journal).has_value());
    BOOST_TEST(mode_of(path) == 0600U);
    auto const read = read_journal(path);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->wishes == journal.wishes && read->rows == journal.rows));
    BOOST_TEST(read->seq == 41);
    BOOST_TEST(read->leaf == "ab");
    BOOST_TEST(read->reject_bytes == 17U);
    BOOST_TEST(read->tally.rows == 5);
    BOOST_TEST(read->tally.changes == 6);
    BOOST_TEST(read->tally.known == 2);
    BOOST_TEST(read->tally.kinds.at("opt_out.stop") == 3);
    std::string const good = text_of(path);
    for (std::string const& text :
         {std::string(), good.substr(0, good.size() / 2), std::string("{\"v\":2}"), std::string("[]"),
          std::string(20'000, ' ') + good, std::string(good).replace(good.find("\"rows\""), 6, "\"bows\"")}) {
        std::ofstream(path, std::ios::trunc) << text;
        BOOST_TEST(!read_journal(path).has_value());
    }
    BOOST_TEST((with_row(with_row({}, "b"), "a") != journal.rows));
    BOOST_TEST(!write_journal(folder.path / "no" / "where", journal).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
