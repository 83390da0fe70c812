// GET /v1/accounts/{account}/reports/{name}: a document, streamed while it is made. POST …/post-revocation-sends: the one about what a
// platform says that it sent.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/handlers/streamed.hpp"
#include "ledger/report/report.hpp"

#include <utility>

namespace cl::api::handlers {

namespace {

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

Result<report::Order> order_of(Call const& call, std::string_view name) {
    report::Order order;
    CL_TRY_ASSIGN(order.report, report::find_report(name));
    CL_TRY_ASSIGN(order.filter, report::read_filter(*order.report, call.request.query, accepted(call.request)));
    order.account = call.account();
    order.origin = call.app.service().origin();
    order.vkey = note::to_vkey(call.app.service().verifier_key());
    order.now = call.app.clock().now();
    return order;
}

std::string_view format_name(report::Format format) {
    switch (format) {
    case report::Format::csv: return "csv";
    case report::Format::html: return "html";
    case report::Format::json: break;
    }
    return "json";
}

Response document(report::Order const& order) {
    Response response;
    response.content_type = report::media_type(order.filter);
    response.document = format_name(order.filter.format);
    response.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"" + report::file_name(*order.report, order.account, order.filter) + "\"");
    if (order.filter.format == report::Format::html) {
        response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }
    return response;
}

/// A report until its first rows are there; the rest is a body that is made while it is sent.
class Beginning : public std::enable_shared_from_this<Beginning> {
public:
    Beginning(Call call, Response response, std::shared_ptr<report::Report> report, std::shared_ptr<StreamedBody> body)
        : call_(std::move(call)), response_(std::move(response)), report_(std::move(report)), body_(std::move(body)) {}

    /// The next step, on a reader thread.
    void go_on() {
        bool const taken = call_.app.readers().submit([self = shared_from_this()](Result<service::Queries*> queries) {
            auto const more = queries ? self->step(**queries) : Result<bool>(queries.error());
            if (!more) {
                self->call_.respond(self->call_.app.failure("a report", more.error()));
            } else if (*more) {
                self->go_on();
            } else {
                self->call_.respond(std::move(self->response_));
            }
        });
        if (!taken) {
            respond_busy(call_);
        }
    }

private:
    /// What is wrong with what came with the order, and that there is no such list, which the first rows find: both before the status.
    Result<bool> step(service::Queries& queries) {
        bool const rows = report_->begun();
        CL_TRY_ASSIGN(BodySource::Piece const piece, body_->step(queries));
        response_.body += piece.bytes;
        if (rows && !piece.last) {
            response_.rest = body_;
        }
        return !rows;
    }

    Call call_;
    Response response_;
    std::shared_ptr<report::Report> report_;
    std::shared_ptr<StreamedBody> body_;
};

void make_document(Call call, std::string_view name) {
    auto order = order_of(call, name);
    if (!order) {
        call.respond(problem(order.error()));
        return;
    }
    order->sends = std::move(call.request.body);
    // The log of sends stays until the last row is sent, however slowly it is read; the request's own hold then counts the answer alone.
    auto const kept = std::make_shared<Hold>(call.app.memory(), call.principal.token);
    call.hold->trade(0);
    kept->trade(order->sends.size());
    Response response = document(*order);
    std::shared_ptr<report::Report> const report = report::make_report(std::move(*order));
    auto const body = std::make_shared<StreamedBody>(
        call.app, "a report",
        [report, kept](service::Queries& queries, std::string& out) { return report->step(queries, out); }, call.hold,
        limits::report_hold_bytes);
    std::make_shared<Beginning>(std::move(call), std::move(response), report, body)->go_on();
}

}  // namespace

void get_report(Call call) {
    std::string const name = call.variables[1];
    make_document(std::move(call), name);
}

void post_report_of_sends(Call call) {
    make_document(std::move(call), "post-revocation-sends");
}

}  // namespace cl::api::handlers
