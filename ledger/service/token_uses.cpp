#include "ledger/service/token_uses.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <fstream>
#include <sstream>
#include <utility>

namespace cl::service {

void TokenUses::open(std::filesystem::path path) {
    path_ = std::move(path);
    std::ifstream in(path_, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) return;
    auto const read = json::parse(text.str(), limits::state_text_bytes);
    if (!read || read->as_object() == nullptr) return;
    std::lock_guard const lock(mutex_);
    for (json::Member const& member : *read->as_object()) {
        auto const* time = member.value.as_string();
        if (time == nullptr) continue;
        if (auto const used = parse_stored_time(*time)) last_.insert_or_assign(member.name, *used);
    }
}

void TokenUses::note(std::string_view token, Millis now) {
    Millis const minute = now - now % limits::token_used_ms;
    std::lock_guard const lock(mutex_);
    auto found = last_.find(token);
    if (found == last_.end()) found = last_.emplace(std::string(token), minute - 1).first;
    if (found->second >= minute) return;
    found->second = minute;
    changed_ = true;
}

std::optional<Millis> TokenUses::last(std::string_view token) const {
    std::lock_guard const lock(mutex_);
    auto const found = last_.find(token);
    if (found == last_.end()) return std::nullopt;
    return found->second;
}

Result<void> TokenUses::save() {
    json::Object all;
    {
        std::lock_guard const lock(mutex_);
        if (path_.empty() || !std::exchange(changed_, false)) return {};
        for (auto const& [token, used] : last_) all.set(token, format_time(used));
    }
    std::filesystem::path part = path_;
    part += ".part";
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out << json::write(json::Value(std::move(all))) << '\n';
        out.close();
        std::error_code error;
        if (out) std::filesystem::rename(part, path_, error);
        if (out && !error) return {};
    }
    std::lock_guard const lock(mutex_);
    changed_ = true;
    return fail(errc::io, "when tokens were used last could not be written to the data directory");
}

}  // namespace cl::service
