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
    std::string const earlier = "import_line,import_reason,x\r\n" + std::string(200, 'x');
    std::ofstream(path) << earlier;
    ::chmod(path.c_str(), 0644);
    Rejects rejects;
    BOOST_TEST(!rejects.wanted());
    BOOST_TEST(rejects.open(path).has_value());
    rejects.of_columns({"phone", "note, or so"});
    BOOST_TEST(rejects.begin().has_value());
    rejects.add(7, "status: \"empty\"", {"+1", "a\nb"});
    rejects.add_text(9, "no row", "+2,\"x");
    BOOST_TEST(rejects.flush().has_value());
    std::string const text =
        "import_line,import_reason,phone,\"note, or so\"\r\n7,\"status: \"\"empty\"\"\",+1,\"a\nb\"\r\n9,no row,\"+2,\"\"x\"\r\n";
    BOOST_TEST(text_of(part_of(path)) == text);
    BOOST_TEST(text_of(path) == earlier);
    BOOST_TEST(rejects.kept().bytes == text.size());
    BOOST_TEST(rejects.finish().has_value());
    BOOST_TEST(text_of(path) == text);
    BOOST_TEST(!std::filesystem::exists(part_of(path)));
    BOOST_TEST(mode_of(path) == 0600U);
}

BOOST_AUTO_TEST_CASE(what_was_rejected_twice_has_one_line_and_reason) {
    Folder const folder;
    auto const path = folder.path / "rejects.csv";
    Rejects rejects;
    BOOST_TEST(rejects.open(path).has_value());
    rejects.of_columns({"import_line", "import_reason", "phone"});
    BOOST_TEST(rejects.begin().has_value());
    rejects.add(2, "still", {"7", "no number", "0155"});
    rejects.add(3, "short", {"0156"});
    BOOST_TEST(rejects.finish().has_value());
    BOOST_TEST(text_of(path) == "import_line,import_reason,phone\r\n2,still,0155\r\n3,short,0156\r\n");
}

