from checks import references
from checks.selftest.support import RuleTest

PAGE = "# A page\n## 1. Entry\nText.\n\n**Texts.** Notes.\n```\n# No section\n```\n### May I text?\n"


class ReferencesTest(RuleTest):
    rule = references

    def with_page(self, text, path="api/a.cpp"):
        return {"docs/page.md": PAGE, "ledger/README.md": "# The ledger\n## Rules\n", path: text}

    def test_pages(self):
        self.assert_fires(self.with_page("// one\n// as docs/other.md says\n"), "api/a.cpp:2:", "no page docs/other.md")
        self.assert_fires(self.with_page("// PLAN.md 3\n"), "no page PLAN.md")
        self.assert_fires(self.with_page("see `../notes/page.md`\n", "docs/b.md"), "no page notes/page.md")
        self.assert_fires(self.with_page("# docs/pages.md\n", "scripts/run.py"), "scripts/run.py:1:")
        self.assert_silent(self.with_page("// docs/page.md, page.md, ledger/README.md; docs/webhooks/*.md, page.mdx, <page>.md\n"))

    def test_sections(self):
        self.assert_fires(self.with_page('// docs/page.md "Entries"\n'), 'docs/page.md has no section "Entries"')
        self.assert_fires(self.with_page('// docs/page.md "Entry" and "No section"\n'), '"No section"')
        self.assert_fires(self.with_page('(`docs/page.md`, "Text")\n', "docs/b.md"), '"Text"')
        self.assert_fires(self.with_page('// docs/page.md\n// "Rules"\n'), "api/a.cpp:1:", '"Rules"')
        self.assert_silent(self.with_page('// docs/page.md "Entry" and "May I text?", (`docs/page.md`, "Texts"), ledger/README.md "Rules"\n'))
        self.assert_silent(self.with_page('/// docs/page.md "May I\n/// text?"\n// docs/page.md\n// "Entry"\n# page.md "A\n# page"\n'))
        self.assert_silent(self.with_page('say("docs/page.md", "Entries");  // docs/page.md says "nothing"\n'))
