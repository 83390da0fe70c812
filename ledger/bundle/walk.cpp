#include "ledger/bundle/walk.hpp"

#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::bundle {

namespace {

Result<Raw> raw_entry(service::Records& records, Seq seq, bool context) {
    CL_TRY_ASSIGN(std::string bytes, records.entry(seq));
    return Raw{seq, std::move(bytes), context};
}

/// Shows it, and counts what was done.
Result<void> show(Raw raw, Visit const& visit, Step& step) {
    std::size_t const size = raw.bytes.size();
    CL_TRY_ASSIGN(std::size_t const made, visit(raw));
    step.add(size + made);
    return {};
}

}  // namespace

Result<Read> read(Raw raw) {
    auto entry = decode(raw.bytes);
    if (!entry) {
        return fail(errc::store_corrupt, "entry " + std::to_string(raw.seq) + " cannot be read: " + entry.error().detail);
    }
    return Read{std::move(*entry), std::move(raw.bytes), raw.context};
}

Result<Read> read_entry(service::Records& records, Seq seq) {
    CL_TRY_ASSIGN(Raw raw, raw_entry(records, seq, false));
    return read(std::move(raw));
}

bool Step::full() const noexcept {
    return entries_ >= limits::bundle_step_entries || bytes_ >= limits::bundle_step_bytes;
}

void Step::add(std::size_t bytes) noexcept {
    ++entries_;
    bytes_ += bytes;
}

Result<std::optional<Seq>> Walk::peek(service::Records& records) {
    Selection const& selection = plan_->selection;
    if (selection.listed) {
        return place_ < selection.seqs.size() ? std::optional(selection.seqs[place_]) : std::optional<Seq>();
    }
    if (next_ > selection.last) return std::optional<Seq>();
    CL_TRY_ASSIGN(Seq const seq, records.seq_at(plan_->account, next_));
    return std::optional(seq);
}

void Walk::pass() {
    ++place_;
    ++next_;
}

Result<bool> Walk::step(service::Records& records, Visit const& visit) {
    for (Step step; !step.full();) {
        CL_TRY_ASSIGN(auto const seq, peek(records));
        if (!seq) return false;
        pass();
        CL_TRY_ASSIGN(Raw raw, raw_entry(records, *seq, false));
        CL_TRY(show(std::move(raw), visit, step));
    }
    return true;
}

std::optional<Seq> ContextWalk::peek() const {
    if (place_ < plan_->context.size()) return plan_->context[place_];
    if (place_ == plan_->context.size()) return plan_->issued;
    return std::nullopt;
}

Result<bool> ContextWalk::step(service::Records& records, Visit const& visit) {
    for (Step step; !step.full(); pass()) {
        auto const seq = peek();
        if (!seq) return false;
        CL_TRY_ASSIGN(Raw raw, raw_entry(records, *seq, true));
        CL_TRY(show(std::move(raw), visit, step));
    }
    return true;
}

Result<bool> WholeWalk::step(service::Records& records, Visit const& visit) {
    for (Step step; !step.full();) {
        CL_TRY_ASSIGN(auto const in_scope, scope_.peek(records));
        auto const in_context = context_.peek();
        if (!in_scope && !in_context) return false;
        bool const context = !in_scope || (in_context && *in_context < *in_scope);
        CL_TRY_ASSIGN(Raw raw, raw_entry(records, context ? *in_context : *in_scope, context));
        context ? context_.pass() : scope_.pass();
        CL_TRY(show(std::move(raw), visit, step));
    }
    return true;
}

}  // namespace cl::bundle
