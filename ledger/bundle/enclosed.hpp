// What each bundle carries as it stands in docs: check_bundle.py, and how-to-verify.txt below its first lines. The definitions are made by the build.
#pragma once

#include <string_view>

namespace cl::bundle {

extern std::string_view const check_script;
extern std::string_view const how_to_text;

}  // namespace cl::bundle
