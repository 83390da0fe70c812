// What the API says of itself.
//
// Threads: as handlers.hpp.
#pragma once

#include "api/router.hpp"

namespace cl::api::handlers {

/// GET /openapi.json.
void get_openapi(Call call);
/// GET /problems/{code}: the page that a problem's `type` names.
void get_problem(Call call);

}  // namespace cl::api::handlers
