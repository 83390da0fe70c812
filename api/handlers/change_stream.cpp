#include "api/handlers/change_stream.hpp"

#include "api/app.hpp"
#include "api/handlers/change_batch.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/line_blocks.hpp"
#include "api/render.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::api::handlers {

namespace {

using service::ReceiptDetail;

std::vector<service::AppendItem> parse_block(std::string_view block) {
    std::vector<service::AppendItem> items;
    while (!block.empty()) {
        auto const end = block.find('\n');
        std::string_view const line = block.substr(0, end);
        block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
        auto const posted = json::parse(line, limits::stream_line_bytes);
        if (posted) {
            items.push_back(parse_item(*posted));
        } else {
            items.emplace_back().fault = posted.error();
        }
    }
    return items;
}

class ChangeStream final : public BodyStream, public std::enable_shared_from_this<ChangeStream> {
public:
    ChangeStream(Call&& call, std::optional<ReceiptDetail> asked)
        : app_(call.app),
          account_(call.account()),
          principal_(std::move(call.principal)),
          key_(std::move(call.request.idempotency_key)),
          traceparent_(std::move(call.request.traceparent)),
          over_rate_(call.over_rate),
          asked_(asked) {}

    [[nodiscard]] Cut cut() const override {
        bool const full = asked_ == ReceiptDetail::full;
        return {asked_ ? 0 : limits::stream_full_items, full ? limits::stream_full_items : limits::stream_step_items};
    }

    void take(std::shared_ptr<std::string const> const& block, std::size_t lines,
              std::function<void(Result<std::string>)> done) override {
        // docs/http-api.md "Lines, as a stream": brief above 100 items. Of more than are known when the first is recorded,
        // those behind the hundredth.
        many_ = many_ || (next_ == 0 && lines > limits::stream_full_items);
        auto work = [self = shared_from_this(), block, done] { self->append(*block, done); };
        if (block->size() <= limits::http_inline_bytes) {
            work();
        } else if (!app_.readers().submit_long(std::move(work))) {
            done(fail(errc::busy, {}));
        }
    }

    [[nodiscard]] Result<std::string> finish() override {
        if (next_ == 0) {
            return fail(errc::invalid, "The body holds no change.");
        }
        std::string line = json::write(json::Object{{"checkpoint", checkpoint_}});
        line += '\n';
        return line;
    }

    [[nodiscard]] Response failure(Error const& why) const override { return app_.failure("a stream of changes", why); }

    [[nodiscard]] std::string last_line(Response const& failure) const override {
        return "{\"index\":" + std::to_string(next_) + ",\"problem\":" + failure.body + "}\n";
    }

private:
    [[nodiscard]] ReceiptDetail detail() const {
        bool const few = !many_ && next_ < limits::stream_full_items;
        return asked_.value_or(few ? ReceiptDetail::full : ReceiptDetail::brief);
    }

    void append(std::string_view block, std::function<void(Result<std::string>)> const& done) {
        if (!app_.in_force(principal_)) {
            done(fail(errc::unauthorized, "The token was revoked, or has expired, while the changes came."));
            return;
        }
        service::AppendRequest request;
        request.account = account_;
        request.principal = principal_;
        request.idempotency_key = key_;
        request.receipt = detail();
        request.items = parse_block(block);
        request.first_index = next_;
        request.traceparent = traceparent_;
        if (next_ + request.items.size() > limits::stream_items) {
            done(fail(errc::too_large, "One request holds at most " + std::to_string(limits::stream_items) + " changes."));
            return;
        }
        if (over_rate_ && !holds_protection(request.items)) {
            done(refuse(request.items));
            return;
        }
        // Each step costs the token what an array of its size would, beside the request itself.
        app_.charge(principal_, request.items.size() + limits::stream_full_items);
        app_.service().append(std::move(request),
                              [self = shared_from_this(), done, detail = detail()](Result<service::AppendAnswer> answer) {
                                  done(answer ? self->write(*answer, detail) : Result<std::string>(answer.error()));
                              });
    }

