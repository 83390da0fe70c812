// What the tests of erasure share: changes about one person, and what the vault still has.
//
// Threads: as ServiceFixture.
#pragma once

#include "tests/support/service_fixture.hpp"

#include <optional>
#include <string>

namespace cl::test {

inline std::string change(std::string const& kind, std::string const& record, std::string const& data = "{}",
                          std::string const& phone = "+15550100123") {
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"record":")" + record + R"("},"data":)" + data +
           "}";
}

inline std::optional<log::Opening> opening(ServiceFixture const& f, Seq seq, std::string const& pointer) {
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    return need(log->opening(seq, pointer));
}

}  // namespace cl::test
