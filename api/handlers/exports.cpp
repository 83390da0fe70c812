// POST /v1/accounts/{account}/exports: an evidence bundle. What it covers is found first, then recorded as export.issued, then streamed.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/handlers/streamed.hpp"
#include "ledger/bundle/bundle.hpp"
#include "ledger/bundle/planner.hpp"
#include "ledger/core/sha256.hpp"

#include <utility>

namespace cl::api::handlers {

namespace {

/// One request under way. Lives as long as somebody works on it.
class Export : public std::enable_shared_from_this<Export> {
public:
    Export(Call call, bundle::Planner planner, bool redacted)
        : call_(std::move(call)), planner_(std::move(planner)), redacted_(redacted) {}

    /// The next step of the plan, on a reader thread.
    void go_on() {
        bool const taken = call_.app.readers().submit([self = shared_from_this()](Result<service::Queries*> queries) {
            queries ? self->plan(**queries) : self->refuse(queries.error());
        });
        if (!taken) {
            respond_busy(call_);
        }
    }

private:
    void refuse(Error const& error) { call_.respond(call_.app.failure("an evidence bundle", error)); }

    void plan(service::Queries& queries) {
        if (!call_.hold->grow(limits::report_hold_bytes + planner_.held())) {
            respond_busy(call_);
            return;
        }
        auto const more = planner_.step(queries);
        if (!more) {
            refuse(more.error());
        } else if (*more) {
            go_on();
        } else if (planner_.issued()) {
            begin(*planner_.issued(), false);
        } else {
            record();
        }
    }

    /// The statement goes into the ledger before anything of the bundle goes out. The same statement by the same token is the same entry, however
    /// often it is asked for; where something was recorded meanwhile, it is another statement.
    void record() {
        json::Object data = planner_.statement();
        service::AppendRequest request;
        request.account = call_.account();
        request.principal = call_.principal;
        request.idempotency_key = "export " + call_.principal.token + " " + to_hex(sha256(json::write(json::Value(data))));
        request.receipt = service::ReceiptDetail::none;
        auto change = consent::parse_change(json::Object{{"kind", "export.issued"}, {"data", std::move(data)}});
        if (!change) {
            refuse(change.error());
            return;
        }
        request.items.push_back(service::AppendItem{std::move(*change), {}, {}});
        call_.app.service().append(
            std::move(request), [self = shared_from_this()](Result<service::AppendAnswer> answer) { self->recorded(answer); });
    }

    void recorded(Result<service::AppendAnswer> const& answer) {
        if (!answer) {
            refuse(answer.error());
            return;
        }
        service::ItemResult const& result = answer->results.front();
        if (result.problem) {
            refuse(*result.problem);
            return;
        }
        begin(result.seq, result.status == service::ItemStatus::recorded);
    }

    void begin(Seq issued, bool is_new) {
        made_ = std::make_shared<bundle::Bundle>(planner_.plan(), issued);
        issued_ = issued;
        is_new_ = is_new;
        prepare_on();
    }

    /// What refuses a bundle is found before a status goes out, again on a reader thread.
    void prepare_on() {
        bool const taken = call_.app.readers().submit([self = shared_from_this()](Result<service::Queries*> queries) {
            auto const more = queries ? self->made_->prepare(**queries) : Result<bool>(queries.error());
            if (!more) {
                self->refuse(more.error());
            } else if (*more) {
                self->prepare_on();
            } else {
                self->answer();
            }
        });
        if (!taken) {
            respond_busy(call_);
        }
    }

    void answer() {
        std::string const seq = std::to_string(issued_);
        auto const made = made_;
        // The plan stays until the last piece is sent, however slowly it is read; the request's own hold then counts the pieces alone.
        auto const kept = std::make_shared<Hold>(call_.app.memory(), call_.principal.token);
        kept->trade(made->held());
        Response response;
        response.status = is_new_ ? 201 : 200;
        response.content_type = "application/zip";
        response.document = "bundle";
        response.headers.emplace_back("Content-Disposition",
                                      "attachment; filename=\"" + bundle::file_name(issued_, redacted_) + "\"");
        response.headers.emplace_back("Link", "</v1/entries/" + seq + ">; rel=\"describedby\"");
        response.headers.emplace_back("Export-Issued", seq);
        response.rest = std::make_shared<StreamedBody>(
            call_.app, "an evidence bundle",
            [made, kept](service::Queries& queries, std::string& out) { return made->step(queries, out); }, call_.hold,
            limits::report_hold_bytes);
        call_.respond(std::move(response));
    }

    Call call_;
    bundle::Planner planner_;
    bool const redacted_;
    std::shared_ptr<bundle::Bundle> made_;  // once it is issued
    Seq issued_ = -1;
    bool is_new_ = false;
};

}  // namespace

void post_export(Call call) {
    auto const known = check_parameters(call.request, {});
    if (!known) {
        call.respond(problem(known.error()));
        return;
    }
    auto const posted = json::parse(call.request.body, limits::http_body_bytes);
    auto asked = posted ? bundle::read_asked(*posted) : Result<bundle::Asked>(posted.error());
    if (!asked) {
        call.respond(problem(asked.error()));
        return;
    }
    service::Service& service = call.app.service();
    bundle::Ledger ledger{service.origin(), note::to_vkey(service.verifier_key()), bundle::program};
    bool const redacted = asked->redacted;
    bundle::Planner planner(call.account(), std::move(*asked), std::move(ledger));
    std::make_shared<Export>(std::move(call), std::move(planner), redacted)->go_on();
}

}  // namespace cl::api::handlers
