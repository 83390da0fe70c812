from checks import coroutines
from checks.selftest.support import RuleTest


class CoroutinesTest(RuleTest):
    rule = coroutines

    def code(self, statement):
        return {"api/a.cpp": f"net::awaitable<void> Session::run() {{\n    {statement}\n}}\n"}

    def test_fires(self):
        for part, statement in (
            ("?:", "auto s = c ? co_await f(1) : co_await f(2);"),
            ("?:", "co_await f(c ? 1 : 2);"),
            ("?:", "if (a && (co_await f() ? b : c)) { go(); }"),
            ("?:", "while (co_await f(c ? 1 : 2)) { go(); }"),
            ("braced", "co_await f(Options{.a = 1, .b = 2});"),
            ("braced", "co_await f(Options{a, b});"),
            ("braced", "co_await f(Options{});"),
            ("braced", "co_await f({a, b});"),
            ("braced", "co_return Answer{co_await f(), 1};"),
            ("braced", "g(Options{.a = 1}, co_await f());"),
            ("braced", "auto x = std::vector<Row>({1, 2}).at(co_await f());"),
            ("owns", "co_await co_spawn(ex, [v = std::move(p)] { go(v); }, net::use_awaitable);"),
            ("owns", "co_await co_spawn(ex, [self]() -> net::awaitable<void> { co_return; }, net::use_awaitable);"),
            ("owns", "co_await\n    co_spawn(ex, [=] { go(); }, net::use_awaitable);"),
        ):
            with self.subTest(statement=statement):
                findings = {str(finding) for finding in self.run_rule(self.code(statement))}
                self.assertEqual(len(findings), 1, findings)
                self.assertIn(part, findings.pop())

    def test_silent(self):
        for statement in (
            "auto run = [v = std::move(p)] { go(v); };\n    co_await co_spawn(ex, std::move(run), net::use_awaitable);",
            "Options options{.a = 1};\n    co_await f(std::move(options));",
            "co_await f(std::chrono::milliseconds{200});",
            "co_await f(std::vector<int>{1, 2});",
            "co_await co_spawn(ex, [&, this] { go(c ? 1 : 2); }, net::use_awaitable);",
            "if (c) { co_await f(1); } else { co_await f(2); }",
            "auto [error, count] = co_await f(token);\n    auto x = c ? 1 : 2;",
            "auto x = c ? 1 : 2;\n    co_await f(x);",
            "for (;;) {\n        co_await f(a[1], b[i]);\n        g(Options{1});\n    }",
            "while (co_await f()) { g(c ? 1 : 2); }",
            "co_spawn(ex, [self]() -> net::awaitable<void> { co_await self->run(); }, net::detached);",
            'co_await f("what? {now}");  // why? {a}',
            "switch (co_await f()) { case 1: co_await g(); break; default: break; }",
            "try { co_await f(); } catch (Error const& e) { g(Options{1}); }",
        ):
            with self.subTest(statement=statement):
                self.assert_silent(self.code(statement))
