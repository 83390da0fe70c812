// Zips that somebody made to deceive or to break a reader: what contradicts itself is INT-060, what is nothing of ours is exit 3.
#include "verify/bundle/archive.hpp"

#include "tests/unit/verify_bundle/support.hpp"

using namespace cl;
using namespace cl::test;

namespace {

std::vector<ZipFile> sound_files() {
    Story story = small_story();
    BundleMaker const bundle(story, of_account());
    std::vector<ZipFile> files;
    for (BundleFile const& file : bundle.files) files.push_back({bundle.folder() + "/" + file.name, file.content});
    return files;
}

std::string zip_of(std::vector<ZipFile> const& files, std::string_view in_front = "") {
    ZipWriter writer;
    for (ZipFile const& file : files) writer.add(file);
    return writer.bytes(in_front);
}

struct Case {
    char const* name;
    std::function<void(std::vector<ZipFile>&)> alter;
    int exit_code;
    char const* words;
};

std::string descriptor(ZipFile const& file, bool marked) {
    auto const crc = crc32(0, reinterpret_cast<Bytef const*>(file.content.data()), static_cast<uInt>(file.content.size()));
    return (marked ? std::string("PK\x07\x08", 4) : std::string()) + ZipWriter::number(crc, 4) +
           ZipWriter::number(file.content.size(), 4) + ZipWriter::number(file.content.size(), 4);
}

std::vector<Case> const cases = {
    {"a file twice", [](auto& files) { files.push_back(files[3]); }, 1, "stands in the zip twice"},
    {"a file twice but for its case",
     [](auto& files) {
         files.push_back(files[3]);
         files.back().name.back() = 'N';
     },
     1, "stands in the zip twice"},
    {"a way out", [](auto& files) { files[3].name = "consent-evidence-12/../../etc/passwd"; }, 1,
     "does not stay within its folder"},
    {"an absolute name", [](auto& files) { files[3].name = "/etc/passwd"; }, 1, "does not stay within its folder"},
    {"a drive", [](auto& files) { files[3].name = "C:/x"; }, 1, "not every system"},
    {"a backslash", [](auto& files) { files[3].name += "\\x"; }, 1, "not every system"},
    {"a NUL", [](auto& files) { files[3].name += std::string(1, '\0'); }, 1, "not every system"},
    {"a name that is not ASCII", [](auto& files) { files[3].name += "\xc3\xa9"; }, 1, "not every system"},
    {"a long name", [](auto& files) { files[3].name += std::string(300, 'x'); }, 1, "longer than any"},
    {"a link", [](auto& files) { files[3].mode = 0120777; }, 1, "a link or a device"},
    {"two names", [](auto& files) { files[3].local_name = files[4].name; }, 1, "described in two ways"},
    {"another name in an extra field",
     [](auto& files) { files[3].extra = ZipWriter::number(0x7075, 2) + ZipWriter::number(5, 2) + "\x01" + "abcd"; }, 1,
     "has two names"},
    {"two sizes", [](auto& files) { files[3].central_size = 1; }, 1, "two sizes"},
    {"a size beyond its data",
     [](auto& files) { files[3].stated_size = static_cast<std::int64_t>(files[3].content.size()) + 40; }, 1,
     "overlaps what follows"},
    {"a size before its end", [](auto& files) { files[3].stated_size = 5; }, 1, "something hides"},
    {"another checksum", [](auto& files) { files[3].crc_change = 1; }, 1, "another checksum"},
    {"two files of the same bytes", [](auto& files) { files[3].offset_of = 4; }, 1, "described in two ways"},
    {"something between two files", [](auto& files) { files[3].behind = "hidden"; }, 1, "something hides"},
    {"deflate that ends early",
     [](auto& files) {
         files[3].deflate = true;
         files[3].stated_size = static_cast<std::int64_t>(files[3].content.size()) + 9;
     },
     1, "unpacks to less"},
    {"deflate that goes on",
     [](auto& files) {
         files[3].deflate = true;
         files[3].stated_size = static_cast<std::int64_t>(files[3].content.size()) - 9;
     },
     1, "unpacks to more"},
    {"no deflate at all", [](auto& files) { files[3].method_override = 8; }, 1, "cannot be unpacked"},
    {"an end that its front does not tell",
     [](auto& files) {
         files[3].flags = 0x0008;
         files[3].behind = descriptor(files[3], true);
         files[3].sizes_behind = true;
     },
     3, "how long it is"},
    {"a comment on a file", [](auto& files) { files[3].comment = "PK"; }, 1, "has a comment"},
    {"a bomb",
     [](auto& files) {
         files[3].deflate = true;
         files[3].content = std::string(20'000'000, '0');
     },
     3, "far more than text can"},
    {"a stated terabyte",
     [](auto& files) {
         files[3].deflate = true;
         files[3].stated_size = 0xfffffffe;
     },
     3, "far more than text can"},
    {"encrypted", [](auto& files) { files[3].flags = 1; }, 3, "is encrypted"},
    {"another packing", [](auto& files) { files[3].method_override = 14; }, 3, "does not read"},
    {"two folders", [](auto& files) { files[3].name = "other/x"; }, 3, "no evidence bundle"},
    {"no folder", [](auto& files) { files[3].name = "x"; }, 3, "no evidence bundle"},
    {"too many files",
     [](auto& files) {
         for (int i = 0; i < 4'100; ++i) files.push_back({"consent-evidence-12/" + std::to_string(i), ""});
     },
     3, "more files than any bundle"},
    {"another zip",
     [](auto& files) {
         files = {{"photos/", ""}, {"photos/a.jpg", "x"}};
         files[0].mode = 0040755;
     },
     3, "no evidence bundle"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_zips)

BOOST_AUTO_TEST_CASE(what_contradicts_itself_and_what_is_not_ours) {
    for (Case const& each : cases) {
        auto files = sound_files();
        each.alter(files);
        auto const report = verify_zip(zip_of(files));
        BOOST_TEST(code_of(report) == each.exit_code, each.name << "\n" << to_text(report, false));
        BOOST_TEST(says(report, each.words), each.name << "\n" << to_text(report, false));
        if (each.exit_code == 1) BOOST_TEST(ids_of(report).contains("INT-060"), each.name);
    }
}

BOOST_AUTO_TEST_CASE(what_other_programs_write_is_read) {
    auto files = sound_files();
    for (ZipFile& file : files) {
        file.flags = 0x0808;  // sizes behind the data, names in UTF-8
        file.behind = descriptor(file, file.name.size() % 2 == 0);
    }
    ZipFile folder{files[0].name.substr(0, files[0].name.find('/') + 1), ""};
    folder.mode = 0040755;
    files.push_back(folder);
    auto const report = verify_zip(zip_of(files));
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    files[2].behind[5] ^= 1;
    BOOST_TEST((ids_of(verify_zip(zip_of(files))) == std::set<std::string>{"INT-060"}));
}

BOOST_AUTO_TEST_CASE(around_the_zip) {
    auto const files = sound_files();
    std::string const sound = zip_of(files);
    BOOST_TEST(code_of(verify_zip(sound)) == 0);
    BOOST_TEST(says(verify_zip(sound + "x"), "something stands behind the end"));
    BOOST_TEST(code_of(verify_zip(sound + "x")) == 1);
    BOOST_TEST(code_of(verify_zip(zip_of(files, std::string("PK\x03\x04", 4) + "in front"))) == 1);
    auto const cut = verify_zip(sound.substr(0, sound.size() / 2));
    BOOST_TEST(code_of(cut) == 3);
    BOOST_TEST(says(cut, "cut off"));
    BOOST_TEST(code_of(verify_zip(sound.substr(0, sound.size() - 1))) == 3);
    BOOST_TEST(code_of(verify_zip("PK\x03\x04")) == 3);
    BOOST_TEST(code_of(verify_zip("")) == 3);
    std::string hole = sound;
    hole.erase(sound.size() / 2, 10);
    BOOST_TEST(code_of(verify_zip(hole)) == 1);
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_is_seen_or_changes_no_file) {
    // Times and versions in the zip's headers say nothing of the evidence; everything else does.
    auto const files = sound_files();
    std::string const sound = zip_of(files);
    int seen = 0;
    int harmless = 0;
    for (std::size_t at = 3; at < sound.size(); at += sound.size() / 400 + 1) {
        std::string altered = sound;
        altered[at] = static_cast<char>(altered[at] ^ 0x10);
        if (code_of(verify_zip(altered)) != 0) {
            ++seen;
            continue;
        }
        ++harmless;
        TempDir const dir;
        write_file(dir / "altered.zip", altered);
        auto const archive = must(verify::bundle::open_archive(dir / "altered.zip"));
        for (ZipFile const& file : files) {
            std::string const name = file.name.substr(file.name.find('/') + 1);
            BOOST_TEST(must(verify::bundle::read_whole(*archive, name, 1'000'000)) == file.content, name << " at " << at);
        }
    }
    BOOST_TEST(seen > 10 * harmless);
}

BOOST_AUTO_TEST_CASE(names) {
    for (std::string_view const good : {"a", "a/b", "data/views/entries.csv", "a b", ".x", "a..b"})
        BOOST_TEST(verify::bundle::check_name(good).has_value(), good);
    for (std::string_view const bad : {"", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\\b", "c:", "a\nb"}) {
        BOOST_TEST(!verify::bundle::check_name(bad).has_value(), bad);
    }
}

BOOST_AUTO_TEST_SUITE_END()
