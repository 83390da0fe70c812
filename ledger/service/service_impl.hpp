// The service behind the interface: what is shared, the writer, the lock.
//
// Threads: as Service.
#pragma once

#include "ledger/service/chain_check.hpp"
#include "ledger/service/core.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/dir_checks.hpp"
#include "ledger/service/lock_file.hpp"
#include "ledger/service/writer.hpp"

#include <memory>
#include <mutex>

namespace cl::service {

class ServiceImpl final : public Service {
public:
    ServiceImpl(DataDir dir, LockFile lock, std::shared_ptr<Core> core, std::unique_ptr<Writer> writer,
                std::unique_ptr<state::Reader> tokens, std::shared_ptr<void> rests_on = nullptr)
        : rests_on_(std::move(rests_on)),
          dir_(std::move(dir)),
          lock_(std::move(lock)),
          core_(std::move(core)),
          writer_(std::move(writer)),
          tokens_(std::move(tokens)),
          dir_checks_(dir_, DirIdentity{core_->signer.public_key(), core_->contact_key.check_value()}, held_files(dir_)) {}
    ~ServiceImpl() override;

    /// At most once, before anybody else has the object.
    void verify_every(Millis time) { chain_check_ = std::make_unique<ChainCheck>(core_, time); }

    void append(AppendRequest request, AppendDone done) override;
    void inbound(InboundRequest request, InboundDone done) override;
    Result<NewToken> create_token(TokenWish const& wish) override;
    Result<NewToken> rotate_token(TokenRotation const& rotation) override;
    Result<TokenView> revoke_token(std::string const& id, std::string const& account, Principal const& by) override;
    TokenPage tokens(std::string const& account, std::string const& after, std::size_t limit) const override;
    Authentication authenticate(std::string_view bearer) const override;
    bool in_force(std::string_view token) const override;
    bool knows_account(std::string_view account) const override;
    std::string checkpoint() const override;
    note::VerifierKey verifier_key() const override;
    std::string origin() const override;
    void on_published(std::function<void(std::string_view account)> listener) override;
    std::vector<Check> checks() const override;
    std::optional<Error> readiness() const override;
    Result<void> wait_until_ready() override;
    Stats stats() const override;
    Result<std::unique_ptr<Queries>> make_queries() override;
    void stop() override;

private:
    void submit(Job job);
    /// Has the writer record what `drafts` says, and waits until it is durable.
    [[nodiscard]] Result<void> record(std::function<Result<std::vector<Draft>>(Pending&)> drafts);
    [[nodiscard]] std::optional<state::TokenRecord> find_token(std::string_view id) const;
    [[nodiscard]] TokenView view_of(state::TokenRecord&& record) const;

    std::shared_ptr<void> const rests_on_;  ///< what must outlive the rest, or nothing
    DataDir const dir_;
    LockFile lock_;
    std::shared_ptr<Core> core_;
    std::unique_ptr<Writer> writer_;
    mutable std::mutex tokens_mutex_;
    std::unique_ptr<state::Reader> tokens_;  ///< guarded by tokens_mutex_
    DirChecks const dir_checks_;
    std::unique_ptr<ChainCheck> chain_check_;  ///< or nothing
    std::mutex stop_mutex_;
    bool stopped_ = false;  ///< guarded by stop_mutex_
};

/// Where the parts come from: the files of a data directory, or what a test puts in their place.
struct Doors {
    std::function<Result<std::unique_ptr<log::LogStore>>(DataDir const&)> open_log;
    std::function<Result<std::unique_ptr<state::Projections>>(DataDir const&, state::Identity const&)> open_projections;
};
[[nodiscard]] Doors file_doors();
[[nodiscard]] Result<std::unique_ptr<Service>> open_service(std::filesystem::path const& dir, Environment const& env,
                                                            Options const& options, Doors const& doors);

}  // namespace cl::service
