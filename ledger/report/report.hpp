// A report under way: asked step by step for more of the document, so that it can be streamed without being held.
//
// Threads: one at a time; each step may come on another thread, with that thread's Queries.
#pragma once

#include "ledger/report/request.hpp"
#include "ledger/service/queries.hpp"

#include <memory>
#include <string>

namespace cl::report {

/// Who asks for what of whom.
struct Order {
    ReportInfo const* report = nullptr;
    std::string account{};
    Filter filter{};
    std::string origin{};  ///< of the ledger
    std::string vkey{};    ///< its public key
    std::string sends{};   ///< for a report that takes_sends: the platform's log, NDJSON
    Millis now = 0;        ///< what is overdue, expired or due is judged by this
};

class Report {
public:
    virtual ~Report() = default;
    /// Appends some of the document to `out`, the head first, the row count with the last; false when it is whole. A
    /// step may append nothing. What the report is about stands at the checkpoint of its head, or is newer; nothing recorded up
    /// to it is left out. errc::not_found: no such account, contact or list. After a failure the document cannot be finished.
    [[nodiscard]] virtual Result<bool> step(service::Queries& queries, std::string& out) = 0;
    /// False until the head is made: steps before it read what came with the order, and what is wrong with that is told before any of the
    /// document is there.
    [[nodiscard]] virtual bool begun() const noexcept = 0;
};

[[nodiscard]] std::unique_ptr<Report> make_report(Order order);

}  // namespace cl::report
