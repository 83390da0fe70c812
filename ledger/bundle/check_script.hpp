// docs/check_bundle.py, as each bundle carries it. The definition is made by the build.
#pragma once

#include <string_view>

namespace cl::bundle {

extern std::string_view const check_script;

}  // namespace cl::bundle
