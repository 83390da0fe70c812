from checks import sizes
from checks.cpp_functions import functions
from checks.selftest.support import RuleTest


def body(lines):
    return "{\n" + "    go();\n" * (lines - 2) + "}\n"


class FileSizeTest(RuleTest):
    rule = sizes

    def test_files(self):
        self.assert_silent({"api/a.cpp": "int a;\n" * 400})
        self.assert_fires({"api/a.cpp": "int a;\n" * 401}, "api/a.cpp:401:", "401 lines")
        self.assert_fires({"scripts/go": "#!/usr/bin/env bash\n" + "true\n" * 400}, "scripts/go:401:")
        self.assert_fires({"tests/a.py": "x = 1\n" * 401}, "tests/a.py:401:")
        self.assert_fires({"api/a.css": "a { color: red; }\n" * 401}, "api/a.css:401:")
        self.assert_silent({"docs/long.md": "line\n" * 500})

    def test_functions_of_each_language(self):
        self.assert_silent({"api/a.cpp": "void f() " + body(60)})
        self.assert_fires({"api/a.cpp": "\nvoid f() " + body(61)}, "api/a.cpp:2:", "f has 61 lines")
        self.assert_silent({"tests/a.py": "def f():\n" + "    go()\n" * 59})
        self.assert_fires({"tests/a.py": "def f():\n" + "    go()\n" * 60}, "f has 61 lines")
        self.assert_silent({"scripts/a.sh": "f() {\n" + "    go\n" * 58 + "}\n"})
        self.assert_fires({"scripts/a.sh": "f() {\n" + "    go\n" * 59 + "}\n"}, "f has 61 lines")
        for head in ("export async function f() {", "function f(a) {", "export const f = (a) => {"):
            self.assert_silent({"api/a.js": head + "\n" + "  go();\n" * 58 + "}\n"})
            self.assert_fires({"api/a.js": head + "\n" + "  go();\n" * 59 + "}\n"}, "f has 61 lines")

    def test_what_it_cannot_read_it_says(self):
        self.assert_fires({"api/a.cpp": "void f() {\n"}, "cannot read this file")
        self.assert_fires({"api/a.cpp": "}\n"}, "cannot read this file")
        self.assert_fires({"tests/a.py": "def f(:\n"}, "cannot read this file")


class CppFunctionsTest(RuleTest):
    rule = sizes

    def lengths(self, code):
        return [(name, length) for name, _, length in functions(code)]

    def test_heads_that_open_a_function(self):
        for head, name in (
            ("int f()", "f"),
            ("auto Store::f(int a) const noexcept -> Result<int>", "Store::f"),
            ("BOOST_AUTO_TEST_CASE(names_a_case)", "names_a_case"),
            ("BOOST_FIXTURE_TEST_CASE(names_a_case, Fixture)", "names_a_case"),
            ("template <class T> requires std::integral<T> T f(T a)", "f"),
            ("struct Point f(int (*g)(int))", "f"),
            ("[[nodiscard]] net::awaitable<void> Session::run()", "Session::run"),
            ("Log::~Log()", "Log::~Log"),
            ("auto const f = [](int a) -> int", "a lambda"),
            ("auto const f = [&]", "a lambda"),
        ):
            with self.subTest(head=head):
                found = self.lengths(f"namespace a {{\n{head} " + body(7) + "}  // namespace a\n")
                self.assertEqual([length for _, length in found], [7])
                if name != "a lambda":
                    self.assertEqual(found[0][0], name)

    def test_constructors_with_initial_values(self):
        self.assertEqual(self.lengths("A::A(int b) : b_{b}, c_(std::move(c)), d_{} " + body(5)), [("A::A", 5)])
        self.assertEqual(self.lengths("A::A() noexcept : Base<int>{1} " + body(5)), [("A::A", 5)])

    def test_members_inside_a_class(self):
        code = "class A : public B {\npublic:\n    A() = default;\n    int f() " + body(4) + "private:\n    int a_{0};\n};\n"
        self.assertEqual(self.lengths(code), [("f", 4)])
        self.assertEqual(self.lengths("template <class T>\nstruct A {\n    T f() " + body(4) + "};\n"), [("f", 4)])

    def test_what_is_no_function(self):
        self.assertEqual(self.lengths("enum class A {\n" + "a,\n" * 80 + "};\n"), [])
        self.assertEqual(self.lengths("constexpr Row table[] = {\n" + '{"a", f(1), {1, 2}},\n' * 80 + "};\n"), [])
        self.assertEqual(self.lengths("constexpr auto table = std::to_array<Row>({\n" + "{1, 2},\n" * 80 + "});\n"), [])
        self.assertEqual(self.lengths("namespace a::b {\n" + "int f();\n" * 80 + "}\n"), [])

    def test_a_lambda_in_a_function_belongs_to_it(self):
        self.assertEqual(self.lengths("void f() {\n    go([] " + body(5) + ");\n}\n"), [("f", 8)])

    def test_braces_that_are_not_code(self):
        code = 'char const* a = "{"; char b = \'{\'; auto c = R"x({)x"; int d = 1\'000; // {\n/* { */ void f() {\n}\n'
        self.assertEqual(self.lengths(code), [("f", 2)])

    def test_only_the_first_branch_of_an_if_is_read(self):
        code = "#define OPEN {\n#if A\nvoid f() {\n#else\nvoid f(int) {\n#endif\n}\n"
        self.assertEqual([length for _, length in self.lengths(code)], [5])
