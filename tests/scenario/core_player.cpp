// Plays a story to the pure core: one JSON object a line in, one a line out. scenario_test.py is the other end.
//
//   {"op":"change"|"inbound", "now":<ms>, "post":{...}}   {"op":"look", "now", "phone"}   {"op":"findings", "now"}
//   {"op":"check", "now", "phone", "type", "list"}
#include "ledger/core/limits.hpp"
#include "tests/scenario/core_book.hpp"

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace cl;

json::Object answer(json::Object const& asked, scenario::CoreBook& book) {
    std::string_view const op = asked.string("op");
    json::Value const* const at = asked.find("now");
    Millis const now = at != nullptr && at->as_int() != nullptr ? *at->as_int() : 0;
    std::string const phone(asked.string("phone"));
    json::Value const* const post = asked.find("post");
    if (op == "change" && post != nullptr) return book.change(*post, now);
    if (op == "inbound" && post != nullptr) return book.inbound(*post, now);
    if (op == "look") return book.look(phone, now);
    if (op == "findings") return book.findings(now);
    auto const type = consent::message_type_from(asked.string("type"));
    if (op == "check" && type) return book.check(phone, {*type, std::string(asked.string("list"))}, now);
    std::cerr << "scenario_core: this is no request: " << json::write(asked) << '\n';
    std::exit(2);
}

}  // namespace

int main() {
    scenario::CoreBook book;
    for (std::string line; std::getline(std::cin, line);) {
        auto const asked = json::parse(line, limits::http_body_bytes);
        if (!asked || asked->as_object() == nullptr) {
            std::cerr << "scenario_core: a line is no JSON object\n";
            return 2;
        }
        std::cout << json::write(answer(*asked->as_object(), book)) << std::endl;
    }
    return 0;
}
