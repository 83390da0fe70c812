// Key files, their modes and their impostors; Ed25519; randomness.
#include "ledger/core/keys.hpp"

#include "tests/common/temp_dir.hpp"
#include "tests/unit/core/samples.hpp"

#include <sys/stat.h>

namespace cl {
namespace {

namespace fs = std::filesystem;

std::string text_of(SecretBytes const& secret) {
    auto const bytes = secret.view();
    return {bytes.begin(), bytes.end()};
}

fs::perms mode_of(fs::path const& path) {
    return fs::status(path).permissions();
}

void write_key(fs::path const& path, std::size_t size) {
    test::write_file(path, std::string(size, 'k'));
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

BOOST_AUTO_TEST_SUITE(keys)

BOOST_AUTO_TEST_CASE(a_created_file_reads_back_and_is_the_owners) {
    test::TempDir const dir;
    test::CountingRandom random;
    BOOST_TEST(create_key_file(dir / "signing.key", random).has_value());
    BOOST_CHECK(mode_of(dir / "signing.key") == (fs::perms::owner_read | fs::perms::owner_write));
    BOOST_TEST(text_of(read_key_file(dir / "signing.key").value()) == text_of(test::counting_secret(0)));
}

BOOST_AUTO_TEST_CASE(the_mode_does_not_depend_on_the_umask) {
    test::TempDir const dir;
    test::CountingRandom random;
    mode_t const before = ::umask(0);
    auto const open = create_key_file(dir / "open.key", random);
    ::umask(0777);
    auto const closed = create_key_file(dir / "closed.key", random);
    ::umask(before);
    BOOST_TEST(open.has_value());
    BOOST_TEST(closed.has_value());
    for (auto const* name : {"open.key", "closed.key"}) {
        BOOST_CHECK(mode_of(dir / name) == (fs::perms::owner_read | fs::perms::owner_write));
    }
}

BOOST_AUTO_TEST_CASE(an_existing_key_is_never_overwritten) {
    test::TempDir const dir;
    test::CountingRandom random;
    write_key(dir / "a.key", 32);
    BOOST_CHECK(create_key_file(dir / "a.key", random).error().code == errc::io);
    BOOST_TEST(test::read_file(dir / "a.key") == std::string(32, 'k'));
    fs::create_symlink(dir / "elsewhere", dir / "b.key");
    BOOST_CHECK(create_key_file(dir / "b.key", random).error().code == errc::io);
    BOOST_TEST(!fs::exists(dir / "elsewhere"));
    BOOST_CHECK(create_key_file(dir / "no/such/folder.key", random).error().code == errc::io);
}

BOOST_AUTO_TEST_CASE(a_missing_key_is_told_apart_from_a_wrong_one) {
    test::TempDir const dir;
    BOOST_CHECK(read_key_file(dir / "none.key").error().code == errc::key_missing);
    for (std::size_t const size : {std::size_t{0}, std::size_t{31}, std::size_t{33}, std::size_t{100'000}}) {
        write_key(dir / "a.key", size);
        BOOST_CHECK(read_key_file(dir / "a.key").error().code == errc::key_mismatch);
    }
    write_key(dir / "a.key", 32);
    BOOST_TEST(read_key_file(dir / "a.key").has_value());
}

BOOST_AUTO_TEST_CASE(a_key_that_others_can_read_is_refused) {
    test::TempDir const dir;
    write_key(dir / "a.key", 32);
    for (auto const extra : {fs::perms::group_read, fs::perms::group_write, fs::perms::others_read, fs::perms::others_exec}) {
        fs::permissions(dir / "a.key", fs::perms::owner_read | extra);
        auto const key = read_key_file(dir / "a.key");
        BOOST_REQUIRE(!key);
        BOOST_CHECK(key.error().code == errc::key_mismatch);
        BOOST_TEST(key.error().detail.find(std::string(32, 'k')) == std::string::npos);
    }
    fs::permissions(dir / "a.key", fs::perms::owner_read);
    BOOST_TEST(read_key_file(dir / "a.key").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_regular_file_is_refused_at_once) {
    test::TempDir const dir;
    write_key(dir / "real.key", 32);
    fs::create_symlink(dir / "real.key", dir / "link.key");
    BOOST_CHECK(read_key_file(dir / "link.key").error().code == errc::key_mismatch);
    fs::create_directory(dir / "folder.key");
    fs::permissions(dir / "folder.key", fs::perms::owner_all);
    BOOST_CHECK(read_key_file(dir / "folder.key").error().code == errc::key_mismatch);
    BOOST_REQUIRE(::mkfifo((dir / "pipe.key").c_str(), 0600) == 0);
    BOOST_CHECK(read_key_file(dir / "pipe.key").error().code == errc::key_mismatch);
    BOOST_CHECK(read_key_file(dir / "real.key/below").error().code == errc::io);
}

// RFC 8032 7.1, tests 1 and 2.
BOOST_AUTO_TEST_CASE(ed25519_vectors) {
    struct Case {
        char const* seed;
        char const* key;
        char const* message;
        char const* signature;
    };
    for (
        Case const& c :
        {Case{
             "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
             "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
         Case{
             "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
             "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"}}) {
        auto const seed = hash_from_hex(c.seed).value();
        Ed25519Signer const signer{SecretBytes(seed.bytes)};
        auto const message = from_hex(c.message).value();
        auto const signature = signer.sign(message);
        std::string const text(signature.begin(), signature.end());
        BOOST_TEST(to_hex(Hash32{signer.public_key()}) == c.key);
        BOOST_TEST(to_hex(text) == c.signature);
        BOOST_TEST(ed25519_verify(message, text, signer.public_key()));
        BOOST_TEST(!ed25519_verify(message + "x", text, signer.public_key()));
        BOOST_TEST(!ed25519_verify(message, text.substr(1), signer.public_key()));
        BOOST_TEST(!ed25519_verify(message, text + "x", signer.public_key()));
        BOOST_TEST(!ed25519_verify(message, text, Hash32{}.bytes));
    }
}

BOOST_AUTO_TEST_CASE(secrets_are_32_bytes_and_move) {
    BOOST_CHECK_THROW(SecretBytes(std::array<std::uint8_t, 31>{}), std::logic_error);
    SecretBytes first = test::counting_secret(7);
    SecretBytes const second = std::move(first);
    BOOST_TEST(text_of(second) == text_of(test::counting_secret(7)));
    static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
}

BOOST_AUTO_TEST_CASE(randomness_differs_and_tests_can_fix_it) {
    SystemRandom random;
    BOOST_CHECK(random_hash(random) != random_hash(random));
    test::CountingRandom counting;
    BOOST_TEST(to_hex(random_hash(counting)).starts_with("00010203"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
