#include "ledger/report/report.hpp"

#include "ledger/report/source.hpp"

#include <utility>

namespace cl::report {
namespace {

std::unique_ptr<Source> source_of(Order const& order) {
    std::string_view const name = order.report->name;
    if (name == "contact-dossier") return make_dossier();
    if (name == "consent-register") return make_consent_register();
    if (name == "opt-out-timeliness") return make_timeliness();
    if (name == "manual-changes") return make_manual_changes();
    if (name == "list-removal-queue") return make_removal_queue();
    if (name == "findings") return make_findings();
    if (name == "suppression") return make_suppression(order.filter);
    if (name == "retention") return make_retention();
    if (order.report->takes_sends) return make_sends(order.sends);
    return make_certificate();
}

std::unique_ptr<Writer> writer_of(Filter const& filter) {
    if (filter.format == Format::csv) return csv_writer(filter.profile);
    if (filter.format == Format::html) return html_writer();
    return filter.shape != Shape::plain ? line_writer() : json_writer();
}

class Running final : public Report {
public:
    explicit Running(Order order) : order_(std::move(order)), source_(source_of(order_)), writer_(writer_of(order_.filter)) {}

    Result<bool> step(service::Queries& queries, std::string& out) override {
        if (!begun_) {
            CL_TRY_ASSIGN(bool const preparing, source_->prepare());
            if (!preparing) CL_TRY(begin(queries, out));
            return true;
        }
        CL_TRY_ASSIGN(bool const more, source_->step(desk(queries), [&](Row const& row) {
            ++tail_.rows;
            writer_->row(row, out);
        }));
        if (!more) CL_TRY(end(queries, out));
        return more;
    }

    bool begun() const noexcept override { return begun_; }

private:
    [[nodiscard]] Desk desk(service::Queries& queries) const {
        return {queries,       order_.account, order_.filter, order_.now, head_.as_of,
                order_.origin, order_.vkey,    head_.program, *account_};
    }

    /// The newest checkpoint, and the account as it stands at it, or later.
    Result<service::AsOf> look(service::Queries& queries) {
        service::ChangeFilter newest;
        newest.limit = 1;
        CL_TRY_ASSIGN(auto const page, queries.changes(order_.account, newest));
        return page.as_of;
    }

    Result<void> begin(service::Queries& queries, std::string& out) {
        CL_TRY_ASSIGN(service::AsOf const as_of, look(queries));
        CL_TRY_ASSIGN(service::AccountView const account, queries.account(order_.account));
        account_ = account.state;
        head_ = Head{std::string(order_.report->name),
                     std::string(order_.report->title),
                     order_.account,
                     order_.origin,
                     "consent-ledger " CL_VERSION,
                     order_.now,
                     as_of.seq,
                     as_of.checkpoint,
                     order_.filter.said,
                     {}};
        CL_TRY(source_->begin(desk(queries), head_.about));
        writer_->begin(head_, source_->columns(), out);
        begun_ = true;
        return {};
    }

    Result<void> end(service::Queries& queries, std::string& out) {
        CL_TRY_ASSIGN(service::AsOf const as_of, look(queries));
        tail_.as_of = as_of.seq;
        tail_.checkpoint = as_of.checkpoint;
        source_->end(tail_.sections);
        writer_->end(tail_, out);
        return {};
    }

    Order order_;
    std::unique_ptr<Source> source_;
    std::unique_ptr<Writer> writer_;
    std::shared_ptr<consent::AccountState const> account_;
    Head head_;
    Tail tail_;
    bool begun_ = false;
};

}  // namespace

std::unique_ptr<Report> make_report(Order order) {
    return std::make_unique<Running>(std::move(order));
}

}  // namespace cl::report
