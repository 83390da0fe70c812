from checks import machine_paths
from checks.selftest.support import RuleTest


class MachinePathsTest(RuleTest):
    rule = machine_paths

    def test_paths(self):
        for text in ("see /wo" "rk/notes", 'open("/root/x")', "cd /home/me", "-I/home/me", "a=/work/b"):
            with self.subTest(text=text):
                self.assert_fires({"docs/a.md": f"first\n{text}\n"}, "docs/a.md:2:")
        self.assert_silent({"docs/a.md": "the tree's leaf/root/x, ~/work/x, ./home/x, /var/lib/x, /roots/x, /workday\n"})

    def test_lock_files(self):
        self.assert_fires({"tests/browser/package-lock.json": '{\n"resolved": "https://host/x.tgz"}\n'}, "package-lock.json:2:")
        self.assert_fires({"yarn.lock": 'resolved "https://host/x.tgz"\n'}, "download address")
        self.assert_silent({"tests/browser/package-lock.json": '{"version": "1.0.0"}\n', "docs/clock.md": "https://example.org\n"})
