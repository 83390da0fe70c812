// What both exports start from: the files of a data directory, read beside a running server, and the key that signs the export's own
// checkpoint, after the same head guard as at start.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/core/keys.hpp"
#include "ledger/log/log_store.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/tree.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cl::service {

class ExportSource {
public:
    /// errc::io, key_missing, key_mismatch, rollback_detected (an older ledger must not be signed again).
    [[nodiscard]] static Result<ExportSource> open(DataDir const& dir);
    /// The same over `log`, a copy of the ledger of `dir` that was made after `head` was read.
    [[nodiscard]] static Result<ExportSource> over(std::unique_ptr<log::LogReader> log, DataDir const& dir,
                                                   HeadFile::Content const& head);

    /// Visits every entry, in order, and grows the tree with it; stops at the first failure. At the end the tree has been compared with
    /// the head file and the newest stored checkpoint. errc::chain_broken, rollback_detected.
    [[nodiscard]] Result<void> stream(std::function<Result<void>(Seq, std::string_view)> const& visit);

    /// The name, after stream().
    [[nodiscard]] std::string const& origin() const noexcept { return origin_; }
    [[nodiscard]] merkle::Size size() const noexcept { return size_; }
    [[nodiscard]] Tree& tree() noexcept { return tree_; }
    /// A checkpoint of everything that was streamed, under the name that its entries come to.
    [[nodiscard]] std::string checkpoint() const;

private:
    ExportSource(std::unique_ptr<log::LogReader> log, SecretBytes const& seed);
    [[nodiscard]] Result<void> compare(Checkpoint const& known) const;

    std::unique_ptr<log::LogReader> log_;
    std::unique_ptr<Ed25519Signer> signer_;
    std::string origin_;
    std::vector<Checkpoint> known_;  ///< signed before: the tree must pass through them
    merkle::Size size_ = 0;
    Tree tree_;
};

}  // namespace cl::service
