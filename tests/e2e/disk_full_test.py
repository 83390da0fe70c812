"""A volume that fills up, a small one of its own in memory (root alone may mount it; skipped otherwise): the service says so early, takes what it
can, stops cleanly when nothing more can be written, and has every acknowledged entry when there is room again."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from harness import CHANGES, LEDGER, Server, change, number, run

MIB = 1024 * 1024


class DiskFull(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.remove)
        self.volume = pathlib.Path(tempfile.mkdtemp(prefix="consent-ledger-volume-"))
        self.addCleanup(self.volume.rmdir)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m,mode=700", "tmpfs", self.volume], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("no volume can be mounted here: " + mounted.stderr.decode().strip())
        self.addCleanup(lambda: run("umount", "-l", self.volume))
        self.writer = self.server.token("acme", "writer")
        shutil.move(self.server.data, self.volume / "data")
        self.server.data = self.volume / "data"
        self.addCleanup(lambda: self.server.process and self.server.kill())
        self.junk = self.volume / "junk"

    def fill(self, left):
        """So that so many bytes are left."""
        with open(self.junk, "ab") as junk:
            free = os.statvfs(self.volume).f_bavail * os.statvfs(self.volume).f_frsize
            while free > left:
                junk.write(b"x" * min(free - left, MIB))
                junk.flush()
                free = os.statvfs(self.volume).f_bavail * os.statvfs(self.volume).f_frsize

    def ask(self, method, path, body=None):
        client = self.server.client(self.writer)
        try:
            return client.request(method, path, body=body)
        finally:
            client.close()

    def until_failing(self, check):
        deadline = time.monotonic() + 30  # it looks once a second
        while True:
            answer = self.ask("GET", "/readyz?verbose")
            failing = [one["name"] for one in answer.json["checks"] if not one["ok"]]
            if check in failing:
                self.assertEqual(answer.status, 503)
                return failing
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def test_it_fills_up_and_has_room_again(self):
        self.server.start()
        self.fill(6 * MIB)
        self.assertEqual(self.until_failing("disk"), ["disk"])
        self.assertEqual(self.ask("GET", "/livez").status, 200)
        items = {f"full-{i}": change("opt_out.agent", number(i), f"full-{i}") for i in range(2_000)}
        answer = self.ask("POST", CHANGES, items["full-0"])
        self.assertEqual(answer.status, 201, "appends are taken while there is any room")
        taken = {"full-0": answer.json["seq"]}
        self.fill(0)
        stopped = None
        for record, item in list(items.items())[1:]:
            answer = self.ask("POST", CHANGES, item)
            if answer.status != 201:
                stopped = answer
                break
            taken[record] = answer.json["seq"]
        self.assertIsNotNone(stopped)
        self.assertEqual((stopped.status, stopped.json["code"]), (503, "writer_stopped"))
        self.assertIn("writer", self.until_failing("writer"))
        self.assertEqual(self.ask("GET", "/livez").status, 200)
        self.assertEqual(self.ask("POST", CHANGES, change("opt_out.agent", number(0), "later")).json["code"], "writer_stopped")
        status = run(LEDGER, "status", "--json", "--data", self.server.data, check=False)
        self.assertEqual((status.returncode, json.loads(status.stdout)["ok"]), (4, False))
        self.assertIn("the writer stopped: ", self.server.log())
        self.server.stop()
        self.junk.unlink()
        self.server.start()
        self.assertEqual(self.ask("GET", "/readyz").status, 200)
        for record, seq in taken.items():
            again = self.ask("POST", CHANGES, items[record])
            self.assertEqual((again.status, again.json["status"], again.json["seq"]), (200, "replayed", seq))
        self.assertIn(self.ask("POST", CHANGES, items[record := f"full-{len(taken)}"]).status, (200, 201), record)
        self.assertEqual(self.server.verify("--fail-on", "never").returncode, 0)


if __name__ == "__main__":
    unittest.main()
