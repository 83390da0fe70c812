#include "ledger/bundle/walk.hpp"

#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::bundle {

Result<Read> read_entry(service::Records& records, Seq seq) {
    CL_TRY_ASSIGN(std::string bytes, records.entry(seq));
    auto entry = decode(bytes);
    if (!entry) return fail(errc::store_corrupt, "entry " + std::to_string(seq) + " cannot be read: " + entry.error().detail);
    return Read{std::move(*entry), std::move(bytes)};
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
        CL_TRY_ASSIGN(Read const read, read_entry(records, *seq));
        CL_TRY_ASSIGN(std::size_t const made, visit(read));
        step.add(read.bytes.size() + made);
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
        CL_TRY_ASSIGN(Read read, read_entry(records, *seq));
        read.context = true;
        CL_TRY_ASSIGN(std::size_t const made, visit(read));
        step.add(read.bytes.size() + made);
    }
    return true;
}

Result<bool> WholeWalk::step(service::Records& records, Visit const& visit) {
    for (Step step; !step.full();) {
        CL_TRY_ASSIGN(auto const in_scope, scope_.peek(records));
        auto const in_context = context_.peek();
        if (!in_scope && !in_context) return false;
        bool const context = !in_scope || (in_context && *in_context < *in_scope);
        CL_TRY_ASSIGN(Read read, read_entry(records, context ? *in_context : *in_scope));
        context ? context_.pass() : scope_.pass();
        read.context = context;
        CL_TRY_ASSIGN(std::size_t const made, visit(read));
        step.add(read.bytes.size() + made);
    }
    return true;
}

}  // namespace cl::bundle
