"""The configuration file of `serve`, and that the documentation has every option."""
import re
import signal
import socket
import subprocess
import time
import unittest

from harness import LEDGER, SOURCE, Server, run


class Documentation(unittest.TestCase):
    def test_every_option_stands_in_the_documentation_and_no_other(self):
        told = {name for line in run(LEDGER, "serve", "--help").stdout.decode().splitlines()
                for name in re.findall(r"^\s+(?:-h,)?--([a-z-]+)", line)} - {"help"}
        self.assertGreater(len(told), 10)
        page = (SOURCE / "docs" / "operations.md").read_text()
        section = page.split("## Options of serve", 1)[1].split("\n## ", 1)[0]
        documented = {match for line in section.splitlines() if line.startswith("| `")
                      for match in re.findall(r"^\| `([a-z-]+)`", line)}
        self.assertEqual(documented, told)


def can_listen_on(address):
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind((address, 0))
        return True
    except OSError:
        return False


class WhereItListens(unittest.TestCase):
    def test_plain_http_is_for_loopback_addresses_alone(self):
        """Whatever could be another machine's, or is no address: refused unless told, before anything is opened to the network."""
        server = Server()
        self.addCleanup(server.remove)
        for address in ("0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:0.0.0.0]", "10.0.0.1", "[fe80::1%lo]", "localhost", "127.0.0.1.example.com", "127.1",
                        "0", "*", ""):
            with self.subTest(address):
                done = run(LEDGER, "serve", "--data", server.data, "--listen", address + ":0", check=False, timeout=30)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertNotIn(b"serving", done.stderr)
                if address in ("localhost", "127.0.0.1.example.com", "127.1", "0", "*", ""):
                    self.assertIn(f"--listen: {address} is no IP address", done.stderr.decode())
                else:
                    self.assertIn(b"plain HTTP beyond this machine", done.stderr)
        for address in ("127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:0x1", "127.0.0.1:-1", "::1:0", "[127.0.0.1]:0"):
            with self.subTest(address):
                self.assertEqual(run(LEDGER, "serve", "--data", server.data, "--listen", address, check=False, timeout=30).returncode, 2)


    @unittest.skipUnless(can_listen_on("::1"), "no IPv6 here")
    def test_what_it_says_of_an_ipv6_address_is_a_url(self):
        server = Server()
        self.addCleanup(server.remove)
        with subprocess.Popen([LEDGER, "serve", "--data", server.data, "--listen", "[::1]:0"], stderr=subprocess.PIPE) as process:
            try:
                said = next(line for line in process.stderr if b"serving" in line)
                self.assertRegex(said, rb"serving \S+ on http://\[::1\]:\d+\n")
            finally:
                process.terminate()
                process.stderr.read()


class Commands(unittest.TestCase):
    def test_a_word_that_is_no_command_is_named(self):
        for words, unknown in ((("frob",), "frob"), (("token", "frob"), "frob"), (("hold", "lift", "--data", "x"), "lift")):
            done = run(LEDGER, *words, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"there is no command `{unknown}`", done.stderr.decode())
        for words in ((), ("token",), ("hold",)):
            done = run(LEDGER, *words, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"A subcommand is required", done.stderr)


class ConfigFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.file = cls.server.folder / "ledger.toml"

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()

    def write(self, text):
        self.file.write_text(text)
        return self.file

    def serve(self, *options):
        result = run(LEDGER, "serve", *options, check=False, timeout=30)
        return result.returncode, result.stderr.decode()

    def test_it_serves_by_its_file_and_the_command_line_goes_before_it(self):
        self.write(f'# ours\ndata = "{self.server.folder / "elsewhere"}"\nlog-format = "json"\nlog-requests = true\n'
                   "insecure-http = false\n")
        self.server.start(options=["--config", self.file])  # with --data and --listen of its own
        self.assertEqual(self.server.client().get("/livez").status, 200)
        self.assertEqual(self.server.stop(), 0)
        log = self.server.log()
        self.assertIn('"message":"request"', log)

    def test_what_is_required_may_stand_in_it(self):
        code, said = self.serve("--config", self.write(f'data = "{self.server.folder / "nothing"}"\nlisten = "127.0.0.1:0"\n'))
        self.assertEqual(code, 3, said)
        self.assertIn("there is no ledger in this directory", said)
        code, said = self.serve(f"--config={self.write('rate = 5 # a comment')}")
        self.assertEqual(code, 2)
        self.assertIn("--data is required", said)

    def test_what_it_does_not_take(self):
        for text, what in (("colour = 1", ".toml:1: `colour` is no option"), ("data = 'a'\ndata = 'b'", ".toml:2: this is no TOML: "),
                           ("# ours\n\n  burst = 5\nrate = [1, 2]\n", ".toml:4: `rate` must be a whole number"), ("rate-x = 1\nrate = []", "`rate"),
                           ("data = 'a'\nlisten = 'x'\ndata = 'b'", ".toml:3: this is no TOML: "),
                           ("[tls]\ncert = 'x'", ".toml:1: `tls` is a section"), ("tls.cert = 'x'", "`tls` is a section"), ("\n[serve]\n", ".toml:2: `serve` is a section"),
                           ("[[serve]]\ndata = 'x'", "`serve` is a section"), ("listen = ['a','b']", "`listen` must be a text in quotes"),
                           ('data = ["pl"]', ".toml:1: `data` must be a text in quotes"), ("rate = [5]", "`rate` must be a whole number, without quotes"),
                           ('rate = "5"', "`rate` must be a whole number, without quotes"), ("rate = 5.0", "`rate` must be a whole number"),
                           ("log-requests = [true]", "`log-requests` must be true or false"), ("log-requests = 'true'", "`log-requests` must be true or false"),
                           ("log-requests = 1", "must be true or false"), ("data = 5", "`data` must be a text"),
                           ('new-origin = ""\nrate = 5', ".toml:1: `new-origin` must not be empty"), ("data = 2026-11-28", "`data` must be a text"),
                           ("data = pl", ".toml:1: this is no TOML: "), ("# ours\nlisten = 127.0.0.1:0", ".toml:2: this is no TOML: "),
                           ('rate = "many"', ".toml:1: `rate` must be a whole number"), ("\nrate = -1", ".toml:2: `rate` is not acceptable: "),
                           ("burst = 0", ".toml:1: `burst` is not acceptable: "), ("insecure-http = 'perhaps'", "true or false"), ("config = 'other'", "no option"),
                           ("help = true", "no option"), ("--data = 'x'", "no option"), ("x" * 1_100_000, "too large"),
                           ("log-format = 'xml'", ".toml:1: `log-format` is not acceptable: ")):
            with self.subTest(what):
                code, said = self.serve("--config", self.write(text), "--data", self.server.data)
                self.assertEqual(code, 2, said)
                self.assertIn(what, said)
        # In a text a # is a character like any other.
        code, said = self.serve("--config", self.write(f'data = "{self.server.folder / "a#b"}"  # ours\n'))
        self.assertEqual(code, 3)
        self.assertIn("there is no ledger in this directory", said)
        for missing in (self.server.folder / "missing.toml", self.server.folder):
            self.assertEqual(self.serve("--config", missing, "--data", self.server.data)[0], 2)
        self.assertEqual(self.serve("--data", self.server.data, "--config")[0], 2)

    def test_webhooks_are_read_again_at_a_hangup(self):
        hooks = self.server.folder / "webhooks.json"
        secret = self.server.folder / "vonage.secret"
        secret.write_text("a secret of the tests\n")
        secret.chmod(0o600)
        one = '{"account":"acme","provider":"plivo","url":"https://example.com/x","secret_file":"vonage.secret"}'
        hooks.write_text('{"webhooks":[]}')
        self.server.start(options=["--webhooks", hooks])
        path = "/v1/accounts/acme/inbound/plivo"
        form = {"Content-Type": "application/x-www-form-urlencoded"}

        def status():
            return self.server.client().request("POST", path, body=b"a=b", headers=form).status

        def hang_up(expect):
            self.server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 30
            while expect not in self.server.log() and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertIn(expect, self.server.log())
        try:
            self.assertEqual(status(), 404)
            hooks.write_text('{"webhooks":[' + one + "]}")
            hang_up("the webhooks were read again: 1")
            self.assertEqual(status(), 403)
            hooks.write_text("{")
            hang_up("the webhooks are not taken")
            self.assertEqual(status(), 403)
        finally:
            self.assertEqual(self.server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
