#include "api/app/log_sink.hpp"

#include "ledger/core/json.hpp"

#include <iostream>
#include <string>

namespace cl::api::app {

void LogSink::say(std::string_view sentence) {
    if (!json_) {
        return write("consent-ledger: " + std::string(sentence));
    }
    // JSON's escapes keep a sentence from becoming two lines.
    std::string const text = json::valid_utf8(sentence) ? std::string(sentence) : std::string("(not UTF-8)");
    write(json::write(json::Object{{"time", format_time(clock_.now())}, {"message", text}}));
}

void LogSink::request(std::string_view members) {
    if (!json_) {
        return write("consent-ledger: request " + std::string(members));
    }
    write(R"({"time":")" + format_time(clock_.now()) + R"(","message":"request",)" + std::string(members.substr(1)));
}

void LogSink::write(std::string const& line) {
    std::lock_guard const lock(mutex_);
    std::cerr << line + '\n' << std::flush;
}

}  // namespace cl::api::app
