// SHA-256 and the tree's node hash against published values, from several threads at once.
#include "ledger/core/sha256.hpp"

#include "ledger/core/merkle.hpp"
#include "tests/unit/core/samples.hpp"

#include <thread>

namespace cl {
namespace {

BOOST_AUTO_TEST_SUITE(sha256_)

// FIPS 180-4 examples.
BOOST_AUTO_TEST_CASE(published_values) {
    BOOST_TEST(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(to_hex(sha256(std::string(1'000'000, 'a'))) ==
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(parts_are_one_text) {
    BOOST_CHECK(sha256({"a", "", "bc"}) == sha256("abc"));
    BOOST_CHECK(sha256({}) == sha256(""));
}

// RFC 6962 vectors of transparency-dev/merkle: node("N123", "N456") hashes strings, so it is put together here.
BOOST_AUTO_TEST_CASE(node_prefix) {
    BOOST_TEST(to_hex(sha256({"\x01", "N123", "N456"})) == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    Hash32 const left = test::filled_hash(1);
    Hash32 const right = test::filled_hash(2);
    BOOST_CHECK(node_hash(left, right) == sha256({"\x01", left.view(), right.view()}));
    BOOST_CHECK(node_hash(left, right) != node_hash(right, left));
    BOOST_TEST(to_base64(merkle::empty_root().view()) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

BOOST_AUTO_TEST_CASE(threads_do_not_share_a_context) {
    std::array<bool, 4> ok{};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < ok.size(); ++t) {
        threads.emplace_back([&ok, t] {
            bool same = true;
            for (int i = 0; i < 5'000; ++i) {
                auto const text = std::to_string(i);
                same = same && sha256({"1", text}) == sha256("1" + text);
            }
            ok[t] = same;
        });
    }
    for (auto& thread : threads) thread.join();
    for (bool const one : ok) BOOST_TEST(one);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
