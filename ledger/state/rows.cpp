#include "ledger/state/rows.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace cl::state {
namespace {

Result<std::vector<std::string>> accounts_from(std::string_view column) {
    CL_TRY_ASSIGN(auto const value, json::parse(column, limits::http_body_bytes));
    auto const* items = value.as_array();
    if (!items) return fail(errc::store_corrupt, "state.db: a token's accounts are no list");
    std::vector<std::string> accounts;
    for (auto const& item : *items) {
        auto const* name = item.as_string();
        if (!name) return fail(errc::store_corrupt, "state.db: a token's account is no text");
        accounts.push_back(*name);
    }
    return accounts;
}

Result<TokenRecord> token_from(sqlite::Query& query) {
    TokenRecord token;
    token.id = query.text(0);
    auto const role = consent::role_from(query.text(1));
    std::string const accounts(query.text(2));
    std::string const secret_hash(query.blob(3));
    token.created_at = query.int64(4);
    if (!query.is_null(5)) token.expires_at = query.int64(5);
    if (!query.is_null(6)) token.retires_at = query.int64(6);
    if (!query.is_null(7)) token.revoked_at = query.int64(7);
    CL_TRY(query.status());
    if (!role) return fail(errc::store_corrupt, "state.db: a token's role is unknown");
    token.role = *role;
    CL_TRY_ASSIGN(token.accounts, accounts_from(accounts));
    CL_TRY_ASSIGN(token.secret_hash, hash_from_bytes(secret_hash));
    return token;
}

}  // namespace

std::string accounts_column(std::vector<std::string> const& accounts) {
    json::Array items;
    for (auto const& account : accounts) items.emplace_back(account);
    return json::write(json::Value(std::move(items)));
}

Result<Directory::Accounts> read_accounts(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("SELECT account, state FROM accounts"));
    sqlite::Query query(statement);
    Directory::Accounts accounts;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return accounts;
        CL_TRY_ASSIGN(auto state, consent::account_from_text(query.text(1)));
        accounts.emplace(query.text(0), std::make_shared<consent::AccountState const>(std::move(state)));
    }
}

Result<Directory::Tokens> read_tokens(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("SELECT id, role, accounts, secret_hash, created_at, expires_at, "
                                                     "retires_at, revoked_at FROM tokens"));
    sqlite::Query query(statement);
    Directory::Tokens tokens;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return tokens;
        CL_TRY_ASSIGN(auto token, token_from(query));
        auto id = token.id;
        tokens.emplace(std::move(id), std::move(token));
    }
}

Result<Directory::Policies> read_policies(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("SELECT account, seq FROM policies"));
    sqlite::Query query(statement);
    Directory::Policies policies;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return policies;
        policies.emplace(query.text(0), query.int64(1));
    }
}

Result<FindingRow> finding_from(sqlite::Query& query) {
    FindingRow row;
    row.finding.seq = query.int64(0);
    row.finding.id = query.text(1);
    auto const severity = consent::severity_from(query.text(2));
    if (!query.is_null(3)) {
        CL_TRY_ASSIGN(row.contact, hash_from_bytes(query.blob(3)));
    }
    row.finding.what = query.text(4);
    if (!query.is_null(5)) row.closed_by = query.int64(5);
    CL_TRY(query.status());
    if (!severity) return fail(errc::store_corrupt, "state.db: a finding's severity is unknown");
    row.finding.severity = *severity;
    return row;
}

Result<ObligationRow> obligation_from(sqlite::Query& query) {
    ObligationRow row;
    row.due_at = query.int64(0);
    row.seq = query.int64(1);
    CL_TRY_ASSIGN(row.contact, hash_from_bytes(query.blob(2)));
    row.kind = query.text(3);
    row.list = query.text(4);
    row.opened_at = query.int64(5);
    row.assignee = query.text(6);
    row.changed_by = query.int64(7);
    if (!query.is_null(8)) row.closed_at = query.int64(8);
    CL_TRY(query.status());
    return row;
}

}  // namespace cl::state
