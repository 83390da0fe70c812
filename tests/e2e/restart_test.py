"""What survives what: restarts, a lost state.db, a lost key, an older ledger, two servers on one directory."""
import os
import shutil
import subprocess
import unittest

from harness import CHANGES, LEDGER, LOOKUP, LedgerTest, Receipt, change, number, run


class RestartTest(LedgerTest):
    def post(self, item, status=201):
        answer = self.server.client(self.tokens["writer"]).post(CHANGES, item)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def lookup(self, phone):
        return self.server.client(self.tokens["writer"]).post(LOOKUP, {"phone": phone}).json

    def refused_start(self):
        result = subprocess.run([str(LEDGER), "serve", "--data", str(self.server.data), "--listen", "127.0.0.1:0"],
                                capture_output=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 3, result.stderr)
        return result.stderr.decode()

    def setUp(self):
        if self.server.process is None:
            self.server.start()

    def test_a_lost_state_db_changes_no_answer(self):
        for i in range(300):
            self.post(change("contact.added", number(i), f"s-{i}", data={"origin": "manual"}))
        self.post(change("opt_out.agent", number(7), "s-out"))
        before = [self.lookup(number(i)) for i in (0, 7, 299, 5000)]
        self.server.stop()
        for name in os.listdir(self.server.data):
            if name.startswith("state.db"):
                os.remove(self.server.data / name)
        self.server.start()
        after = [self.lookup(number(i)) for i in (0, 7, 299, 5000)]
        for one in before + after:
            one.pop("as_of")
        self.assertEqual(before, after)
        again = self.post(change("opt_out.agent", number(7), "s-out"), status=200)
        self.assertEqual(again["status"], "replayed")

    def test_a_term_signal_drains(self):
        self.post(change("contact.added", number(400), "d-1", data={"origin": "manual"}))
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertTrue(self.lookup(number(400))["known"])

    def test_one_server_at_a_time(self):
        result = self.refused_start()
        self.assertIn("another process", result)
        status = run(LEDGER, "status", "--data", self.server.data).stdout.decode()
        self.assertIn(f"process {self.server.process.pid}", status)

    def test_an_older_ledger_is_refused_and_nothing_is_lost(self):
        self.server.stop()
        old = self.server.folder / "old"
        shutil.copytree(self.server.data, old)
        self.server.start()
        receipt = Receipt(**self.post(change("contact.added", number(500), "o-1", data={"origin": "manual"}))["receipt"])
        self.server.stop()
        new = self.server.folder / "new"
        shutil.copytree(self.server.data, new)
        for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
            (self.server.data / name).unlink(missing_ok=True)
            if (old / name).exists():
                shutil.copy(old / name, self.server.data / name)
        self.assertIn("head", self.refused_start())
        shutil.rmtree(self.server.data)
        shutil.move(new, self.server.data)
        self.server.start()
        self.assertGreaterEqual(self.server.size(), receipt.checkpoint.size)

    def test_keys_are_not_made_up(self):
        self.server.stop()
        key = self.server.data / "keys" / "contact.key"
        kept = key.read_bytes()
        key.unlink()
        self.assertIn("contact.key", self.refused_start())
        key.write_bytes(bytes(32))
        key.chmod(0o600)
        self.assertIn("contact.key", self.refused_start())
        key.write_bytes(kept)
        key.chmod(0o644)
        self.assertIn("contact.key", self.refused_start())
        key.chmod(0o600)
        self.server.start()

    def test_commands_say_what_is_wrong(self):
        missing = run(LEDGER, "serve", "--data", self.server.folder / "nothing", check=False)
        self.assertEqual(missing.returncode, 3)
        again = run(LEDGER, "init", "--data", self.server.data, "--origin", "x", check=False)
        self.assertEqual(again.returncode, 3)
        self.assertEqual(run(LEDGER, "serve", check=False).returncode, 2)
        self.assertEqual(run(LEDGER, check=False).returncode, 2)
        self.assertEqual(run(LEDGER, "--help").returncode, 0)
        self.assertEqual(run(LEDGER, "serve", "--data", self.server.data, "--listen", "0.0.0.0:0", check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
