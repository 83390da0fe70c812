from checks import words
from checks.selftest.support import RuleTest


class WordsTest(RuleTest):
    rule = words

    def test_fires(self):
        for text in ("// TODO later", "# FIXME", "XXX", "good enough for now", "For now it is", "a placeholder", "Not implemented"):
            with self.subTest(text=text):
                self.assert_fires({"docs/a.md": f"first\n{text}\n"}, "docs/a.md:2:")
        self.assert_fires({"api/a.cpp": "// TODO\n"}, "api/a.cpp:1:")
        self.assert_fires({"scripts/run": "#!/bin/bash\n# TODO\n"}, "scripts/run:2:")

    def test_silent(self):
        self.assert_silent({"docs/a.md": "mastodon, XXXL, for nowhere, placeholderless, implemented\n"})
        self.assert_silent({"api/console/page.html": '<input placeholder="number">\n'})
        self.assert_silent({"tests/golden/messages.tsv": "TODO: buy milk\n"})
