"""Whether it is well: /readyz and `status`, beside a running server and without one."""
import contextlib
import json
import os
import socket
import sqlite3
import time
import unittest

from harness import CHANGES, INBOUND, LEDGER, Server, change, number, run

CHECKS = ["writer", "disk", "databases", "lock", "signing_key", "contact_key", "head"]
UNVERIFIED = ("--verify-every", "never")  # a look at the files of its own would say more, now or later


class OneServer(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.remove)

    def until(self, condition):
        deadline = time.monotonic() + 30  # it looks once a second
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)


class StatusTest(OneServer):
    def setUp(self):
        super().setUp()
        self.key = self.server.data / "keys" / "signing.key"

    def status(self, *options):
        return run(LEDGER, "status", "--data", self.server.data, *options, check=False)

    def facts(self):
        result = self.status("--json")
        return result.returncode, json.loads(result.stdout)

    def test_nobody_serves(self):
        code, facts = self.facts()
        self.assertEqual((code, facts["ok"], facts["entries"], facts["schema_version"]), (0, True, 1, 1))
        self.assertNotIn("server_pid", facts)
        self.assertEqual([check["name"] for check in facts["checks"]], CHECKS[1:])
        self.assertGreater(facts["bytes"]["ledger"], 4_096)
        self.assertGreater(facts["disk_free_bytes"], 0)
        text = self.status().stdout.decode()
        for word in (facts["origin"], facts["root"], facts["key"], "served by      nobody", "signing_key    ok", "to back up"):
            self.assertIn(word, text)
        self.key.rename(self.key.with_suffix(".aside"))
        code, facts = self.facts()
        self.assertEqual((code, facts["ok"]), (4, False))
        self.assertIn("there is no key file keys/signing.key; the next start would fail", self.status().stdout.decode())

    def test_no_ledger(self):
        result = run(LEDGER, "status", "--data", self.server.folder, check=False)
        self.assertEqual((result.returncode, result.stdout), (3, b""))

    def test_a_database_is_missing_and_nobody_serves(self):
        (self.server.data / "vault.db").unlink()
        code, facts = self.facts()
        self.assertEqual((code, facts["ok"]), (4, False))
        self.assertEqual({one["name"] for one in facts["checks"] if not one["ok"]}, {"databases", "ledger"})
        self.assertNotIn("entries", facts)
        text = self.status().stdout.decode()
        self.assertIn("databases      NOT WELL: vault.db is gone", text)
        self.assertNotIn("origin", text)

    def wrong(self, client):
        """The checks that are not well, and why."""
        return {one["name"]: one["reason"] for one in client.get("/readyz?verbose").json["checks"] if not one["ok"]}

    def test_a_key_that_others_can_touch_is_told_from_one_that_is_gone(self):
        self.server.start(options=UNVERIFIED)
        client = self.server.client()
        self.addCleanup(client.close)
        self.key.chmod(0o644)
        self.until(lambda: client.get("/readyz").status == 503)
        self.assertIn("open to others than its owner (chmod 600): keys/signing.key", self.wrong(client)["signing_key"])
        problem = client.get("/readyz").json
        self.assertEqual((problem["title"], problem["detail"]), ("The service is not ready", self.wrong(client)["signing_key"]))
        self.assertIn("signing_key    NOT WELL: the key file is open to others", self.status().stdout.decode())

    def test_what_is_written_to_a_file_without_a_name_is_said_and_a_clean_stop_saves_it(self):
        token = self.server.token("acme", "admin")
        self.server.start(options=UNVERIFIED)
        client = self.server.client(token)
        self.addCleanup(client.close)
        self.assertEqual(client.post(CHANGES, change("opt_out.agent", number(1), "wal-1")).status, 201)
        for name in ("ledger.db-wal", "vault.db-wal"):
            (self.server.data / name).unlink()
        self.until(lambda: client.get("/readyz").status == 503)
        self.assertEqual(set(self.wrong(client)), {"databases"})
        self.assertIn("ledger.db-wal is gone from the data directory: stop the service cleanly", self.wrong(client)["databases"])
        self.assertEqual(client.post(CHANGES, change("opt_out.agent", number(2), "wal-2")).status, 201)
        size = self.server.size()
        told = self.status()
        self.assertEqual(told.returncode, 4)
        self.assertIn("databases      NOT WELL: ", told.stdout.decode())
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(self.server.size(), size)
        self.assertEqual(self.server.client(token).post(CHANGES, change("opt_out.agent", number(2), "wal-2")).status, 200)

    def test_a_database_that_is_gone_beneath_the_server_is_its_word_not_an_error(self):
        self.server.start(options=UNVERIFIED)
        client = self.server.client()
        self.addCleanup(client.close)
        for name in ("vault.db", "ledger.db"):
            with self.subTest(name):
                (self.server.data / name).rename(self.server.folder / name)
                self.until(lambda: client.get("/readyz").status == 503)
                code, facts = self.facts()
                self.assertEqual((code, facts["server_pid"]), (4, self.server.process.pid))
                told = {one["name"]: one.get("reason", "") for one in facts["checks"]}
                self.assertIn(name + " is gone from the data directory", told["databases"])
                self.assertIn("it cannot be read", told["ledger"])
                (self.server.folder / name).rename(self.server.data / name)
                self.until(lambda: client.get("/readyz").status == 200)

    def test_a_lock_that_is_gone_lets_no_second_server_in(self):
        self.server.start(options=UNVERIFIED)
        client = self.server.client()
        self.addCleanup(client.close)
        (self.server.data / "lock").unlink()
        self.until(lambda: client.get("/readyz").status == 503)
        self.assertEqual(list(self.wrong(client)), ["lock"])
        second = run(LEDGER, "serve", "--data", self.server.data, "--listen", "127.0.0.1:0", check=False, timeout=30)
        self.assertEqual(second.returncode, 3)
        self.assertIn(b"a server answers on admin.sock", second.stderr)
        told = self.status()
        self.assertEqual(told.returncode, 4)
        self.assertIn("lock           NOT WELL: the file lock is gone", told.stdout.decode())
        self.assertEqual(self.server.stop(), 0)
        self.server.start()

    def test_a_server_is_asked(self):
        self.server.start()
        client = self.server.client()
        self.until(lambda: "verified" in client.get("/readyz?verbose").json)
        code, facts = self.facts()
        self.assertEqual((code, facts["ok"], facts["server_pid"]), (0, True, self.server.process.pid))
        self.assertEqual([check["name"] for check in facts["checks"]], [*CHECKS, "chain"])
        self.assertEqual(facts["verified"]["entries"], facts["entries"])
        self.assertRegex(self.status().stdout.decode(), r"(?m)^verified +20[0-9-]+T[0-9:.]+Z, [1-9][0-9]* entries$")
        self.assertEqual(client.get("/healthz").body, b"ready\n")
        verbose = client.get("/readyz?verbose")
        self.assertEqual((verbose.status, verbose.json["ready"]), (200, True))
        self.assertEqual([check["name"] for check in verbose.json["checks"]], [*CHECKS, "chain"])
        for path, check in ((self.key, "signing_key"), (self.server.data / "keys" / "contact.key", "contact_key"),
                            (self.server.data / "head", "head")):
            with self.subTest(check):
                aside = path.with_name(path.name + ".aside")
                path.rename(aside)
                self.until(lambda: client.get("/readyz").status == 503)
                answer = client.get("/readyz?verbose")
                self.assertEqual((answer.status, answer.json["ready"]), (503, False))
                self.assertEqual([one["name"] for one in answer.json["checks"] if not one["ok"]], [check])
                self.assertNotIn(str(self.server.data), answer.body.decode())
                self.assertEqual(client.get("/healthz?verbose").json, answer.json)
                self.assertEqual(client.get("/livez").status, 200)
                code, facts = self.facts()
                self.assertEqual((code, facts["ok"]), (4, False))
                aside.rename(path)
                self.until(lambda: client.get("/readyz").status == 200)
        client.close()
        # Killed: its lock is gone with it, and what it left is told as nobody's.
        self.server.kill()
        code, facts = self.facts()
        self.assertEqual(code, 0)
        self.assertNotIn("server_pid", facts)


