// The entries of a plan, a bounded number at a time.
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/bundle/plan.hpp"
#include "ledger/service/queries.hpp"

#include <functional>

namespace cl::bundle {

/// One entry as it is stored.
struct Raw {
    Seq seq = -1;
    std::string bytes;
    bool context = false;  ///< else of the scope
};
/// The same, read: what costs most, and not every file needs it.
struct Read {
    Entry entry;
    std::string bytes;
    bool context = false;
};
/// Returns how many bytes it has made of the entry, whose bytes it may take.
using Visit = std::function<Result<std::size_t>(Raw&)>;

/// errc::store_corrupt for bytes that are no entry.
[[nodiscard]] Result<Read> read(Raw raw);
[[nodiscard]] Result<Read> read_entry(service::Records& records, Seq seq);

/// How much one step has done.
class Step {
public:
    [[nodiscard]] bool full() const noexcept;
    void add(std::size_t bytes) noexcept;

private:
    std::size_t entries_ = 0;
    std::size_t bytes_ = 0;
};

/// The entries of the scope, by seq. The plan outlives the object.
class Walk {
public:
    explicit Walk(Plan const& plan) : plan_(&plan), next_(plan.selection.first) {}
    /// Some more; false when there are no more.
    [[nodiscard]] Result<bool> step(service::Records& records, Visit const& visit);
    /// The place of the next entry; nothing at the end.
    [[nodiscard]] Result<std::optional<Seq>> peek(service::Records& records);
    void pass();

private:
    Plan const* plan_;
    std::int64_t next_;      // account_seq, of an interval
    std::size_t place_ = 0;  // in the list of places
};

/// The context and export.issued, by seq.
class ContextWalk {
public:
    explicit ContextWalk(Plan const& plan) : plan_(&plan) {}
    [[nodiscard]] Result<bool> step(service::Records& records, Visit const& visit);
    [[nodiscard]] std::optional<Seq> peek() const;
    void pass() { ++place_; }

private:
    Plan const* plan_;
    std::size_t place_ = 0;
};

/// Both, by seq.
class WholeWalk {
public:
    explicit WholeWalk(Plan const& plan) : scope_(plan), context_(plan) {}
    [[nodiscard]] Result<bool> step(service::Records& records, Visit const& visit);

private:
    Walk scope_;
    ContextWalk context_;
};

}  // namespace cl::bundle
