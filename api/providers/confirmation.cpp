#include "api/providers/confirmation.hpp"

#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/mac.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace cl::api::providers {
namespace {

bool stands_in_a_command(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || std::string_view("-_.:=").find(c) != std::string_view::npos;
    });
}

Result<void> write_private(std::filesystem::path const& path, std::string const& text) {
    std::filesystem::path part = path;
    part += ".part";
    int const file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) return fail(errc::io, "cannot write " + part.string());
    bool const written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    bool const closed = ::close(file) == 0;
    std::error_code error;
    if (written && closed) std::filesystem::rename(part, path, error);
    return written && closed && !error ? Result<void>() : fail(errc::io, "cannot write " + path.string());
}

}  // namespace

Result<std::filesystem::path> keep_confirmation(std::filesystem::path const& folder, std::string_view account,
                                                Confirmation const& confirmation, Millis now) {
    if (!stands_in_a_command(confirmation.topic) || !stands_in_a_command(confirmation.token)) {
        return fail(errc::malformed, "The confirmation has no token.");
    }
    std::error_code error;
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && !std::filesystem::is_directory(folder, error)) {
        return fail(errc::io, "cannot make " + folder.string());
    }
    std::string const name = to_hex(digest(Digest::sha256, confirmation.topic)).substr(0, 16);
    std::filesystem::path const path = folder / ("aws-" + std::string(account) + "-" + name + ".json");
    std::string const command = "aws sns confirm-subscription --authenticate-on-unsubscribe true --topic-arn " +
                                confirmation.topic + " --token " + confirmation.token;
    json::Object const text = {{"account", account},
                               {"asked_at", format_time(now)},
                               {"asks", confirmation.ended ? "whether to stop" : "whether to start"},
                               {"command", command},
                               {"topic", confirmation.topic}};
    CL_TRY(write_private(path, json::write(text) + "\n"));
    return path;
}

}  // namespace cl::api::providers
