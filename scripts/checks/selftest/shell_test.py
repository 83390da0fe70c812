from checks import shell
from checks.selftest.support import RuleTest


class ShellTest(RuleTest):
    rule = shell

    def test_scripts(self):
        self.assert_silent({"scripts/run": "#!/usr/bin/env bash\nif true; then go; fi\n"})
        self.assert_fires({"scripts/run": "#!/usr/bin/env bash\nif true; then go\n"}, "scripts/run:", "syntax error")
        self.assert_fires({".ci/run": "#!/bin/sh\n(\n"}, ".ci/run:", "syntax error")
        self.assert_silent({"scripts/check": "#!/usr/bin/env python3\nif True: (1)\n", "docs/if": "if true; then\n"})
