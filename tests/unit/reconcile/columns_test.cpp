// Columns by name, in the exports of the platforms and as told.
#include "verify/reconcile/columns.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace cl;
using namespace cl::verify::reconcile;

namespace {

using Header = std::vector<std::string_view>;

Columns columns_of(Header const& header, ColumnNames const& given = {}) {
    auto const columns = find_columns(header, given, std::nullopt);
    BOOST_REQUIRE(columns.has_value());
    return *columns;
}

std::size_t place(Columns const& columns, Field field) {
    return columns.places[static_cast<std::size_t>(field)];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(columns)

BOOST_AUTO_TEST_CASE(twilio_message_log) {
    Columns const found = columns_of({"From", "To", "Body", "Status", "SentDate", "ApiVersion", "NumSegments", "ErrorCode",
                                      "AccountSid", "Sid", "Direction", "Price", "PriceUnit"});
    BOOST_TEST((found.layout == Layout::twilio));
    BOOST_TEST(place(found, Field::to) == 1U);
    BOOST_TEST(place(found, Field::at) == 4U);
    BOOST_TEST(place(found, Field::status) == 3U);
    BOOST_TEST(place(found, Field::error) == 7U);
    BOOST_TEST(place(found, Field::direction) == 10U);
    BOOST_TEST(place(found, Field::body) == 2U);
    BOOST_TEST(!found.has(Field::account));  // AccountSid is Twilio's, not the ledger's
}

BOOST_AUTO_TEST_CASE(twilio_api_names_prefer_the_time_of_sending) {
    Columns const found = columns_of({"sid", "account_sid", "date_created", "date_sent", "to", "error_code"});
    BOOST_TEST((found.layout == Layout::twilio));
    BOOST_TEST(place(found, Field::at) == 3U);
}

BOOST_AUTO_TEST_CASE(bandwidth_logs_and_records) {
    Columns const log = columns_of(
        {"Message ID", "Date/Time (UTC)", "Type", "Direction", "From", "To", "Status", "Error Code", "Segment Count"});
    BOOST_TEST((log.layout == Layout::bandwidth));
    BOOST_TEST(place(log, Field::at) == 1U);
    BOOST_TEST(place(log, Field::to) == 5U);
    Columns const records = columns_of({"AccountId", "MessageType", "MessageID", "CallDirection", "SourceTn", "DestinationTn",
                                        "TimeStamp", "ErrorCode", "MessageStatus"});
    BOOST_TEST((records.layout == Layout::bandwidth));
    BOOST_TEST(place(records, Field::to) == 5U);
    BOOST_TEST(place(records, Field::at) == 6U);
    BOOST_TEST(place(records, Field::direction) == 3U);
}

BOOST_AUTO_TEST_CASE(sinch_delivery_reports) {
    Columns const found = columns_of({"batch_id", "recipient", "code", "status", "at", "operator_status_at"});
    BOOST_TEST((found.layout == Layout::sinch));
    BOOST_TEST(place(found, Field::to) == 1U);
    BOOST_TEST(place(found, Field::error) == 2U);
    BOOST_TEST(place(found, Field::at) == 4U);
}

BOOST_AUTO_TEST_CASE(a_generic_file_and_the_users_own_names) {
    Columns const plain = columns_of({"contact", "sent_at", "type", "list"});
    BOOST_TEST((plain.layout == Layout::generic));
    BOOST_TEST(place(plain, Field::list) == 3U);
    Columns const told = columns_of({"to", "Mobile", "When"}, {{Field::to, "Mobile"}, {Field::at, "when"}});
    BOOST_TEST(place(told, Field::to) == 1U);
    BOOST_TEST(place(told, Field::at) == 2U);
    BOOST_TEST((find_columns({"a"}, {}, Layout::sinch)->layout == Layout::sinch));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused_without_repeating_the_file) {
    auto const missing = find_columns({"+15550100123", "x"}, {{Field::to, "Mobile"}}, std::nullopt);
    BOOST_REQUIRE(!missing);
    BOOST_TEST(missing.error().detail.find("5550") == std::string::npos);
    BOOST_TEST(missing.error().detail.find("\"to\"") != std::string::npos);
    BOOST_TEST(!find_columns({"to", "sent_at", "To"}, {}, std::nullopt));
    BOOST_TEST(find_columns({"x", "x", "to"}, {}, std::nullopt).has_value());  // of no interest twice
}

BOOST_AUTO_TEST_CASE(single_names_by_rank) {
    auto const sent = match_name("date_sent", {});
    auto const created = match_name("date_created", {});
    BOOST_REQUIRE(sent && created);
    BOOST_TEST((sent->field == Field::at && created->field == Field::at));
    BOOST_TEST(sent->rank < created->rank);
    BOOST_TEST(!match_name("to", {{Field::to, "msisdn"}}));
    BOOST_TEST((match_name("msisdn", {{Field::to, "msisdn"}})->field == Field::to));
    BOOST_TEST(!match_name("price", {}));
}

BOOST_AUTO_TEST_SUITE_END()
