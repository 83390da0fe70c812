// The API as commands use it on a data directory: over the admin socket where a server runs, in this process where none does. Either way a
// request meets the same routes and handlers, so a command and a client cannot come to different entries.
//
// Threads: the main thread.
#pragma once

#include "api/app/commands.hpp"
#include "api/http.hpp"
#include "ledger/core/json.hpp"

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::api::app {

class LocalApi {
public:
    /// Connects, or opens the data directory and waits until it is ready. Fails as Service::open does; errc::store_locked if another
    /// process holds the directory and does not answer on the socket.
    [[nodiscard]] static Result<std::unique_ptr<LocalApi>> open(std::string const& data, Context& context);
    /// The same about the directory as it is now, beside a server or without one, and nothing is recorded (service::open_rehearsal).
    [[nodiscard]] static Result<std::unique_ptr<LocalApi>> rehearse(std::string const& data, std::string const& scratch,
                                                                    Context& context);
    virtual ~LocalApi() = default;

    /// As the administrator of all accounts. In this process the answer may come while further requests are made; over the socket it is
    /// there at once. errc::io: the server went away.
    [[nodiscard]] virtual std::future<Result<Response>> ask(Request request) = 0;
    /// Asks for a document that is too long to be held: `sink` gets it piece by piece, some of them empty, if the status is 2xx; the body of any
    /// other answer is in the response. Fails where the document breaks off, and as `sink` does.
    using Sink = std::function<Result<void>(std::string_view)>;
    [[nodiscard]] virtual Result<Response> download(Request request, Sink const& sink) = 0;
    /// Waits for the answer.
    [[nodiscard]] Result<Response> ask_now(Request request) { return ask(std::move(request)).get(); }
};

/// A number as it is given on the command line; `-` reads it from standard input.
[[nodiscard]] std::string number_from(std::string const& given);

/// One request with a JSON body, or none, and the object that answers it. A problem document is the error that it tells.
[[nodiscard]] Result<json::Object> ask_json(LocalApi& api, Method method, std::string path,
                                            std::vector<std::pair<std::string, std::string>> query,
                                            std::optional<json::Object> body);
[[nodiscard]] Result<json::Object> ask_json(LocalApi& api, Method method, std::string path,
                                            std::optional<json::Object> body = {});

/// The certificate of an erasure. Waits up to `patience_ms` for the search of the vault's files to be over.
[[nodiscard]] Result<json::Object> ask_certificate(LocalApi& api, std::string const& account, std::string const& contact,
                                                   int patience_ms);

/// What a problem document says, as an error of the command line: its detail, and where. errc::busy for what may go well later,
/// not_found for 404, refused_by_policy for 409, else errc::invalid.
[[nodiscard]] Error problem_error(Response const& response);

}  // namespace cl::api::app