class Verified(OneServer):
    """The whole log, while it is served."""

    def readiness(self):
        return self.server.client().get("/readyz?verbose")

    def forge(self, statement):
        """As somebody does who may write the file, and leaves its schema as it was."""
        ledger = sqlite3.connect(self.server.data / "ledger.db")
        with contextlib.closing(ledger), ledger:
            ledger.execute("BEGIN IMMEDIATE")
            triggers = ledger.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                ledger.execute(f"DROP TRIGGER {name}")
            ledger.execute(statement)
            for _, text in triggers:
                ledger.execute(text)

    def test_an_entry_that_is_altered_beneath_the_server_is_found_and_a_stop_recorded_all_the_same(self):
        token = self.server.token("acme", "admin")
        self.server.start(options=("--verify-every", "1s"))
        client = self.server.client(token)
        for i in range(5):
            self.assertEqual(client.post(CHANGES, change("opt_out.agent", number(i), f"v-{i}")).status, 201)
        self.until(lambda: self.readiness().json.get("verified", {}).get("entries", 0) > 5)
        self.forge("UPDATE entries SET entry = replace(entry, 'opt_out.agent', 'opt_out.other') WHERE seq = 4")
        self.until(lambda: self.readiness().status == 503)
        [wrong] = [one for one in self.readiness().json["checks"] if not one["ok"]]
        self.assertEqual(wrong["name"], "chain")
        self.assertIn("entry 5 does not follow the entry before it", wrong["reason"])
        self.assertIn("run consent-verify", wrong["reason"])
        self.assertEqual(self.server.client().get("/readyz").json["code"], "not_ready")
        stop = {"from": number(9), "to": "+15550199999", "body": "STOP", "message_id": "v-stop"}
        self.assertEqual(client.post(INBOUND, stop).status, 201)
        self.assertEqual(run(LEDGER, "status", "--data", self.server.data, check=False).returncode, 4)
        self.assertIn("verifying the whole log: chain_broken: entry 5 does not follow the entry before it", self.server.log())
        self.forge("UPDATE entries SET entry = replace(entry, 'opt_out.other', 'opt_out.agent') WHERE seq = 4")
        self.until(lambda: self.readiness().status == 200)

    def test_never_is_never(self):
        self.server.start(options=("--verify-every", "never"))
        time.sleep(0.5)
        answer = self.readiness().json
        self.assertNotIn("verified", answer)
        self.assertEqual([one["name"] for one in answer["checks"]], CHECKS)

    def test_what_is_no_time_is_refused(self):
        for text in ("soon", "0s", "0", "-1h", "24", "1h 30m"):
            with self.subTest(text):
                result = run(LEDGER, "serve", "--data", self.server.data, "--verify-every=" + text, check=False)
                self.assertEqual(result.returncode, 2)
                self.assertIn(b"--verify-every must be a number with s, m, h or d", result.stderr)


class Notification(unittest.TestCase):
    """What a service manager is told, as sd_notify(3) has it."""

    def test_ready_and_stopping(self):
        server = Server()
        self.addCleanup(server.remove)
        path = str(server.folder / "notify")
        for name, address in ((path, path), ("@consent-ledger-" + server.folder.name, "\0consent-ledger-" + server.folder.name)):
            with self.subTest(name), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
                manager.bind(address)
                manager.settimeout(30)
                os.environ["NOTIFY_SOCKET"] = name
                try:
                    server.start()
                finally:
                    del os.environ["NOTIFY_SOCKET"]
                self.assertEqual(manager.recv(100), b"READY=1")
                self.assertEqual(server.stop(), 0)
                self.assertEqual(manager.recv(100), b"STOPPING=1")

    def test_a_manager_that_is_not_there_is_no_trouble(self):
        server = Server()
        self.addCleanup(server.remove)
        for name in ("relative", str(server.folder / "nothing"), "/" + "x" * 300, "@", ""):
            os.environ["NOTIFY_SOCKET"] = name
            try:
                server.start()
            finally:
                del os.environ["NOTIFY_SOCKET"]
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