    /// Over the token's rate, of a block without an opt-out or a block nothing is taken. What follows is read all the same: it may hold one.
    std::string refuse(std::vector<service::AppendItem> const& items) {
        json::Object const quota{{"type", "/problems/quota_exceeded"},
                                 {"title", "Too many requests"},
                                 {"status", 429},
                                 {"code", "quota_exceeded"},
                                 {"detail", "This token had used up its requests, and the line is no opt-out: send it again."},
                                 {"retry_after", app_.refuse_rate(principal_.token)}};
        std::string lines;
        for (service::AppendItem const& item : items) {
            json::Object line{{"status", "refused"}, {"index", static_cast<std::int64_t>(next_++)}, {"problem", quota}};
            if (!item.correlation_id.empty()) {
                line.set("correlation_id", item.correlation_id);
            }
            json::write(json::Value(std::move(line)), lines);
            lines += '\n';
        }
        checkpoint_ = app_.service().checkpoint();
        return lines;
    }

    Result<std::string> write(service::AppendAnswer const& answer, ReceiptDetail detail) {
        std::string lines;
        for (service::ItemResult const& result : answer.results) {
            json::write(json::Value(render(result, detail, next_++)), lines);
            lines += '\n';
        }
        checkpoint_ = answer.checkpoint;
        return lines;
    }

    App& app_;
    std::string const account_;
    service::Principal const principal_;
    std::string const key_;
    std::string const traceparent_;
    bool const over_rate_;
    std::optional<ReceiptDetail> const asked_;
    bool many_ = false;     ///< more items than get full receipts
    std::size_t next_ = 0;  ///< of the first line that has no result yet
    std::string checkpoint_;
};

/// Gives a stream the blocks of a whole body, one after the other.
class WholeBody : public std::enable_shared_from_this<WholeBody> {
public:
    WholeBody(std::shared_ptr<BodyStream> stream, std::string_view body, Responder respond)
        : stream_(std::move(stream)), lines_(stream_->cut().first, stream_->cut().items), respond_(std::move(respond)) {
        lines_.put(body);
        lines_.end();
    }

    void next() {
        if (!lines_.has_block()) {
            end(stream_->finish());
            return;
        }
        auto const block = std::make_shared<std::string const>(lines_.take_block());
        stream_->take(block, lines_.lines(), [self = shared_from_this()](Result<std::string> answer) {
            if (answer) {
                self->answer_.body += *answer;
                self->next();
            } else {
                self->end(std::move(answer));
            }
        });
    }

private:
    void end(Result<std::string> last) {
        if (!last) {
            Response failure = stream_->failure(last.error());
            if (answer_.body.empty()) {
                respond_(std::move(failure));
                return;
            }
            last = stream_->last_line(failure);
        }
        answer_.body += *last;
        answer_.content_type = "application/x-ndjson";
        respond_(std::move(answer_));
    }

    std::shared_ptr<BodyStream> const stream_;
    LineBlocks lines_;
    Responder const respond_;
    Response answer_;
};

}  // namespace

boost::system::result<std::shared_ptr<BodyStream>, Response> stream_changes(Call call) {
    if (auto const known = check_parameters(call.request, {"receipt"}); !known) {
        return problem(known.error());
    }
    auto const asked = asked_receipt(call.request);
    if (!asked) {
        return problem(asked.error());
    }
    return std::shared_ptr<BodyStream>(std::make_shared<ChangeStream>(std::move(call), *asked));
}

void take_lines(Call call) {
    std::string const body = std::move(call.request.body);
    Responder respond = std::move(call.respond);
    auto stream = stream_changes(std::move(call));
    if (!stream) {
        respond(std::move(stream).error());
        return;
    }
    std::make_shared<WholeBody>(std::move(*stream), body, std::move(respond))->next();
}

}  // namespace cl::api::handlers
