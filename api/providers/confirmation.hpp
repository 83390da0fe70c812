// A provider that asks whether it is wanted here (Amazon SNS). The service opens no connection to answer: it leaves the operator a file with the
// command that does.
//
// Threads: any thread; of two for one topic at a time the later stays.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace cl::api::providers {

struct Confirmation {
    std::string topic;
    std::string token;   ///< whoever has it and may use the topic can confirm: in no log
    bool ended = false;  ///< the provider was told to stop, and asks whether that was meant
};

/// Writes `aws-<account>-<topic's digest>.json`, mode 0600, in `folder`, which is made (0700) if need be. Its path. errc::malformed for a
/// token that would not stand in a command as it is; errc::io.
[[nodiscard]] Result<std::filesystem::path> keep_confirmation(std::filesystem::path const& folder, std::string_view account,
                                                              Confirmation const& confirmation, Millis now);

}  // namespace cl::api::providers
