from checks import rooms
from checks.selftest.support import RuleTest


class RoomsTest(RuleTest):
    rule = rooms

    def test_readme(self):
        self.assert_fires({"ledger/README.md": "", "ledger/log/a.cpp": ""}, "ledger/log/README.md:1:", "missing")
        self.assert_fires({"api/README.md": "", "api/a.cpp": "", "tests/a.cpp": ""}, "tests/README.md")
        self.assert_fires({"api/README.md": "", "api/handlers/a.cpp": ""}, "api/handlers/README.md")
        self.assert_fires({"verify/app/main.cpp": ""}, "verify/app/README.md")
        self.assert_fires({"scripts/run": ""}, "scripts/README.md")
        self.assert_silent({"ledger/log/a.cpp": "", "ledger/log/README.md": "", "ledger/README.md": ""})

    def test_main(self):
        readme = {"api/app/README.md": ""}
        self.assert_silent(readme | {"api/app/main.cpp": "\n" * 99})
        self.assert_fires(readme | {"api/app/main.cpp": "\n" * 100}, "api/app/main.cpp:100:", "a main.cpp of 100 lines")
        self.assert_silent(readme | {"api/app/commands.cpp": "\n" * 100})
