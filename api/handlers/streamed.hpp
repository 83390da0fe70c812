// A body that is made while it is sent: a step at a time on a reader thread, each within the memory that requests may hold.
//
// Threads: step on a reader thread, next on any.
#pragma once

#include "api/app.hpp"
#include "api/http.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace cl::api::handlers {

class StreamedBody final : public BodySource, public std::enable_shared_from_this<StreamedBody> {
public:
    /// Appends some of the document; false when it is whole.
    using Step = std::function<Result<bool>(service::Queries&, std::string&)>;

    /// `what` it is, for the log. `step_bytes`: what a step may hold.
    StreamedBody(App& app, std::string what, Step make, std::shared_ptr<Hold> hold, std::size_t step_bytes)
        : app_(app), what_(std::move(what)), make_(std::move(make)), hold_(std::move(hold)), step_bytes_(step_bytes) {}

    /// On a reader thread. errc::busy where there is no room, and then nothing was done.
    [[nodiscard]] Result<Piece> step(service::Queries& queries);
    void next(std::function<void(Result<Piece>)> done) override;

private:
    App& app_;
    std::string const what_;
    Step make_;
    std::shared_ptr<Hold> hold_;
    std::size_t const step_bytes_;
};

}  // namespace cl::api::handlers
