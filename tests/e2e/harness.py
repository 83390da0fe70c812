"""The real programs, started and spoken to as a user does, and checks of their receipts that share no line with them.

Hashes, proofs and notes are checked with the Python standard library and openssl: a second opinion. Every exchange is held against the
OpenAPI document (contract.py).
"""
import base64
import hashlib
import http.client
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import contract

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("CL_BINARY_DIR", SOURCE / "build" / "release"))
LEDGER = BINARIES / "consent-ledger"
VERIFY = BINARIES / "consent-verify"
SHARED = SOURCE.parent / "shared"
ED25519_DER = bytes.fromhex("302a300506032b6570032100")


def seed_of_run():
    """Of what a generator makes: always the same, so that a failure is of the change at hand; drawn anew with CL_LONG=1."""
    drawn = random.SystemRandom().randrange(2**32) if os.environ.get("CL_LONG") else 20261129
    return int(os.environ.get("CL_TEST_SEED", drawn))


# ---- RFC 6962, as written there

def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(tree_root(leaves[:split]), tree_root(leaves[split:]))


def inclusion_holds(index, size, leaf, path, root):
    """RFC 9162 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, running = index, size - 1, leaf
    for step in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            running = node_hash(step, running)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            running = node_hash(running, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and running == root


# ---- C2SP notes

class Checkpoint:
    def __init__(self, note):
        text, _, signatures = note.rpartition("\n\n")
        self.text, self.note = text + "\n", note
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root)
        self.signature = base64.b64decode(signatures.strip().split(" ")[2])

    def signed_by(self, vkey):
        """True if openssl accepts the Ed25519 signature."""
        name, key_id, key = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+(.+)", vkey).groups()
        public = base64.b64decode(key)[1:]
        if name != self.origin or self.signature[:4].hex() != key_id:
            return False
        with tempfile.TemporaryDirectory() as folder:
            paths = {part: os.path.join(folder, part) for part in ("key", "text", "signature")}
            for part, content in (("key", ED25519_DER + public), ("text", self.text.encode()), ("signature", self.signature[4:])):
                pathlib.Path(paths[part]).write_bytes(content)
            return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin",
                                   "-in", paths["text"], "-sigfile", paths["signature"]],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


class Receipt:
    """A result's receipt, or an entry and a proof fetched later."""

    def __init__(self, entry, proof):
        self.entry = entry.encode()
        head, _, note = proof.partition("\n\n")
        lines = head.split("\n")
        assert lines[0] == "c2sp.org/tlog-proof@v1", lines[0]
        assert lines[1].startswith("index "), lines[1]
        self.index = int(lines[1][6:])
        self.path = [base64.b64decode(line) for line in lines[2:]]
        self.checkpoint = Checkpoint(note)

    def holds(self):
        return (json.loads(self.entry)["seq"] == self.index
                and inclusion_holds(self.index, self.checkpoint.size, leaf_hash(self.entry), self.path, self.checkpoint.root))


# ---- The programs

class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def lines(self):
        return [json.loads(line) for line in self.body.decode().splitlines()]


class _Bytes:
    """What http.client reads an answer from."""

    def __init__(self, content):
        self.content = content

    def makefile(self, _mode):
        return io.BytesIO(self.content)


def parsed_answer(content):
    """The first answer in these bytes; its body as far as it is there."""
    response = http.client.HTTPResponse(_Bytes(content))
    response.begin()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


class Client:
    """One connection that is opened again when the server has closed it."""

    def __init__(self, port, token=None, tls=None):
        self.port, self.token, self.tls, self.connection = port, token, tls, None

    def request(self, method, path, body=None, headers=None, token=None):
        fields = {}
        if token or self.token:
            fields["Authorization"] = "Bearer " + (token or self.token)
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body).encode()
        if body is not None:
            fields["Content-Type"] = "application/json"
        fields.update(headers or {})
        for attempt in (0, 1):
            if self.connection is None:
                self.connection = (http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.tls) if self.tls
                                   else http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))
            try:
                self.connection.request(method, path, body=body, headers=fields)
                response = self.connection.getresponse()
                answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
                if response.will_close:
                    self.close()
                contract.check(method, path, fields, body, answer)
                return answer
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.close()
                if attempt or method not in ("GET", "HEAD"):
                    raise
        raise AssertionError("unreachable")

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body, **options):
        return self.request("POST", path, body=body, **options)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def run(*command, check=True, **options):
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    if check and result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}: {result.stderr.decode()}{result.stdout.decode()}")
    return result


