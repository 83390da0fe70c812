"""A bundle of many entries, made and checked in memory that does not grow with it (10,000; with CL_LONG=1 100,000)."""
import os
import subprocess
import sys
import unittest
import zipfile

from harness import CHANGES, LEDGER, VERIFY, LedgerTest, change, number, run

ENTRIES = 100_000 if os.environ.get("CL_LONG") else 10_000
CONTACTS = ENTRIES // 5
MIB = 1024  # of ru_maxrss, which counts KiB


def peak_of(*command):
    """Runs a command that must succeed; the most memory that it had, in KiB."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise AssertionError(f"{command} ended with {process.returncode}")
    return used.ru_maxrss


class LargeBundleTest(LedgerTest):
    def fill(self):
        for start in range(0, ENTRIES, 2_000):
            items = [change("opt_out.agent", number(i % CONTACTS), f"large-{i}") if i % 2
                     else change("opt_in.agent", number(i % CONTACTS), f"large-{i}", data={"note": f"call {i}"})
                     for i in range(start, start + 2_000)]
            answer = self.writer.post(CHANGES + "?receipt=none", items)
            self.assertEqual(answer.status, 200, answer.body[:500])
            self.assertEqual({result["status"] for result in answer.json["results"]}, {"recorded"})

    def test_it_is_made_and_checked_in_bounded_memory(self):
        self.fill()
        key = self.server.folder / "ledger.vkey"
        key.write_text(self.vkey())
        self.server.stop()
        output, folder = self.server.folder / "large.zip", self.server.folder / "unpacked"
        made = peak_of(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--all", "--output", output)
        self.assertLess(made, 256 * MIB)
        checked = peak_of(VERIFY, output, "--key", key, "--fail-on", "never", "--quiet")
        self.assertLess(checked, 96 * MIB)
        with zipfile.ZipFile(output) as bundle:
            bundle.extractall(folder)
        [inside] = folder.iterdir()
        run("sha256sum", "--quiet", "--strict", "-c", "manifest-sha256.txt", cwd=inside)
        script = peak_of(sys.executable, inside / "check_bundle.py", "--key", key, inside)
        self.assertLess(script, 96 * MIB)
        with open(inside / "data" / "entries.ndjson", "rb") as entries:
            self.assertGreaterEqual(sum(1 for _ in entries), ENTRIES)
        print(f"{ENTRIES} entries, {output.stat().st_size >> 20} MiB: "
              f"made in {made >> 10} MiB, checked in {checked >> 10}, by the script in {script >> 10}")


if __name__ == "__main__":
    unittest.main()
