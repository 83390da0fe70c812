#include "api/app/local_api.hpp"

#include "api/app.hpp"
#include "api/app/scratch.hpp"
#include "api/net/socket_client.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/lock_file.hpp"

#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

namespace cl::api::app {

namespace {

class InProcess final : public LocalApi {
public:
    InProcess(std::unique_ptr<service::Service> service, Context& context)
        : service_(std::move(service)), app_(*service_, context.clock, context.environment().log) {}
    ~InProcess() override {
        service_->stop();
        app_.stop();
    }
    InProcess(InProcess const&) = delete;
    InProcess& operator=(InProcess const&) = delete;

    std::future<Result<Response>> ask(Request request) override {
        auto const promise = std::make_shared<std::promise<Result<Response>>>();
        auto answer = promise->get_future();
        auto admitted = app_.admit(request, Peer::admin_socket);
        if (!admitted) {
            promise->set_value(std::move(admitted).error());
            return answer;
        }
        app_.handle(std::move(*admitted), std::move(request),
                    [promise](Response response) { promise->set_value(std::move(response)); });
        return answer;
    }

    Result<Response> download(Request request, Sink const& sink) override {
        CL_TRY_ASSIGN(Response response, ask(std::move(request)).get());
        if (response.status / 100 != 2) {
            return response;
        }
        CL_TRY(sink(response.body));
        response.body.clear();
        for (bool last = response.rest == nullptr; !last;) {
            CL_TRY_ASSIGN(BodySource::Piece const piece, next(*response.rest));
            CL_TRY(sink(piece.bytes));
            last = piece.last;
        }
        return response;
    }

private:
    /// Nobody else asks this process for anything, so that a reader is free in a moment.
    static Result<BodySource::Piece> next(BodySource& source) {
        for (int waited = 0;; waited += limits::report_retry_ms) {
            std::promise<Result<BodySource::Piece>> promise;
            source.next([&promise](Result<BodySource::Piece> piece) { promise.set_value(std::move(piece)); });
            auto piece = promise.get_future().get();
            if (piece || piece.error().code != errc::busy || waited > limits::http_write_ms) {
                return piece;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(limits::report_retry_ms));
        }
    }

    std::unique_ptr<service::Service> const service_;
    App app_;
};

class Remote final : public LocalApi {
public:
    explicit Remote(std::unique_ptr<net::SocketClient> client) : client_(std::move(client)) {}

    std::future<Result<Response>> ask(Request request) override {
        std::promise<Result<Response>> promise;
        promise.set_value(client_->ask(request));
        return promise.get_future();
    }

    Result<Response> download(Request request, Sink const& sink) override { return client_->download(request, sink); }

private:
    std::unique_ptr<net::SocketClient> const client_;
};

/// Somebody holds the directory and cannot be asked: a server that starts or ends, one that lost its socket, or another command.
Error unanswered(service::DataDir const& dir) {
    std::error_code ignored;
    bool const there = std::filesystem::exists(dir.admin_socket(), ignored);
    int const pid = service::LockFile::holder(dir.lock()).value_or(0);
    return fail(errc::store_locked,
                (pid > 0 ? "process " + std::to_string(pid) : std::string("another process")) +
                    " holds this data directory, and admin.sock in it " + (there ? "does not answer" : "is not there") +
                    ": if it is another command, or a server that starts or stops, try again in a moment; a server makes the "
                    "socket anew when it is restarted");
}

}  // namespace

Result<std::unique_ptr<LocalApi>> LocalApi::open(std::string const& data, Context& context) {
    service::DataDir const dir{data};
    if (auto client = net::SocketClient::connect(dir.admin_socket())) {
        return std::unique_ptr<LocalApi>(std::make_unique<Remote>(std::move(client)));
    }
    auto opened = service::Service::open(data, context.environment(), service::Options{});
    if (!opened) {
        return opened.error().code == errc::store_locked ? unanswered(dir) : opened.error();
    }
    auto service = std::move(*opened);
    CL_TRY(service->wait_until_ready());
    return std::unique_ptr<LocalApi>(std::make_unique<InProcess>(std::move(service), context));
}

Result<std::unique_ptr<LocalApi>> LocalApi::rehearse(std::string const& data, std::string const& scratch, Context& context) {
    CL_TRY_ASSIGN(std::filesystem::path const below, scratch_folder(scratch));
    CL_TRY_ASSIGN(auto service, service::open_rehearsal(data, below, context.environment()));
    CL_TRY(service->wait_until_ready());
    return std::unique_ptr<LocalApi>(std::make_unique<InProcess>(std::move(service), context));
}

std::string number_from(std::string const& given) {
    std::string number = given;
    if (number == "-") {
        std::getline(std::cin, number);
    }
    return number;
}

Result<json::Object> ask_json(LocalApi& api, Method method, std::string path,
                              std::vector<std::pair<std::string, std::string>> query, std::optional<json::Object> body) {
    Request request;
    request.method = method;
    request.path = std::move(path);
    request.query = std::move(query);
    if (body) {
        request.content_type = "application/json";
        json::write(std::move(*body), request.body);
    }
    CL_TRY_ASSIGN(Response const response, api.ask_now(std::move(request)));
    if (response.status >= 300) {
        return problem_error(response);
    }
    CL_TRY_ASSIGN(json::Value answer, json::parse(response.body, limits::page_answer_bytes));
    return answer.as_object() == nullptr ? json::Object{} : std::move(*answer.as_object());
}

Result<json::Object> ask_json(LocalApi& api, Method method, std::string path, std::optional<json::Object> body) {
    return ask_json(api, method, std::move(path), {}, std::move(body));
}

Result<json::Object> ask_certificate(LocalApi& api, std::string const& account, std::string const& contact, int patience_ms) {
    constexpr int pause_ms = 100;
    for (int waited = 0;; waited += pause_ms) {
        CL_TRY_ASSIGN(json::Object certificate,
                      ask_json(api, Method::get, "/v1/accounts/" + account + "/contacts/" + contact + "/erasure"));
        json::Value const* const searched = certificate.find("searched");
        bool const over = searched != nullptr && searched->as_bool() != nullptr && *searched->as_bool();
        if (over || waited >= patience_ms) {
            return certificate;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
}

namespace {

errc code_of(int status) noexcept {
    if (status == 429 || status >= 500) {
        return errc::busy;
    }
    if (status == 404) {
        return errc::not_found;
    }
    return status == 409 ? errc::refused_by_policy : errc::invalid;
}

}  // namespace

Error problem_error(Response const& response) {
    auto const parsed = json::parse(response.body, limits::http_body_bytes);
    json::Object const* const body = parsed ? parsed->as_object() : nullptr;
    Error error{code_of(response.status), "the server answered with status " + std::to_string(response.status), {}};
    if (body == nullptr) {
        return error;
    }
    if (std::string_view const detail = body->string("detail"); !detail.empty()) {
        error.detail = detail;
    }
    json::Value const* const errors = body->find("errors");
    if (errors != nullptr && errors->as_array() != nullptr && !errors->as_array()->empty()) {
        if (json::Object const* const first = errors->as_array()->front().as_object()) {
            error.pointer = first->string("pointer");
        }
    }
    return error;
}

}  // namespace cl::api::app
