from checks import rooms
from checks.selftest.support import RuleTest


class RoomsTest(RuleTest):
    rule = rooms

    def test_readme(self):
        self.assert_fires({"ledger/log/a.cpp": ""}, "ledger/log/README.md:1:", "missing")
        self.assert_fires({"api/README.md": "", "api/handlers/a.cpp": "", "tests/e2e/a.cpp": ""}, "tests/README.md")
        self.assert_fires({"scripts/run": ""}, "scripts/README.md")
        self.assert_silent({"ledger/log/a.cpp": "", "ledger/log/README.md": "", "verify/app/main.cpp": ""})

    def test_main(self):
        self.assert_silent({"api/app/main.cpp": "\n" * 99})
        self.assert_fires({"api/app/main.cpp": "\n" * 100}, "api/app/main.cpp:100:", "a main.cpp of 100 lines")
        self.assert_silent({"api/app/commands.cpp": "\n" * 100})
