// Paragraphs and fields of the text report.
//
// Threads: pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace cl::verify {

/// Lines of at most 100 columns, the first one after `first`, the others indented as far.
[[nodiscard]] std::string wrapped(std::string_view first, std::string_view text);

/// A line with a name in front, in the column that all fields share.
[[nodiscard]] std::string field(std::string_view name, std::string_view value);

}  // namespace cl::verify
