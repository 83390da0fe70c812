// Private: where the rows of one report come from. A source is asked step by step, a page each, so that a long report never occupies a
// reader thread for long and memory is that of a page.
//
// Threads: one at a time; each step may come on another thread.
#pragma once

#include "ledger/report/request.hpp"
#include "ledger/report/table.hpp"
#include "ledger/service/queries.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace cl::report {

/// What a source works with in one step.
struct Desk {
    service::Queries& queries;
    std::string const& account;
    Filter const& filter;
    Millis now;  ///< when the report was begun
    Seq bound;   ///< entries after this one are left out
    std::string const& origin;
    std::string const& vkey;
    std::string const& program;
    consent::AccountState const& state;  ///< of the account, when the report was begun
};

using Emit = std::function<void(Row const&)>;

class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual std::span<std::string_view const> columns() const noexcept = 0;
    /// Called before anything else until it returns false: reads some of what came with the order, for which a refusal must come before the
    /// first byte of the document.
    [[nodiscard]] virtual Result<bool> prepare() { return false; }
    /// Called then: what stands above the rows, and whether there is anything to report on at all.
    [[nodiscard]] virtual Result<void> begin(Desk const&, std::vector<Fact>&) { return {}; }
    /// Some rows; false when there are no more.
    [[nodiscard]] virtual Result<bool> step(Desk const& desk, Emit const& emit) = 0;
    /// Called last: what the rows add up to.
    virtual void end(std::vector<Section>&) const {}
};

[[nodiscard]] std::unique_ptr<Source> make_dossier();
[[nodiscard]] std::unique_ptr<Source> make_consent_register();
[[nodiscard]] std::unique_ptr<Source> make_timeliness();
[[nodiscard]] std::unique_ptr<Source> make_manual_changes();
[[nodiscard]] std::unique_ptr<Source> make_removal_queue();
[[nodiscard]] std::unique_ptr<Source> make_findings();
[[nodiscard]] std::unique_ptr<Source> make_suppression(Filter const& filter);
[[nodiscard]] std::unique_ptr<Source> make_retention();
/// `text`: Order::sends, which outlives it.
[[nodiscard]] std::unique_ptr<Source> make_sends(std::string_view text);
[[nodiscard]] std::unique_ptr<Source> make_certificate();

}  // namespace cl::report
