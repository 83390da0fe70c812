"""`backup` beside a server under load, `restore` from it, and that nobody signs twice: as an operator does it."""
import json
import pathlib
import shutil
import subprocess
import threading
import unittest

from harness import CHANGES, LEDGER, LOOKUP, Checkpoint, LedgerTest, Server, change, number, run


class BackupTest(LedgerTest):
    def setUp(self):
        self.place = self.server.folder / self.id().rsplit(".", 1)[1]
        self.place.mkdir()

    def backup(self, name="backup", *options, check=True):
        return run(LEDGER, "backup", "--data", self.server.data, "--to", self.place / name, *options, check=check)

    def restore(self, *options, name="backup", to="data", check=True):
        return run(LEDGER, "restore", "--from", self.place / name, "--data", self.place / to, *options, check=check)

    def served(self, *options, name="data"):
        """A server on what was restored; its data is not removed with it."""
        server = Server.__new__(Server)
        server.folder, server.data, server.process, server.port = self.place, self.place / name, None, 0
        self.addCleanup(lambda: server.process and server.kill())
        return server.start(options=options)

    def test_each_acknowledged_entry_is_in_a_backup_made_under_load(self):
        acknowledged, stop = [], threading.Event()

        def write(lane):
            client = self.server.client(self.tokens["writer"])
            index = lane
            while not stop.is_set():
                answer = client.post(CHANGES, change("opt_out.agent", number(index), f"load-{index}"))
                acknowledged.append((answer.status, answer.json["seq"]))
                index += 4
            client.close()

        lanes = [threading.Thread(target=write, args=(lane,)) for lane in range(4)]
        for lane in lanes:
            lane.start()
        while len(acknowledged) < 50:
            pass
        before = max(seq for _, seq in list(acknowledged))
        said = self.backup("backup", "--with-keys").stdout.decode()
        stop.set()
        for lane in lanes:
            lane.join()
        self.assertEqual({status for status, _ in acknowledged}, {201})
        self.assertIn("Backed up ", said)

        # Anybody checks it: with sha256sum, and with the verifier, which needs no key but finds the end signed.
        run("sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS", cwd=self.place / "backup")
        verified = self.server.verify("--fail-on", "never", path=self.place / "backup")
        self.assertEqual(verified.returncode, 0, verified.stdout)
        self.assertEqual(self.restore("--nothing-since", check=False).returncode, 2)  # the server may have gone on
        self.restore()
        restored = self.served("--accept-rollback", "--new-origin", "ledger.example.com/restored")
        self.assertGreater(restored.size(), before)
        client = restored.client(self.tokens["writer"])
        answer = client.post(LOOKUP, {"phone": number(0)}).json
        self.assertEqual((answer["known"], answer["state"]["opted_in"]), (True, False))
        self.assertEqual(client.post(CHANGES, change("opt_out.agent", number(0), "load-0")).json["status"], "replayed")
        client.close()
        restored.stop()

    def test_a_ledger_that_may_be_older_goes_on_under_a_new_name_alone(self):
        self.writer.post(CHANGES, change("opt_out.agent", number(500), "older-1"))
        self.backup("backup", "--with-keys")
        self.writer.post(CHANGES, change("opt_out.agent", number(501), "older-2"))
        said = self.restore().stdout.decode()
        self.assertIn("--accept-rollback --new-origin", said)
        serve = [str(LEDGER), "serve", "--data", str(self.place / "data"), "--listen", "127.0.0.1:0"]
        refused = subprocess.run(serve, capture_output=True, timeout=60, check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertIn(b"head is missing", refused.stderr)
        # With the head of the directory that is lost it is known how much is missing.
        said = self.restore("--head", self.server.data / "head", to="with-head").stdout.decode()
        self.assertIn("1 entry that was signed is not in it", said)

    def test_a_start_under_a_new_name_that_fails_at_the_head_is_finished_by_the_same_command(self):
        self.writer.post(CHANGES, change("opt_out.agent", number(510), "name-1"))
        self.backup("backup", "--with-keys")
        self.restore()
        name = "--accept-rollback", "--new-origin", "ledger.example.com/renamed"
        serve = [str(LEDGER), "serve", "--data", str(self.place / "data"), "--listen", "127.0.0.1:0", *name]
        head = self.place / "data" / "head"
        head.symlink_to(self.place / "nowhere" / "head")
        refused = run(*serve, check=False)
        self.assertEqual(refused.returncode, 3, refused.stderr)
        self.assertIn(b"head", refused.stderr)
        head.unlink()
        restored = self.served(*name)
        entries = json.loads((self.place / "backup" / "backup.json").read_text())["entries"]
        self.assertEqual(restored.size(), entries + 1)
        self.assertEqual(Checkpoint(restored.client().get("/checkpoint").body.decode()).origin, name[2])
        restored.stop()
        self.assertEqual(restored.verify("--fail-on", "never").returncode, 0)
        # A copy of that very moment does not get the name, whoever asks.
        run(LEDGER, "backup", "--data", self.place / "data", "--to", self.place / "second", "--with-keys")
        self.restore(name="second", to="copy")
        refused = run(*serve[:3], self.place / "copy", *serve[4:], check=False)
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(b"has had that origin before", refused.stderr)

    def test_no_way_of_naming_it_brings_a_backup_into_the_data_directory(self):
        for to in ("inside", "inside/", "./keys/../inside"):
            refused = run(LEDGER, "backup", "--data", ".", "--to", to, cwd=self.server.data, check=False)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(b"in the data directory", refused.stderr)
        self.assertFalse(any(path.name.startswith("inside") for path in self.server.data.iterdir()))
        refused = run(LEDGER, "backup", "--data", "nowhere", "--to", "b", cwd=self.place, check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertIn(b"no ledger in this directory", refused.stderr)
        self.assertEqual(list(self.place.iterdir()), [])

    def test_what_cannot_be_meant_is_refused_and_nothing_is_left(self):
        self.backup()
        for options, code, words in (
                ((), 2, "no keys"),
                (("--keys", self.place / "nowhere"), 3, "no key file"),
                (("--keys", self.server.data / "keys", "--nothing-since"), 2, "running service"),
        ):
            refused = self.restore(*options, check=False)
            self.assertEqual(refused.returncode, code, refused.stderr)
            self.assertIn(words, refused.stderr.decode() + refused.stdout.decode())
        self.assertEqual({path.name for path in self.place.iterdir()}, {"backup"})
        again = self.backup(check=False)
        self.assertEqual(again.returncode, 3)
        self.assertIn("there already", again.stderr.decode())
        shutil.copytree(self.place / "backup", self.place / "altered")
        vault = pathlib.Path(self.place / "altered" / "vault.db")
        vault.write_bytes(vault.read_bytes()[:-1] + b"\x01")
        refused = self.restore("--keys", self.server.data / "keys", name="altered", check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertIn("vault.db is not the file that was backed up", refused.stderr.decode())
        refused = run(LEDGER, "serve", "--data", self.place / "backup", "--listen", "127.0.0.1:0", check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertIn("is a backup", refused.stderr.decode())


if __name__ == "__main__":
    unittest.main()
