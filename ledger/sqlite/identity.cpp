// Is this file ours, and is it whole? check_identity and quick_check.

#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/failure.hpp"

#include <cstdio>
#include <string>
#include <utility>

namespace cl::sqlite {

namespace {

Result<std::int64_t> read_number(Connection& connection, Sql pragma) {
    CL_TRY_ASSIGN(auto statement, connection.prepare(pragma));
    Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    std::int64_t const value = row ? query.int64(0) : 0;
    CL_TRY(query.status());
    return value;
}

std::string hex(std::int64_t value) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%08llX", static_cast<unsigned long long>(value) & 0xFFFFFFFFULL);
    return text;
}

Error foreign(Identity const& identity, std::string const& why) {
    return fail(errc::store_foreign, "not a " + std::string(identity.what) + " of this program: " + why);
}

/// Returns the file's format version.
Result<std::int64_t> check_numbers(Connection& connection, Identity const& identity) {
    CL_TRY_ASSIGN(auto const id, read_number(connection, "PRAGMA application_id"));
    if (id != identity.application_id) {
        return foreign(identity, "application id " + hex(id) + " instead of " + hex(identity.application_id) +
                                     "; give the path of a " + std::string(identity.what));
    }
    CL_TRY_ASSIGN(auto const version, read_number(connection, "PRAGMA user_version"));
    bool const before = !identity.added.text().empty() && version == identity.user_version - 1;
    if (version != identity.user_version && !before) {
        return foreign(identity, "format version " + std::to_string(version) + ", this program knows " +
                                     std::to_string(identity.user_version) + "; use the program's release that wrote it" +
                                     (version > identity.user_version ? ", or a newer one" : ""));
    }
    CL_TRY_ASSIGN(auto encoding, connection.prepare("PRAGMA encoding"));
    Query query(encoding);
    CL_TRY_ASSIGN(bool const row, query.step());
    bool const utf8 = row && query.text(0) == "UTF-8";
    CL_TRY(query.status());
    if (!utf8) return foreign(identity, "its text is not encoded as UTF-8");
    return version;
}

/// One row of sqlite_schema as text: type, name, table, SQL (none for the index of a PRIMARY KEY).
std::string describe(Query& query) {
    std::string all;
    for (int column = 0; column < 4; ++column) {
        all.push_back('\x1f');
        all.append(query.is_null(column) ? std::string_view("-") : query.text(column));
    }
    return all;
}

std::string named(Query& query) {
    return detail::printable(query.text(0)) + " " + detail::printable(query.text(1));
}

/// What is wrong where two sorted lists part. Rows are equal up to here.
std::string difference(Query* expected, Query* found) {
    auto const order = [](Query& query) { return std::pair(std::string(query.text(0)), std::string(query.text(1))); };
    if (found == nullptr || (expected != nullptr && order(*expected) < order(*found))) return named(*expected) + " is missing";
    if (expected == nullptr || order(*found) < order(*expected)) return named(*found) + " was added";
    return named(*found) + " was altered";
}

}  // namespace

Result<void> check_identity(Connection& connection, Identity const& identity) {
    CL_TRY_ASSIGN(auto const version, check_numbers(connection, identity));
    // What SQLite keeps of the expected statements is found by running them, not by guessing how it normalises them.
    CL_TRY_ASSIGN(auto model, Connection::memory());
    CL_TRY(model.exec(identity.schema));
    if (version == identity.user_version) CL_TRY(model.exec(identity.added));
    constexpr Sql list = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    CL_TRY_ASSIGN(auto expected_statement, model.prepare(list));
    CL_TRY_ASSIGN(auto found_statement, connection.prepare(list));
    Query expected(expected_statement);
    Query found(found_statement);
    for (;;) {
        CL_TRY_ASSIGN(bool const more_expected, expected.step());
        CL_TRY_ASSIGN(bool const more_found, found.step());
        if (!more_expected && !more_found) return {};
        if (more_expected && more_found && describe(expected) == describe(found)) continue;
        auto const what = difference(more_expected ? &expected : nullptr, more_found ? &found : nullptr);
        return foreign(identity, "its schema is another: " + what + "; another program has changed it: use a backup");
    }
}

Result<void> quick_check(Connection& connection) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("PRAGMA quick_check(1)"));
    Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (row && query.text(0) == "ok") return {};
    CL_TRY(query.status());
    std::string const complaint = row ? detail::printable(query.text(0)) : "no answer";
    return fail(errc::store_corrupt, "the database file is damaged: " + complaint);
}

}  // namespace cl::sqlite
