#include "ledger/state/projections.hpp"

#include "ledger/state/flusher.hpp"
#include "ledger/state/overlay_reader.hpp"
#include "ledger/state/shared.hpp"
#include "ledger/state/state_file.hpp"

#include <mutex>
#include <utility>

namespace cl::state {
namespace {

class OverlayProjections final : public Projections {
public:
    OverlayProjections(std::shared_ptr<Shared> shared, Identity identity, std::unique_ptr<StateFile> file)
        : shared_(std::move(shared)), identity_(std::move(identity)) {
        start(std::move(file));
    }

    [[nodiscard]] Watermark watermark() const override { return watermark_; }
    [[nodiscard]] bool room_for_batch() const override { return shared_->overlay.room(); }
    void wait_for_room() override { shared_->overlay.wait_for_room(); }
    [[nodiscard]] std::optional<Error> flush_error() const override { return shared_->overlay.error(); }
    [[nodiscard]] Result<std::unique_ptr<Reader>> make_reader() override { return OverlayReader::open(shared_); }

    void merge(BatchChanges&& changes, Watermark const& watermark) override {
        shared_->directory.merge(changes);
        shared_->overlay.merge(std::move(changes), watermark);
        watermark_ = watermark;
    }

    [[nodiscard]] Result<void> reset() override {
        flusher_.reset();
        std::scoped_lock const lock(shared_->files);
        // Before the overlay is emptied: a reader that finds nothing in it then knows that its connection is out of date.
        ++shared_->epoch;
        shared_->overlay.clear();
        file_.reset();
        shared_->distrusted = false;
        CL_TRY_ASSIGN(auto file, StateFile::create_anew(shared_->path, identity_));
        start(std::move(file));
        return {};
    }

    [[nodiscard]] Result<void> close() override {
        if (!file_) return {};
        auto const drained = flusher_ ? flusher_->drain() : Result<void>();
        flusher_.reset();
        if (shared_->distrusted) return discard();
        CL_TRY(drained);
        CL_TRY(file_->mark_clean());
        file_.reset();
        return {};
    }

private:
    void start(std::unique_ptr<StateFile> file) {
        file_ = std::move(file);
        auto loaded = file_->take_loaded();
        watermark_ = loaded.watermark;
        shared_->directory.assign(std::move(loaded.accounts), std::move(loaded.tokens), std::move(loaded.policies));
        flusher_ = std::make_unique<Flusher>(shared_->overlay, *file_, shared_->distrusted);
    }

    [[nodiscard]] Result<void> discard() {
        std::scoped_lock const lock(shared_->files);
        file_.reset();
        CL_TRY(StateFile::remove(shared_->path));
        return fail(errc::state_stale, "state.db contradicted itself and was removed; the next start rebuilds it");
    }

    std::shared_ptr<Shared> shared_;
    Identity identity_;
    Watermark watermark_;
    std::unique_ptr<StateFile> file_;   // null: closed
    std::unique_ptr<Flusher> flusher_;  // null: not running; before file_ in destruction
};

}  // namespace

Result<std::unique_ptr<Projections>> Projections::open(std::filesystem::path const& path, Identity const& identity,
                                                       Options const& options) {
    CL_TRY_ASSIGN(auto file, StateFile::open(path, identity));
    return std::unique_ptr<Projections>(
        std::make_unique<OverlayProjections>(std::make_shared<Shared>(path, options), identity, std::move(file)));
}

}  // namespace cl::state
