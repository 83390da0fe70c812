from checks import includes
from checks.selftest.support import RuleTest


class IncludesTest(RuleTest):
    rule = includes

    def one(self, path, line):
        headers = {f"{room}/x.hpp": "#pragma once\n" for room in ("ledger/core", "ledger/log", "ledger/sqlite", "api")}
        return {**headers, path: f"// purpose\n{line}\n"}

    def test_an_edge_of_the_policy(self):
        self.assert_silent(self.one("ledger/log/a.cpp", '#include "ledger/sqlite/x.hpp"'))
        self.assert_silent(self.one("ledger/log/a.cpp", '#include "ledger/log/x.hpp"'))
        self.assert_silent(self.one("tests/unit/log/a.cpp", '#include "ledger/log/x.hpp"'))

    def test_an_edge_outside_of_the_policy(self):
        self.assert_fires(self.one("verify/a.cpp", '#include "ledger/log/x.hpp"'), "verify/a.cpp:2:", "verify may not include ledger/log")
        self.assert_fires(self.one("ledger/core/a.cpp", '#  include "ledger/log/x.hpp"'), "ledger/core may not include ledger/log")

    def test_a_commented_include_is_none(self):
        self.assert_silent(self.one("verify/a.cpp", '// #include "ledger/log/x.hpp"'))
        self.assert_silent(self.one("verify/a.cpp", '/* why\n#include "ledger/log/x.hpp"\n*/'))

    def test_a_folder_without_policy(self):
        self.assert_fires({"ledger/new/a.cpp": "int a();\n"}, "ledger/new/a.cpp:1:", "is in no room")
        self.assert_fires({"ledger/loose.cpp": "int a();\n"}, "is in no room")
        self.assert_silent({"examples/a.cpp": "int a();\n"})

    def test_a_room_inside_a_room_has_edges_of_its_own(self):
        self.assert_silent(self.one("api/app/a.cpp", '#include "api/x.hpp"'))
        self.assert_silent(self.one("api/app/a.cpp", '#include "ledger/log/x.hpp"'))
        self.assert_fires(self.one("api/handlers/a.cpp", '#include "ledger/log/x.hpp"'), "api may not include ledger/log")

    def test_paths_start_at_the_root(self):
        self.assert_fires(self.one("ledger/core/a.cpp", '#include "x.hpp"'), "no file of this repository")
        self.assert_fires(self.one("ledger/core/a.cpp", "#include <ledger/core/x.hpp>"), "include it with quotes")

    def test_a_policy_with_a_circle(self):
        policy = self.policy()
        policy["rooms"]["ledger/core"] = ["ledger/log"]
        self.assert_fires({}, "scripts/policy.json:1:", "in a circle", policy=policy)

    def test_a_policy_that_names_no_room(self):
        policy = self.policy()
        policy["rooms"]["ledger/core"] = ["ledger/nowhere"]
        self.assert_fires({}, "ledger/nowhere, which is no room", policy=policy)

    def test_third_party_in_its_place(self):
        for path, header in (
            ("ledger/sqlite/a.cpp", "sqlite3.h"),
            ("ledger/core/a.cpp", "openssl/evp.h"),
            ("ledger/core/a.cpp", "sodium.h"),
            ("ledger/core/a.cpp", "nlohmann/json.hpp"),
            ("api/handlers/a.cpp", "boost/beast/http.hpp"),
            ("api/net/a.hpp", "boost/asio/ip/tcp.hpp"),
            ("verify/app/a.cpp", "CLI/CLI.hpp"),
            ("verify/a.hpp", "boost/system/result.hpp"),
            ("ledger/log/a.cpp", "sys/stat.h"),
            ("ledger/log/a.hpp", "string_view"),
            ("tests/common/a.hpp", "stdlib.h"),
        ):
            with self.subTest(path=path, header=header):
                self.assert_silent(self.one(path, f"#include <{header}>"))

    def test_third_party_out_of_its_place(self):
        for path, header in (
            ("ledger/log/a.cpp", "sqlite3.h"),
            ("ledger/sqlite/a.hpp", "sqlite3.h"),
            ("ledger/core/a.hpp", "openssl/evp.h"),
            ("verify/a.cpp", "sodium.h"),
            ("ledger/service/a.cpp", "nlohmann/json.hpp"),
            ("ledger/core/a.hpp", "nlohmann/json.hpp"),
            ("ledger/service/a.cpp", "boost/asio.hpp"),
            ("api/a.hpp", "boost/beast/http.hpp"),
            ("api/a.cpp", "CLI/CLI.hpp"),
            ("verify/a.cpp", "boost/test/unit_test.hpp"),
            ("ledger/log/a.hpp", "sys/stat.h"),
            ("ledger/log/a.cpp", "zlib.h"),
            ("ledger/log/a.cpp", "fmt/format.h"),
        ):
            with self.subTest(path=path, header=header):
                self.assert_fires(self.one(path, f"#include <{header}>"), f"{path}:2:", header)
