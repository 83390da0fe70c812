// The operator's log on standard error: a sentence a line for people, or a JSON object a line for collectors.
//
// Threads: any thread; a line is written whole.
#pragma once

#include "ledger/core/clock.hpp"

#include <mutex>
#include <string_view>

namespace cl::api::app {

class LogSink {
public:
    /// `clock` outlives the sink.
    explicit LogSink(Clock const& clock) : clock_(clock) {}

    /// Before there are other threads.
    void use_json() noexcept { json_ = true; }
    /// A sentence of the service.
    void say(std::string_view sentence);
    /// A request, as request_log.hpp describes it: a JSON object.
    void request(std::string_view members);

private:
    void write(std::string const& line);

    Clock const& clock_;
    bool json_ = false;
    std::mutex mutex_;
};

}  // namespace cl::api::app
