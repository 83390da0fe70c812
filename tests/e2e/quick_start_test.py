"""docs/quick-start.md, run as it stands there: in a shell, with the real programs, curl and openssl."""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

from harness import BINARIES, SOURCE
from recorder import Recorder


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class QuickStart(unittest.TestCase):
    def test_the_commands_do_what_the_page_says(self):
        page = (SOURCE / "docs" / "quick-start.md").read_text(encoding="utf-8")
        block = re.search(r"```sh\n(.*?)```", page, re.DOTALL).group(1)
        self.assertEqual([f"# {step}." for step in range(1, 11)], re.findall(r"^# \d+\.", block, re.MULTILINE))
        folder = pathlib.Path(tempfile.mkdtemp(prefix="consent-ledger-quick-"))
        port = free_port()
        recorder = Recorder(port, patience=20)
        try:
            script = "set -eu\n" + block.replace("--listen 127.0.0.1:8080", f"--listen 127.0.0.1:{port}").replace(
                "127.0.0.1:8080", f"127.0.0.1:{recorder.port}")
            done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=100, check=False,
                                  env={**os.environ, "PATH": f"{BINARIES.resolve()}:{os.environ['PATH']}"})
        finally:
            shutil.rmtree(folder)
            faults = recorder.stop()
        self.assertEqual([], faults)
        self.assertGreaterEqual(recorder.judged, 3)
        self.assertEqual(0, done.returncode, done.stderr + done.stdout)
        self.assertNotIn("/problems/", done.stdout)
        self.assertIn("<Response></Response>\n{", done.stdout)
        self.assertIn('"opted_in":false', done.stdout)
        self.assertIn("c2sp.org/tlog-proof@v1", done.stdout)
        self.assertIn("INTACT", done.stdout)


if __name__ == "__main__":
    unittest.main()