class Server:
    """A data directory and, while it runs, the server on it."""

    def __init__(self, origin="ledger.example.com/e2e"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="consent-ledger-e2e-"))
        self.data, self.process, self.port = self.folder / "data", None, 0
        run(LEDGER, "init", "--data", self.data, "--origin", origin)

    def token(self, account, role):
        return run(LEDGER, "token", "create", "--data", self.data, "--account", account, "--role", role).stdout.decode().strip()

    def start(self, wait=True, options=()):
        self.process = subprocess.Popen([str(LEDGER), "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", *options],
                                        stdout=subprocess.DEVNULL, stderr=open(self.folder / "serve.log", "ab"))
        if wait:
            self.wait_until_ready()
        return self

    def wait_until_ready(self, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError("the server ended: " + self.log())
            log = self.log()  # once: a line that comes between two looks would pair the new start with the old port
            ports = re.findall(r"https?://127\.0\.0\.1:(\d+)[^\d]", log)
            starts = len(ports)
            if ports and starts == self.starts + 1:
                self.port = int(ports[-1])
                if self.client().get("/readyz").status == 200:
                    self.starts += 1
                    return
            time.sleep(0.02)
        raise AssertionError("the server does not become ready: " + self.log())

    starts = 0
    tls = None  # an ssl.SSLContext where it speaks TLS

    def log(self):
        path = self.folder / "serve.log"
        return path.read_text() if path.exists() else ""

    def client(self, token=None):
        return Client(self.port, token, self.tls)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self):
        """Ends it as an operator does; returns the exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.process = None
        return code

    def verify(self, *arguments, path=None):
        return run(VERIFY, path or self.data, *arguments, check=False)

    def size(self):
        return Checkpoint(self.client().get("/checkpoint").body.decode()).size

    def remove(self):
        if self.process:
            self.kill()
        shutil.rmtree(self.folder)


class LedgerTest(unittest.TestCase):
    """A server of its own for each test class, with a writer, an auditor and an admin of the account `acme`."""

    records_commands = False  # True: what commands say to the admin socket, and are told, is held against the OpenAPI document too
    recorder = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.tokens = {role: cls.server.token("acme", role) for role in ("writer", "sender", "auditor", "admin")}
        cls.tokens["all"] = cls.server.token("*", "auditor")
        cls.prepare()
        cls.server.start(options=cls.start_options())
        if cls.records_commands:
            from recorder import at_admin_socket  # it needs this file
            cls.recorder = at_admin_socket(cls.server)
        cls.writer = cls.server.client(cls.tokens["writer"])
        cls.auditor = cls.server.client(cls.tokens["auditor"])
        cls.admin = cls.server.client(cls.tokens["admin"])

    @classmethod
    def prepare(cls):
        """More to set up while nobody serves."""

    @classmethod
    def start_options(cls):
        """More for the command line of `serve`."""
        return ()

    @classmethod
    def tearDownClass(cls):
        for client in (cls.writer, cls.auditor, cls.admin):
            client.close()
        found = cls.recorder.stop() if cls.recorder else []
        if cls.recorder and not cls.recorder.judged:
            found = ["no command went over the admin socket"]
        cls.server.remove()
        found, contract.violations[:] = found + contract.violations, []
        if found:
            raise AssertionError("the OpenAPI document does not say: " + found[0])

    def vkey(self):
        return self.writer.get("/v1/keys").json["keys"][0]["vkey"]

    def assert_problem(self, answer, status, code=None):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        problem = answer.json
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["type"], "/problems/" + problem["code"])
        if code:
            self.assertEqual(problem["code"], code, problem)
        return problem

    def assert_clean(self, *arguments):
        result = self.server.verify("--fail-on", "never", *arguments)
        self.assertEqual(result.returncode, 0, (result.stdout + result.stderr).decode())
        return result.stdout.decode()


CHANGES = "/v1/accounts/acme/changes"
INBOUND = "/v1/accounts/acme/inbound"
LOOKUP = "/v1/accounts/acme/contacts/lookup"


def number(index):
    """A fictional number (555-0100 to 555-0199 of an area code), different for each index below 79,900."""
    return f"+1{200 + index // 100}55501{index % 100:02d}"


def change(kind, phone, record, **more):
    return {"kind": kind, "phone": phone, "source": {"platform": "test", "record": record},
            "actor": {"kind": "agent", "id": "agent-1"}, **more}


if __name__ == "__main__":
    raise SystemExit("this is no test; run scripts/test or ctest")
