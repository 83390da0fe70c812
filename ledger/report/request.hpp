// What can be asked for: the reports by name, and the filters that each takes. The same words over HTTP and on the command line.
//
// Threads: constant data and plain values.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/report/writers.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::report {

struct ReportInfo {
    std::string_view name;
    std::string_view title;
    std::span<std::string_view const> filters;   ///< the parameters that it takes beside format, profile and personal
    std::span<std::string_view const> statuses;  ///< values of `status`, the default first
    bool takes_sends = false;                    ///< it is about what a platform says that it sent, which has to be given
};
[[nodiscard]] std::span<ReportInfo const> all_reports() noexcept;
/// errc::not_found.
[[nodiscard]] Result<ReportInfo const*> find_report(std::string_view name);

/// What is shown of numbers, names and texts that the vault still has.
enum class Personal : std::uint8_t {
    full,
    masked,  ///< the last four digits of numbers; no text
    none,
};

/// What a suppression list is for.
enum class Shape : std::uint8_t { plain, e164, twilio, aws, azure };

/// Empty = no filter on that.
struct Filter {
    std::optional<Millis> from{};  ///< not before
    std::optional<Millis> to{};    ///< before
    std::string list{};
    std::vector<std::string> kinds{};
    std::string actor{};
    std::optional<Hash32> contact{};
    std::string status{};
    Personal personal = Personal::full;
    Shape shape = Shape::plain;
    std::string sender{};  ///< of the suppression list's upload shapes
    Format format = Format::json;
    Profile profile = Profile::plain;
    std::vector<Fact> said{};  ///< the parameters as they were given, for the report's head
};

/// Reads name-value pairs. errc::invalid with what is wrong: a parameter that the report does not take (a filter that is ignored would
/// widen the answer), given twice (`kind` may be), or a value that it cannot have.
using Parameters = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Result<Filter> read_filter(ReportInfo const& report, Parameters const& parameters, Format default_format);

/// How the document is called over HTTP, and as a file.
[[nodiscard]] std::string_view media_type(Filter const& filter) noexcept;
[[nodiscard]] std::string file_name(ReportInfo const& report, std::string_view account, Filter const& filter);

}  // namespace cl::report
