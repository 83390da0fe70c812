"""Imports that are killed, and run again: from the first row, or from where their state says."""
import csv
import io
import json
import re
import signal
import subprocess
import time
import unittest

from harness import LEDGER, Server, number, run


class Interrupted(unittest.TestCase):
    ROWS = 60_000

    def setUp(self):
        self.server = Server()
        self.auditor = self.server.token("acme", "auditor")
        self.path = self.server.folder / "long.csv"
        self.write(self.ROWS)
        self.addCleanup(self.server.remove)

    def write(self, rows):
        self.path.write_text("phone,status\n" + "".join(f"{number(i)},{'out' if i % 2 else 'in'}\n" for i in range(rows)))

    def command(self, *options):
        return [str(part) for part in (LEDGER, "import", "--data", self.server.data, "--account", "acme", "--json", *options, self.path)]

    def entries(self):
        # While an import holds the directory itself nobody answers on its socket, which `status` says with its exit code.
        return int(re.search(rb"entries +(\d+)", run(LEDGER, "status", "--data", self.server.data, check=False).stdout).group(1))

    def kill_in_the_middle(self, *options, once=None):
        """When some rows are in and some are not."""
        before = self.entries()
        process = subprocess.Popen(self.command(*options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (once.exists() if once else self.entries() > before + 1_000):
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return self.entries() - before

    def finish(self, *options):
        done = subprocess.run(self.command(*options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout), done.stderr.decode()

    def test_killed_and_run_again(self):
        before = self.entries()
        done = self.kill_in_the_middle()
        self.assertTrue(0 < done < self.ROWS, done)
        told, _ = self.finish()
        self.assertEqual(told["recorded"] + told["known"], self.ROWS)
        self.assertEqual(self.entries(), before + self.ROWS)
        self.assertEqual(self.server.verify("--fail-on", "never").returncode, 0)

    EARLIER = "import_line,import_reason,phone,status\n9,of an earlier import,0155,out\n"

    def spoil(self, every):
        """Rows that are rejected, all over the file; the lines where they stand."""
        header, *rows = self.path.read_text().splitlines()
        spoiled = [header]
        for index, row in enumerate(rows):
            if index % every == 0:
                spoiled.append(f"nobody {index},out")
            spoiled.append(row)
        self.path.write_text("\n".join(spoiled) + "\n")
        return [number for number, line in enumerate(spoiled, 1) if line.startswith("nobody")]

    def lines_of(self, rejects):
        header, *rows = csv.reader(io.StringIO(rejects.read_text(), newline=""))
        self.assertEqual(header, ["import_line", "import_reason", "phone", "status"])
        for row in rows:
            self.assertTrue(row[1].startswith("phone: ") and row[2].startswith("nobody"), row)
        return [int(row[0]) for row in rows]

    def test_killed_and_gone_on_from_its_state(self):
        state, rejects = self.server.folder / "state", self.server.folder / "rejects.csv"
        part = self.server.folder / "rejects.csv.part"
        options = ("--state", state, "--rejects", rejects)
        bad = self.spoil(500)
        rejects.write_text(self.EARLIER)
        before = self.entries()
        done = self.kill_in_the_middle(*options, once=state)
        self.assertTrue(0 < done < self.ROWS, done)
        # What was rejected stands beside what was there, which is there still.
        self.assertEqual(rejects.read_text(), self.EARLIER)
        first = self.lines_of(part)
        self.assertEqual(first, bad[:len(first)])
        self.assertTrue(0 < len(first) < len(bad), first)
        summary, told = self.finish_rejected(*options)
        self.assertIn("going on after row", told)
        # What was recorded between the last state and the kill is met again; all before it is not even posted.
        self.assertLessEqual(summary["known"], 8_000)
        self.assertEqual(summary["recorded"] + summary["known"] + summary["rejected"], self.ROWS + len(bad))
        self.assertEqual(self.entries() - before, self.ROWS)
        self.assertEqual(summary["rejected"], len(bad))
        self.assertEqual(self.lines_of(rejects), bad)
        self.assertFalse(part.exists())
        # Once more: nothing is left to do, nothing is posted, and the rejects of before are there.
        again, told = self.finish_rejected(*options)
        self.assertIn("going on after row", told)
        self.assertEqual((again, self.lines_of(rejects)), (summary, bad))

    def test_killed_without_a_state_its_rejects_are_made_anew(self):
        rejects, part = self.server.folder / "rejects.csv", self.server.folder / "rejects.csv.part"
        bad = self.spoil(500)
        rejects.write_text(self.EARLIER)
        self.kill_in_the_middle("--rejects", rejects)
        self.assertEqual(rejects.read_text(), self.EARLIER)
        self.assertTrue(part.exists())
        summary, _ = self.finish_rejected("--rejects", rejects)
        self.assertEqual((summary["rejected"], self.lines_of(rejects)), (len(bad), bad))
        self.assertFalse(part.exists())

    def test_a_server_that_goes_away_leaves_what_was_rejected_so_far(self):
        state, rejects = self.server.folder / "state", self.server.folder / "rejects.csv"
        options = ("--state", state, "--rejects", rejects)
        bad = self.spoil(500)
        self.server.start()
        process = subprocess.Popen(self.command(*options), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while process.poll() is None and not state.exists():
            time.sleep(0.001)
        self.server.kill()
        out, told = process.communicate()
        self.assertEqual((process.returncode, out), (3, b""), told)
        self.assertIn(f"the rows that were rejected so far are in {rejects}.part", told.decode())
        self.assertFalse(rejects.exists())
        first = self.lines_of(self.server.folder / "rejects.csv.part")
        self.assertTrue(0 < len(first) < len(bad), first)
        # Without a server, from there.
        summary, told = self.finish_rejected(*options)
        self.assertIn("going on after row", told)
        self.assertEqual((summary["rejected"], self.lines_of(rejects)), (len(bad), bad))
        self.assertEqual(self.server.verify("--fail-on", "never").returncode, 0)

    def test_a_state_without_its_rejects_is_not_gone_on_from(self):
        """Else the rows that were rejected in the first part would be in no file."""
        state, rejects = self.server.folder / "state", self.server.folder / "rejects.csv"
        self.write(3_000)
        bad = self.spoil(500)
        rows = self.path.read_text()
        self.finish_rejected("--state", state)
        spoil = (lambda: None,                                                       # the run before kept none
                 lambda: rejects.unlink(),                                           # they were taken away
                 lambda: rejects.write_text(rejects.read_text().replace("500", "5"))) # they were changed
        for change_it in spoil:
            change_it()
            summary, told = self.finish_rejected("--state", state, "--rejects", rejects)
            self.assertIn("rejected before are not in", told)
            self.assertEqual((summary["recorded"], self.lines_of(rejects)), (0, bad))
        # A longer file goes on, with the rejects of both parts.
        self.path.write_text(rows + "nobody at all,out\n")
        summary, told = self.finish_rejected("--state", state, "--rejects", rejects)
        self.assertIn("going on after row", told)
        self.assertEqual(self.lines_of(rejects), bad + [rows.count("\n") + 1])
        # A run between that keeps none is not forgotten.
        self.path.write_text(rows + "nobody at all,out\nnobody else,out\n")
        self.finish_rejected("--state", state)
        self.path.write_text(rows + "nobody at all,out\nnobody else,out\nnobody,out\n")
        summary, told = self.finish_rejected("--state", state, "--rejects", rejects)
        self.assertEqual(len(self.lines_of(rejects)), summary["rejected"])

    def finish_rejected(self, *options):
        done = subprocess.run(self.command(*options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        return json.loads(done.stdout), done.stderr.decode()

    def test_a_state_that_does_not_fit_is_not_believed(self):
        rows, state = 3_000, self.server.folder / "state"
        self.write(rows)
        first, _ = self.finish("--state", state)
        self.assertEqual(first["recorded"], rows)
        _, told = self.finish("--state", state, "--actor", "other")
        self.assertIn("from the first row", told)
        self.finish("--state", state)
        text = self.path.read_text()
        self.path.write_text(text.replace(f"{number(5)},out", f"{number(5)},blocked"))
        mended, told = self.finish("--state", state)
        self.assertIn("the file has changed since: from the first row", told)
        self.assertEqual((mended["recorded"], mended["known"]), (1, rows - 1))
        other = Server()
        self.addCleanup(other.remove)
        other.token("acme", "auditor")
        options = ("--state", state)
        elsewhere = [part if part != str(self.server.data) else str(other.data) for part in self.command(*options)]
        done = subprocess.run(elsewhere, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertIn(b"from the first row", done.stderr)
        self.assertEqual(json.loads(done.stdout)["recorded"], rows)
