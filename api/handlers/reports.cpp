// GET /v1/accounts/{account}/reports/{name}: a document, streamed while it is made.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/report/report.hpp"

#include <utility>

namespace cl::api::handlers {

namespace {

/// The rest of a report, a step at a time on a reader thread, each within the memory that requests may hold.
class ReportBody final : public BodySource, public std::enable_shared_from_this<ReportBody> {
public:
    ReportBody(App& app, std::unique_ptr<report::Report> report, std::shared_ptr<Hold> hold)
        : app_(app), report_(std::move(report)), hold_(std::move(hold)) {}

    /// On a reader thread. errc::busy where there is no room, and then nothing was done.
    Result<Piece> step(service::Queries& queries) {
        if (!hold_->grow(limits::report_hold_bytes)) {
            return fail(errc::busy, {});
        }
        Piece piece;
        CL_TRY_ASSIGN(bool const more, report_->step(queries, piece.bytes));
        piece.last = !more;
        return piece;
    }

    void next(std::function<void(Result<Piece>)> done) override {
        bool const taken = app_.readers().submit([self = shared_from_this(), done](Result<service::Queries*> queries) {
            Result<Piece> piece = queries ? self->step(**queries) : Result<Piece>(queries.error());
            if (!piece && piece.error().code != errc::busy) {
                (void)self->app_.failure("a report", piece.error());  // the log says what it was: the status has gone out
            }
            done(std::move(piece));
        });
        if (!taken) {
            done(fail(errc::busy, {}));
        }
    }

private:
    App& app_;
    std::unique_ptr<report::Report> report_;
    std::shared_ptr<Hold> hold_;
};

/// What `Accept` prefers, where the query does not say.
report::Format accepted(Request const& request) {
    if (request.accept.find("text/csv") != std::string::npos) {
        return report::Format::csv;
    }
    if (request.accept.find("text/html") != std::string::npos) {
        return report::Format::html;
    }
    return report::Format::json;
}

Result<report::Order> order_of(Call const& call) {
    report::Order order;
    CL_TRY_ASSIGN(order.report, report::find_report(call.variables[1]));
    CL_TRY_ASSIGN(order.filter, report::read_filter(*order.report, call.request.query, accepted(call.request)));
    order.account = call.account();
    order.origin = call.app.service().origin();
    order.vkey = note::to_vkey(call.app.service().verifier_key());
    order.now = call.app.clock().now();
    return order;
}

Response document(report::Order const& order) {
    Response response;
    response.content_type = report::media_type(order.filter);
    response.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"" + report::file_name(*order.report, order.account, order.filter) + "\"");
    if (order.filter.format == report::Format::html) {
        response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }
    return response;
}

}  // namespace

void get_report(Call call) {
    auto order = order_of(call);
    if (!order) {
        call.respond(problem(order.error()));
        return;
    }
    Response response = document(*order);
    App& app = call.app;
    auto const body = std::make_shared<ReportBody>(app, report::make_report(std::move(*order)), call.hold);
    on_reader(
        std::move(call),
        [body, response = std::move(response)](service::Queries& queries, Call const&) mutable -> Result<Response> {
            // The head is a step of its own, and the first rows may still find that there is no such list: both before the status.
            CL_TRY_ASSIGN(auto head, body->step(queries));
            CL_TRY_ASSIGN(auto rows, body->step(queries));
            response.body = std::move(head.bytes) + rows.bytes;
            if (!rows.last) {
                response.rest = body;
            }
            return std::move(response);
        },
        limits::report_hold_bytes);
}

}  // namespace cl::api::handlers
