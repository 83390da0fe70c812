from checks import formatting
from checks.selftest.support import REPOSITORY, RuleTest


class FormattingTest(RuleTest):
    rule = formatting

    def files(self, code):
        return {".clang-format": (REPOSITORY / ".clang-format").read_text(encoding="utf-8"), "ledger/core/a.cpp": code}

    def test_fires_with_the_first_line(self):
        self.assert_fires(self.files("int a();\nint  b( );\nint  c( );\n"), "ledger/core/a.cpp:2:", "--fix")

    def test_silent_on_formatted_code(self):
        self.assert_silent(self.files("int a(int const& b);\n"))

    def test_fires_when_clang_format_cannot_read_its_settings(self):
        self.assert_fires({".clang-format": "BasedOnStyle: Nobody\n", "api/a.cpp": "int a();\n"}, "clang-format failed")
