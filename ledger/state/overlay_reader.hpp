// The Reader that the rest of the program sees: the overlay first, state.db behind it. In this order, because what leaves the overlay is
// in state.db already.
//
// Threads: one at a time; any number of readers beside each other and the writer.
#pragma once

#include "ledger/state/db_reader.hpp"
#include "ledger/state/shared.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace cl::state {

class OverlayReader final : public Reader {
public:
    [[nodiscard]] static Result<std::unique_ptr<Reader>> open(std::shared_ptr<Shared> shared);

    [[nodiscard]] Result<std::shared_ptr<consent::ContactState const>> contact(std::string_view account,
                                                                               Hash32 const& contact) override;
    [[nodiscard]] Result<std::optional<RequestRecord>> request(Hash32 const& key) override;
    [[nodiscard]] Result<std::optional<Seq>> seq_at(std::string_view account, std::int64_t account_seq) override;
    [[nodiscard]] Result<std::vector<FindingRow>> findings(std::string_view account, FindingKey const& after,
                                                           std::size_t limit) override;
    [[nodiscard]] Result<std::vector<ObligationRow>> obligations(std::string_view account, bool closed,
                                                                 ObligationKey const& after, std::size_t limit) override;
    [[nodiscard]] Result<std::vector<Hash32>> members(ListRef const& list, std::optional<Hash32> const& after,
                                                      std::size_t limit) override;
    [[nodiscard]] Result<std::vector<std::string>> lists_in_use(std::string_view account, std::string_view after,
                                                                std::size_t limit) override;
    [[nodiscard]] std::optional<Seq> policy(std::string_view account) const override;
    [[nodiscard]] std::shared_ptr<consent::AccountState const> account(std::string_view account) const override;
    [[nodiscard]] std::optional<TokenRecord> token(std::string_view id) const override;
    [[nodiscard]] std::vector<TokenRecord> tokens(std::string_view account, std::string_view after,
                                                  std::size_t limit) const override;

private:
    explicit OverlayReader(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    /// The connection, opened again if the file has been exchanged. Ask for it after the overlay.
    [[nodiscard]] Result<DbReader*> db();
    /// Hands a result on; a failure that speaks of corruption is remembered and becomes errc::store_corrupt.
    template <class T>
    [[nodiscard]] Result<T> judged(Result<T> result);

    std::shared_ptr<Shared> shared_;
    std::optional<DbReader> db_;
    std::uint64_t epoch_ = 0;  // of db_
};

}  // namespace cl::state
