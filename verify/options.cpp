#include "verify/options.hpp"

namespace cl::verify {

std::optional<std::optional<consent::Severity>> fail_on_from(std::string_view word) {
    if (word == "never") {
        return std::optional<consent::Severity>();
    }
    if (auto const severity = consent::severity_from(word)) {
        return std::optional<consent::Severity>(*severity);
    }
    return std::nullopt;
}

}  // namespace cl::verify
