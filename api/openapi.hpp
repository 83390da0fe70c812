// The OpenAPI document of this service and the pages of its problems, made from docs/openapi when the program is built
// (scripts/openapi).
//
// Threads: constant data, any thread.
#pragma once

#include <string_view>
#include <utility>

namespace cl::api {

/// OpenAPI 3.1 as JSON: what GET /openapi.json answers.
[[nodiscard]] std::string_view openapi_document() noexcept;
/// Its strong ETag, quotes included.
[[nodiscard]] std::string_view openapi_etag() noexcept;
/// The HTML page of a problem, by its `code`; empty for one that there is not.
[[nodiscard]] std::string_view problem_page(std::string_view code) noexcept;

}  // namespace cl::api