BOOST_AUTO_TEST_CASE(rejects_go_on_behind_what_a_journal_knows) {
    Folder const folder;
    auto const path = folder.path / "rejects.csv";
    Kept kept;
    {
        Rejects interrupted;
        BOOST_TEST(interrupted.open(path).has_value());
        interrupted.of_columns({"phone"});
        BOOST_TEST(interrupted.begin().has_value());
        interrupted.add(2, "first", {std::string(100'000, '1')});
        BOOST_TEST(interrupted.flush().has_value());
        kept = interrupted.kept();
        interrupted.add(3, "late", {"+2"});
        BOOST_TEST(interrupted.flush().has_value());
        // Nobody else writes it meanwhile.
        Rejects other;
        auto const opened = other.open(path);
        BOOST_REQUIRE(!opened.has_value());
        BOOST_TEST((opened.error().code == errc::busy));
    }
    std::string const all = text_of(part_of(path));
    BOOST_TEST(all.size() > kept.bytes);
    for (bool const ended : {false, true}) {
        Rejects again;
        BOOST_TEST(again.open(path).has_value());
        again.of_columns({"phone"});
        Kept other = kept;
        other.digest.bytes[0] ^= 1;
        BOOST_TEST(!again.go_on(other).value());
        BOOST_TEST(!again.go_on({all.size() * 2, kept.digest}).value());
        BOOST_TEST(again.go_on(kept).value());
        BOOST_TEST((again.kept() == kept));
        again.add(4, "next", {"+3"});
        BOOST_TEST(again.finish().has_value());
        BOOST_TEST(text_of(path) == all.substr(0, kept.bytes) + "4,next,+3\r\n");
        BOOST_TEST(std::filesystem::exists(part_of(path)) == false, "ended " << ended);
    }
    std::filesystem::remove(path);
    Rejects none;
    BOOST_TEST(none.open(path).has_value());
    none.of_columns({"phone"});
    BOOST_TEST(!none.go_on(kept).value());
}

BOOST_AUTO_TEST_CASE(rejects_take_the_place_of_rejects_alone) {
    Folder const folder;
    auto const path = folder.path / "contacts.csv";
    for (std::string const& text :
         {std::string("phone,status\r\n+1,out\r\n"), std::string("{\"kind\":\"x\"}\n"), std::string("import_lines")}) {
        for (auto const& one : {path, part_of(path)}) {
            std::ofstream(one) << text;
            Rejects rejects;
            auto const opened = rejects.open(path);
            BOOST_REQUIRE(!opened.has_value());
            BOOST_TEST((opened.error().code == errc::usage));
            BOOST_TEST(text_of(one) == text);
            std::filesystem::remove(one);
        }
        BOOST_TEST(!std::filesystem::exists(part_of(path)));
    }
    for (std::string const& text :
         {std::string(), std::string("import_"), std::string("\xEF\xBB\xBFimport_line,import_reason,phone\r\n"),
          std::string("{\"import_line\":3,")}) {
        std::ofstream(path) << text;
        Rejects rejects;
        BOOST_TEST(rejects.open(path).has_value());
        BOOST_TEST(text_of(path) == text);
    }
    BOOST_TEST(!std::filesystem::exists(part_of(path)));
    BOOST_TEST(!Rejects().open(folder.path / "no" / "where").has_value());
    BOOST_TEST(!Rejects().open(folder.path).has_value());
    BOOST_TEST(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
    BOOST_TEST(!Rejects().open(folder.path / "pipe").has_value());
    std::filesystem::create_symlink("contacts.csv", folder.path / "link");
    BOOST_TEST(!Rejects().open(folder.path / "link").has_value());
}

BOOST_AUTO_TEST_CASE(lines_are_rejected_as_lines) {
    Folder const folder;
    auto const path = folder.path / "rejects.ndjson";
    Rejects rejects;
    BOOST_TEST(rejects.open(path).has_value());
    rejects.of_lines();
    BOOST_TEST(rejects.begin().has_value());
    rejects.add_text(7, "not_found: \"x\"", "{\"kind\": \"contact.added\"}");
    rejects.add_text(8, "malformed", "{\"a\":1},\"b\":{");
    BOOST_TEST(rejects.finish().has_value());
    BOOST_TEST(text_of(path) ==
               "{\"import_line\":7,\"import_reason\":\"not_found: \\\"x\\\"\",\"row\":{\"kind\": \"contact.added\"}}\n"
               "{\"import_line\":8,\"import_reason\":\"malformed\",\"row\":\"{\\\"a\\\":1},\\\"b\\\":{\"}\n");
}

BOOST_AUTO_TEST_CASE(files_that_are_one_file) {
    Folder const folder;
    auto const file = folder.path / "a.csv";
    std::ofstream(file) << "x";
    std::filesystem::create_hard_link(file, folder.path / "hard");
    std::filesystem::create_symlink("a.csv", folder.path / "soft");
    std::filesystem::create_directory_symlink(folder.path, folder.path / "dir");
    auto const same = [](std::filesystem::path const& a, std::filesystem::path const& b) {
        auto const checked = all_different({{"the input", a}, {"other", "/nowhere/else"}, {"--rejects", b}});
        return !checked && checked.error().code == errc::usage && checked.error().detail.find("the input and --rejects") == 0;
    };
    for (std::filesystem::path const& other :
         {file, folder.path / "hard", folder.path / "soft", folder.path / "dir" / "a.csv", folder.path / "." / "a.csv"}) {
        BOOST_TEST(same(file, other), other);
    }
    BOOST_TEST(same(folder.path / "new", folder.path / "dir" / "new"));
    BOOST_TEST(!same(file, folder.path / "new"));
    BOOST_TEST(!same(folder.path / "new", file));
    BOOST_TEST(!same(folder.path / "new", folder.path / "newer"));
}

BOOST_AUTO_TEST_CASE(a_journal_is_read_as_it_was_written_or_not_at_all) {
    Folder const folder;
    auto const path = folder.path / "state";
    BOOST_TEST(!read_journal(path).value().has_value());
    Journal journal;
    journal.wishes.bytes[0] = 1;
    journal.rows = with_row(with_row({}, "a"), "b");
    journal.seq = 41;
    journal.leaf = "ab";
    journal.rejects = Kept{17, journal.wishes};
    journal.tally = {5, 6, 3, 2, 1, {{"opt_out.stop", 3}}};
    BOOST_TEST(write_journal(path, journal).has_value());
    BOOST_TEST(mode_of(path) == 0600U);
    auto const read = read_journal(path).value();
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->wishes == journal.wishes && read->rows == journal.rows));
    BOOST_TEST(read->seq == 41);
    BOOST_TEST(read->leaf == "ab");
    BOOST_TEST((read->rejects == journal.rejects));
    BOOST_TEST(read->tally.rows == 5);
    BOOST_TEST(read->tally.changes == 6);
    BOOST_TEST(read->tally.known == 2);
    BOOST_TEST(read->tally.kinds.at("opt_out.stop") == 3);
    std::string const good = text_of(path);
    // None, or of another version, which is not used.
    for (std::string const& text : {std::string(), std::string(good).replace(good.find("\"v\":2"), 5, "\"v\":1"),
                                    std::string(good).replace(good.find("\"rows\""), 6, "\"bows\"")}) {
        std::ofstream(path, std::ios::trunc) << text;
        BOOST_TEST(!read_journal(path).value().has_value());
    }
    // Something else, which is not replaced.
    for (std::string const& text : {good.substr(0, good.size() / 2), std::string("{\"v\":2}"), std::string("[]"),
                                    std::string("phone,status\n+1,out\n"), std::string(20'000, ' ') + good}) {
        std::ofstream(path, std::ios::trunc) << text;
        auto const other = read_journal(path);
        BOOST_REQUIRE(!other.has_value());
        BOOST_TEST((other.error().code == errc::usage));
    }
    journal.rejects.reset();
    BOOST_TEST(write_journal(path, journal).has_value());
    BOOST_TEST(!read_journal(path).value()->rejects.has_value());
    BOOST_TEST((with_row(with_row({}, "b"), "a") != journal.rows));
    BOOST_TEST(!write_journal(folder.path / "no" / "where", journal).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
