// Text inside of HTML and XML.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace cl {

/// Appends `text` so that it stands for itself between tags and inside of a quoted attribute (XML 1.0 2.4; HTML, "Normal elements"). Control
/// characters other than a line feed and a tab, which neither may hold, become U+FFFD. `text` is UTF-8.
void append_markup(std::string_view text, std::string& out);

/// The same, as a value.
[[nodiscard]] std::string markup(std::string_view text);

}  // namespace cl
