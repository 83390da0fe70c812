// What a platform says that it sent, a JSON object a line: the one thing that a report needs and the ledger does not hold.
//
// Threads: pure, any thread.
#pragma once

#include "ledger/consent/check.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cl::report {

struct SendRow {
    std::int64_t line = 0;  ///< from 1
    std::optional<Hash32> contact;
    std::string number;  ///< E.164, where no contact is named
    Millis at = 0;
    std::string message;  ///< the platform's id of it
    consent::CheckMessage what;
};

/// The lines of a text, which outlives the reader; blank ones are passed over.
class SendReader {
public:
    explicit SendReader(std::string_view text) noexcept : text_(text) {}
    /// The next row; nothing at the end. errc::invalid with the line as pointer (`/17`), never with what stands in it.
    [[nodiscard]] Result<std::optional<SendRow>> next();

private:
    std::string_view text_;
    std::int64_t line_ = 0;
};

}  // namespace cl::report
