// Certificates made on the spot with OpenSSL: nothing here outlives its keys.
#include "ledger/core/certificate.hpp"

#include "ledger/core/limits.hpp"
#include "tests/support/rsa_signer.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/ec.h>

#include <string>

namespace {

using cl::Digest;
using namespace cl::test;  // NOLINT: the support of this test

constexpr std::time_t from = 1'700'000'000;
constexpr std::time_t until = 1'800'000'000;

}  // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(who_signed_a_text) {
    auto const key = rsa(2'048);
    auto const other = rsa(2'048);
    auto const read = cl::read_certificates(certificate(key.get(), from, until)).value();
    BOOST_REQUIRE(read.size() == 1U);
    std::string const text = "Message\nSTOP\n";
    std::string const old = sign(key.get(), EVP_sha1(), text);
    std::string const now = sign(key.get(), EVP_sha256(), text);
    BOOST_TEST(read[0].signed_by_it(Digest::sha1, text, old));
    BOOST_TEST(read[0].signed_by_it(Digest::sha256, text, now));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha256, text, old));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha1, text, now));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha256, text + "\n", now));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha256, text, sign(other.get(), EVP_sha256(), text)));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha512, text, sign(key.get(), EVP_sha512(), text)));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha256, text, ""));
    BOOST_TEST(!read[0].signed_by_it(Digest::sha256, text, now.substr(1)));
    BOOST_TEST(!cl::Certificate().signed_by_it(Digest::sha256, text, now));
}

BOOST_AUTO_TEST_CASE(how_long_it_is_good_for) {
    auto const key = rsa(2'048);
    auto const read = cl::read_certificates(certificate(key.get(), from, until)).value();
    BOOST_TEST(read[0].valid_at(from * 1'000LL));
    BOOST_TEST(!read[0].valid_at(from * 1'000LL - 1));
    BOOST_TEST(read[0].valid_at(until * 1'000LL));
    BOOST_TEST(!read[0].valid_at(until * 1'000LL + 1));
    BOOST_TEST(read[0].not_after() == until * 1'000LL);
}

BOOST_AUTO_TEST_CASE(several_in_one_text) {
    auto const key = rsa(2'048);
    std::string const one = certificate(key.get(), from, until);
    BOOST_TEST(cl::read_certificates("# the old one\n" + one + "# the new one\n" + one).value().size() == 2U);
    std::string many;
    for (std::size_t i = 0; i <= cl::limits::webhook_certificates; ++i) many += one;
    BOOST_TEST((cl::read_certificates(many).error().code == cl::errc::too_large));
}

BOOST_AUTO_TEST_CASE(what_is_none) {
    auto const key = rsa(2'048);
    std::string const good = certificate(key.get(), from, until);
    std::string spoiled = good;
    spoiled[spoiled.size() / 2] = '!';
    OwnedSsl<EVP_PKEY> const curve(EVP_EC_gen("P-256"));
    for (std::string const& text :
         {std::string(), std::string("hello"), good.substr(0, good.size() / 2), spoiled, good + spoiled,
          certificate(curve.get(), from, until), certificate(rsa(1'024).get(), from, until)}) {
        BOOST_TEST((cl::read_certificates(text).error().code == cl::errc::malformed));
    }
}

BOOST_AUTO_TEST_SUITE_END()
