"""The admin socket: commands that append while a server runs, and who may use it."""
import json
import os
import socket
import stat
import unittest

from harness import CHANGES, LEDGER, LedgerTest, Server, change, number, run
from recorder import faults_of


def lines(count, first=1):
    return b"".join(json.dumps(change("contact.added", number(i), f"adm-{i}", data={"origin": "import"})).encode() + b"\n"
                    for i in range(first, first + count))


def over(path, request):
    """Raw bytes over the socket, and all that comes back."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(path))
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        assert not (faults := faults_of(request, answer)), faults
        return answer


class AdminTest(LedgerTest):
    records_commands = True

    def command(self, *arguments, **options):
        return run(LEDGER, *arguments, check=False, **options)

    def test_a_token_is_made_while_the_server_runs_and_works_at_once(self):
        made = self.command("token", "create", "--data", self.server.data, "--account", "acme", "--role", "writer")
        self.assertEqual(made.returncode, 0, made.stderr)
        token = made.stdout.decode().strip()
        answer = self.server.client(token).post(CHANGES, change("contact.added", number(7001), "adm-token", data={"origin": "manual"}))
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(json.loads(answer.json["receipt"]["entry"])["source"]["token"], token.split("_")[1])

    def test_what_is_wrong_with_a_token_is_said(self):
        for account, role, code in (("acme", "king", 2), ("No Account", "writer", 3)):
            made = self.command("token", "create", "--data", self.server.data, "--account", account, "--role", role)
            self.assertEqual((made.returncode, made.stdout), (code, b""))
            self.assertIn(b"consent-ledger: ", made.stderr)

    def test_an_import_runs_beside_the_server_and_twice_changes_nothing(self):
        before = self.server.size()
        for recorded, known in ((2500, 0), (0, 2500)):
            done = self.command("import", "--data", self.server.data, "--account", "acme", "-", input=lines(2500))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.decode(), f"2500 lines: {recorded} recorded, {known} known already, 0 refused\n")
        self.assertEqual(self.server.size(), before + 2500)
        self.assertEqual(self.writer.post(CHANGES, json.loads(lines(1))).json["status"], "replayed")

    def test_refused_lines_are_named_and_the_rest_is_taken(self):
        bad = lines(1, 8001) + b'{"kind":"nonsense"}\n\n' + lines(1, 8002) + b"{\n"
        done = self.command("import", "--data", self.server.data, "--account", "acme", "-", input=bad)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stdout.decode(), "4 lines: 2 recorded, 0 known already, 2 refused\n")
        self.assertIn(b"line 2: invalid: ", done.stderr)
        self.assertIn(b"line 5: malformed: ", done.stderr)
        unknown = self.command("import", "--data", self.server.data, "--account", "nobody", "-", input=lines(1))
        self.assertEqual((unknown.returncode, unknown.stdout), (3, b""))
        self.assertIn(b'there is no account "nobody" in this ledger: nothing was imported', unknown.stderr)

    def test_the_socket_is_for_its_owner_alone_and_needs_no_token(self):
        path = self.server.data / "admin.sock"
        mode = os.stat(self.server.folder / "admin.aside").st_mode  # the server's own, beside the recorder's
        self.assertTrue(stat.S_ISSOCK(mode))
        self.assertEqual(stat.S_IMODE(mode), 0o600)
        answer = over(path, b"GET /v1/accounts/acme/lists HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer[:200])
        self.assertTrue(over(path, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 "))

    def test_what_is_wrong_with_a_request_is_said_over_it_too(self):
        for target, media, status in (("/v1/tokens", "application/xml", 415), ("/v1/tokens/none/rotate", "application/xml", 415),
                                      ("/v1/tokens/none/rotate", "application/json", 404)):
            answer = over(self.server.data / "admin.sock", f"POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {media}\r\n"
                          "Content-Length: 2\r\n\r\n{}".encode())
            self.assertTrue(answer.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200])

    def test_tokens_are_not_made_over_the_network(self):
        everything = self.server.client(self.server.token("*", "admin"))
        self.assert_problem(everything.post("/v1/tokens", {"account": "acme", "role": "writer"}), 403, "forbidden")
        self.assert_problem(self.server.client().post("/v1/tokens", {"account": "acme", "role": "writer"}), 403, "forbidden")

    def test_what_cannot_be_meant_names_its_option(self):
        token = self.server.token("acme", "writer").split("_")[1]
        for arguments, told in ((("token", "rotate", token, "--overlap", "40d"), "--overlap must be a number with s, m, h or d, like 7d, and at most 30d"),
                                (("token", "create", "--account", "acme", "--role", "writer", "--expires", "2020-01-01T00:00:00Z"), "--expires must be a time to come"),
                                (("token", "create", "--account", "acme", "--role", "writer", "--expires", "0s"), "--expires must be a time to come"),
                                (("bundle", "--account", "acme", "--output", "x", "--since", "yesterday"), "--since must be a time like "),
                                (("bundle", "--account", "acme", "--output", "x", "--all", "--until", "2026-13-01T00:00:00Z"), "--until must be a time like "),
                                (("bundle", "--account", "acme", "--output", "x", "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"),
                                 "--until must be later than --since")):
            with self.subTest(told):
                done = self.command(*arguments, "--data", self.server.data)
                self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
                self.assertIn(told, done.stderr.decode())

    def test_an_account_that_there_is_not_is_told_from_a_person_and_a_hold(self):
        where = ("--data", self.server.data, "--account")
        self.writer.post(CHANGES, change("contact.added", number(7100), "adm-hold", data={"origin": "manual"}))
        for arguments, told in ((("erase", *where, "nope", "--number", number(7100)), "There is no such account."),
                                (("erase", *where, "acme", "--number", number(7101)), "nobody of that number is in this account"),
                                (("hold", "release", *where, "nope", "--matter", "m1"), "There is no such account."),
                                (("hold", "release", *where, "acme", "--matter", "m1"), "is on the account; one on a contact is released with --contact"),
                                (("hold", "release", *where, "acme", "--matter", "m1", "--number", number(7100)), "no hold of that matter is on this contact")):
            with self.subTest(arguments):
                done = self.command(*arguments)
                self.assertEqual((done.returncode, done.stdout), (3, b""), done.stderr)
                self.assertIn(told, done.stderr.decode())
        placed = self.command("hold", "place", *where, "acme", "--number", number(7100), "--matter", "m1")
        self.assertEqual(placed.returncode, 0, placed.stderr)
        self.assertEqual(json.loads(self.command("hold", "list", *where, "acme").stdout)["data"], [])
        self.assertEqual(len(json.loads(self.command("hold", "list", *where, "acme", "--number", number(7100)).stdout)["data"]), 1)
        self.assertIn(b",m1\r\n", self.command("retention", *where, "acme", "--status", "held").stdout)


class SocketFileTest(unittest.TestCase):
    def test_it_goes_with_the_server_and_a_killed_ones_is_replaced(self):
        server = Server("ledger.example.com/socket")
        self.addCleanup(server.remove)
        path = server.data / "admin.sock"
        server.start()
        server.stop()
        self.assertFalse(path.exists())
        server.start()
        server.kill()
        self.assertTrue(path.is_socket())
        # Nobody listens: the command opens the directory itself.
        self.assertTrue(server.token("acme", "writer").startswith("cl_"))
        server.start()
        self.assertTrue(over(path, b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200 "))

    def test_a_command_says_that_the_socket_is_not_there(self):
        server = Server("ledger.example.com/socket4")
        self.addCleanup(server.remove)
        server.start()
        (server.data / "admin.sock").unlink()
        command = ("token", "create", "--data", server.data, "--account", "acme", "--role", "writer")
        refused = run(LEDGER, *command, check=False)
        self.assertEqual((refused.returncode, refused.stdout), (3, b""))
        self.assertIn(f"process {server.process.pid} holds this data directory, and admin.sock in it is not there", refused.stderr.decode())
        server.stop()
        server.start()
        self.assertEqual(run(LEDGER, *command).returncode, 0)

    def test_a_file_in_its_place_is_not_deleted(self):
        server = Server("ledger.example.com/socket2")
        self.addCleanup(server.remove)
        path = server.data / "admin.sock"
        path.write_text("mine")
        refused = run(LEDGER, "serve", "--data", server.data, "--listen", "127.0.0.1:0", check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertIn(b"not a socket", refused.stderr)
        self.assertEqual(path.read_text(), "mine")
        path.unlink()

    def test_a_long_path_is_no_hindrance(self):
        server = Server("ledger.example.com/socket3")
        self.addCleanup(server.remove)
        deep = server.data.parent / ("d" * 60) / ("e" * 60)
        deep.parent.mkdir()
        server.data = server.data.rename(deep)
        server.start()
        self.assertTrue(server.token("acme", "writer").startswith("cl_"))
        server.stop()
        self.assertFalse((deep / "admin.sock").exists())


if __name__ == "__main__":
    unittest.main()
