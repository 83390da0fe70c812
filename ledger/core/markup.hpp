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

/// The same of a text that somebody else wrote, for a page that people read: what cannot be seen, or turns the writing round, stands there as
/// `\u202e`, so that what is read is what was written. These are the control characters other than a line feed and a tab, U+00AD, U+061C,
/// U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F and U+FEFF (Unicode 15 23.2, UAX 9 2); the console shows the same.
void append_visible_markup(std::string_view text, std::string& out);
[[nodiscard]] std::string visible_markup(std::string_view text);

}  // namespace cl
