"""TLS: what is spoken, who is let in, and that neither a silent client nor a new certificate disturbs another one."""
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
import unittest

from certificates import RSA, Authority
import contract
from harness import CHANGES, LEDGER, Answer, Client, LedgerTest, Server, change, number, run


def trusting(authority, certificate=None, version=None):
    """What a client that trusts this authority speaks with."""
    context = ssl.create_default_context(cafile=str(authority.certificate))
    if certificate:
        context.load_cert_chain(*[str(part) for part in certificate])
    if version:
        context.minimum_version = context.maximum_version = version
    return context


def connect(port, context, **options):
    plain = socket.create_connection(("127.0.0.1", port), timeout=30)
    return context.wrap_socket(plain, server_hostname="localhost", **options)


def until(condition, what):
    deadline = time.monotonic() + 30
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it does not come: " + what)
        time.sleep(0.02)


class TlsTest(LedgerTest):
    """A server with a certificate of its own authority, renewed by SIGHUP."""

    @classmethod
    def setUpClass(cls):
        cls.authority = Authority("Test authority")
        cls.folder = cls.authority.folder
        cls.certificate, cls.key = cls.folder / "server.pem", cls.folder / "server.key"
        cls.install("first")
        super().setUpClass()

    @classmethod
    def install(cls, name):
        certificate, key = cls.authority.issue(name, key=RSA)
        shutil.copy(certificate, cls.certificate)
        shutil.copy(key, cls.key)
        return certificate.read_text()

    @classmethod
    def prepare(cls):
        cls.server.tls = trusting(cls.authority)

    @classmethod
    def start_options(cls):
        return ("--tls-cert", cls.certificate, "--tls-key", cls.key)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        shutil.rmtree(cls.folder)

    def shown(self):
        """The name on the certificate that a new connection is shown."""
        with connect(self.server.port, trusting(self.authority)) as stream:
            return dict(part[0] for part in stream.getpeercert()["subject"])["commonName"]

    def metric(self, line):
        client = self.server.client(self.tokens["all"])
        text = client.get("/metrics").body.decode()
        client.close()
        return [int(row.split(" ")[1]) for row in text.splitlines() if row.startswith("consent_ledger_" + line + " ")][0]

    def hang_up(self, expect):
        before = self.server.log().count(expect)
        self.server.process.send_signal(signal.SIGHUP)
        until(lambda: self.server.log().count(expect) > before, expect)


class WhatIsSpoken(TlsTest):
    def s_client(self, *arguments):
        return run("openssl", "s_client", "-connect", f"127.0.0.1:{self.server.port}", *arguments, check=False,
                   stdin=subprocess.DEVNULL)

    def test_versions(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with connect(self.server.port, trusting(self.authority, version=version)) as stream:
                self.assertIsNone(stream.compression())
                name = stream.cipher()[0]
                self.assertTrue("GCM" in name or "CHACHA20" in name, name)
        # Security level 0: this client could, if the server would.
        for old in ("-tls1", "-tls1_1"):
            result = self.s_client(old, "-cipher", "ALL:@SECLEVEL=0")
            self.assertNotEqual(result.returncode, 0)
            self.assertIn(b"protocol version", result.stderr)

    def test_ciphers_without_forward_secrecy_or_aead_are_not_spoken(self):
        for refused in ("AES256-GCM-SHA384", "AES128-SHA", "ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES256-GCM-SHA384"):
            with self.subTest(refused):
                result = self.s_client("-tls1_2", "-cipher", refused)
                self.assertNotEqual(result.returncode, 0)
                self.assertIn(b"handshake failure", result.stderr)
        self.assertEqual(self.s_client("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256").returncode, 0)

    def test_nothing_is_resumed(self):
        context = trusting(self.authority, version=ssl.TLSVersion.TLSv1_2)
        with connect(self.server.port, context) as first:
            session = first.session
            self.assertFalse(session.has_ticket)
        with connect(self.server.port, context, session=session) as second:
            self.assertFalse(second.session_reused)

    def test_nothing_is_renegotiated(self):
        started = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.server.port}", "-tls1_2"], input=b"R\n",
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, check=False)
        self.assertIn(b"no renegotiation", started.stderr)

    def test_plain_http_is_told_so(self):
        plain = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        plain.request("GET", "/livez")
        answer = plain.getresponse()
        told = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        self.assertEqual(told.status, 400)
        self.assertIn(b"https://", told.body)
        self.assertEqual([], contract.problem_faults(told))

    def test_noise_is_refused(self):
        failed = self.metric('tls_handshakes_total{result="failed"}')
        for noise in (b"\x00" * 100, b"SSH-2.0-x\r\n", b"\x16\x03\x01\xff\xff" + b"a" * 70_000):
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as stream:
                try:
                    stream.sendall(noise)
                    while stream.recv(4_096):
                        pass
                except ConnectionError:
                    pass  # closed while the noise was still coming
        self.assertEqual(self.metric('tls_handshakes_total{result="failed"}'), failed + 3)
        self.assertGreater(self.metric('tls_handshakes_total{result="done"}'), 0)
        self.assertGreater(self.metric("tls_certificate_expires_timestamp_seconds"), time.time())

    def test_the_administrator_needs_none(self):
        self.assertTrue(self.server.token("acme", "writer").startswith("cl_"))


class WhatIsCarried(TlsTest):
    def test_changes_and_their_receipts(self):
        answer = self.writer.post(CHANGES, change("contact.added", number(1), "tls-1", data={"origin": "manual"}))
        self.assertEqual(answer.status, 201, answer.body)
        self.assert_clean()

    def test_long_bodies_both_ways(self):
        items = [change("contact.added", number(100 + index), f"tls-long-{index}", data={"origin": "manual"},
                        correlation_id="c" * 100) for index in range(1_000)]
        answer = self.writer.post(CHANGES + "?receipt=full", items)
        self.assertEqual(answer.status, 200)
        self.assertGreater(len(answer.body), 1_000_000)
        self.assertEqual({result["status"] for result in answer.json["results"]}, {"recorded"})
        report = self.auditor.get("/v1/accounts/acme/reports/consent-register?format=csv")
        self.assertEqual(report.status, 200)
        self.assertGreater(report.body.count(b"\r\n"), 1_000)

    def test_the_end_is_announced(self):
        with connect(self.server.port, trusting(self.authority), suppress_ragged_eofs=False) as stream:
            stream.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            read = b""
            while True:  # an end without close_notify would raise
                more = stream.recv(4_096)
                if not more:
                    break
                read += more
        self.assertTrue(read.endswith(b"ok\n"))

    def test_a_refusal_is_read_while_the_body_is_still_coming(self):
        with connect(self.server.port, trusting(self.authority)) as stream:
            stream.sendall(b"POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           b"Content-Length: 200000\r\n\r\n")
            stream.sendall(b" " * 100_000)
            self.assertTrue(stream.recv(4_096).startswith(b"HTTP/1.1 401 "))

    def test_what_is_cut_off_is_not_recorded(self):
        size = self.server.size()
        body = json.dumps(change("contact.added", number(2), "tls-cut", data={"origin": "manual"})).encode()
        head = (f"POST {CHANGES} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.tokens['writer']}\r\n"
                f"Content-Type: application/json\r\n")
        for framing, sent in ((f"Content-Length: {len(body)}\r\n\r\n", body[:-1]),
                              ("Transfer-Encoding: chunked\r\n\r\n", f"{len(body):x}\r\n".encode() + body)):
            stream = connect(self.server.port, trusting(self.authority))
            stream.sendall((head + framing).encode() + sent)
            os.close(stream.detach())  # without close_notify
        self.assertEqual(self.writer.get("/livez").status, 200)
        self.assertEqual(self.server.size(), size)

    def test_clients_that_say_nothing_hold_up_nobody(self):
        silent = [socket.create_connection(("127.0.0.1", self.server.port), timeout=60) for _ in range(200)]
        half = [socket.create_connection(("127.0.0.1", self.server.port), timeout=60) for _ in range(20)]
        for stream in half:
            stream.sendall(b"\x16\x03\x01\x02\x00\x01")  # a ClientHello that goes no further
        for index in range(20):
            beside = self.server.client(self.tokens["writer"])  # a handshake each
            self.assertEqual(beside.post(CHANGES, change("contact.added", number(2_000 + index), f"tls-beside-{index}",
                                                         data={"origin": "manual"})).status, 201)
            beside.close()
        for stream in silent + half:
            with stream:
                self.assertEqual(stream.recv(1), b"")  # closed, long before the sixty seconds


class Reload(TlsTest):
    def test_a_new_certificate_while_an_old_connection_goes_on(self):
        old = self.server.client(self.tokens["writer"])
        self.assertEqual(old.get("/livez").status, 200)
        kept = old.connection.sock
        self.assertNotEqual(self.shown(), "second")
        self.install("second")
        self.hang_up("the TLS files were read again")
        self.assertEqual(self.shown(), "second")
        self.assertEqual(old.post(CHANGES, change("contact.added", number(3), "tls-old", data={"origin": "manual"})).status, 201)
        self.assertIs(old.connection.sock, kept)

    def test_wrong_new_files_change_nothing(self):
        self.install("good")
        self.hang_up("the TLS files were read again")
        good = self.certificate.read_bytes(), self.key.read_bytes()
        foreign = Authority("Somebody else")
        try:
            other = foreign.issue("other")[1].read_bytes()
        finally:
            shutil.rmtree(foreign.folder)
        for certificate, key, mode in ((b"", good[1], 0o600), (b"noise", good[1], 0o600), (good[0], b"noise", 0o600),
                                       (good[0], other, 0o600), (good[0], good[1], 0o640)):
            self.certificate.write_bytes(certificate)
            self.key.write_bytes(key)
            self.key.chmod(mode)
            self.hang_up("the TLS files are not taken")
            self.assertEqual(self.shown(), "good")
        self.certificate.write_bytes(good[0])
        self.key.chmod(0o600)
        self.hang_up("the TLS files were read again")
        self.assertNotIn("BEGIN", self.server.log())

    def test_an_expired_one_is_said(self):
        certificate, key = self.authority.issue("late", days=-1)
        shutil.copy(certificate, self.certificate)
        shutil.copy(key, self.key)
        self.hang_up("has expired: clients will refuse it")
        with self.assertRaises(ssl.SSLCertVerificationError):
            connect(self.server.port, trusting(self.authority))
        self.install("renewed")
        self.hang_up("the TLS files were read again")
        self.assertEqual(self.shown(), "renewed")


class ClientCertificates(TlsTest):
    optional = ()

    @classmethod
    def setUpClass(cls):
        cls.clients = Authority("Clients")
        cls.own = cls.clients.issue("platform", usage="clientAuth")
        super().setUpClass()

    @classmethod
    def prepare(cls):
        cls.server.tls = trusting(cls.authority, cls.own)

    @classmethod
    def start_options(cls):
        return (*super().start_options(), "--tls-client-ca", cls.clients.certificate, *cls.optional)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        shutil.rmtree(cls.clients.folder)

    def let_in(self, certificate):
        """In TLS 1.3 a client learns that it was refused when it reads."""
        client = Client(self.server.port, None, trusting(self.authority, certificate))
        try:
            return client.get("/livez").status == 200
        except (ssl.SSLError, ConnectionError, http.client.HTTPException):
            return False
        finally:
            client.close()

    def test_who_is_let_in(self):
        stranger = Authority("Strangers")
        self.addCleanup(shutil.rmtree, stranger.folder)
        self.assertTrue(self.let_in(self.own))
        self.assertEqual(self.let_in(None), bool(self.optional))
        self.assertFalse(self.let_in(stranger.issue("platform", usage="clientAuth")))
        self.assertFalse(self.let_in(self.clients.issue("late", usage="clientAuth", days=-1)))
        self.assertFalse(self.let_in(self.clients.issue("server", usage="serverAuth")))

    def test_a_certificate_is_no_token(self):
        self.assert_problem(self.server.client().get(CHANGES), 401)
        self.assertEqual(self.auditor.get(CHANGES).status, 200)


class OptionalClientCertificates(ClientCertificates):
    optional = ("--tls-client-optional",)


class Refusals(unittest.TestCase):
    """What serve does not start with."""

    @classmethod
    def setUpClass(cls):
        cls.authority = Authority("Test authority")
        cls.certificate, cls.key = cls.authority.issue("server")
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.remove()
        shutil.rmtree(cls.authority.folder)

    def start(self, *options, listen="127.0.0.1:0"):
        result = run(LEDGER, "serve", "--data", self.server.data, "--listen", listen, *options, check=False, timeout=30)
        return result.returncode, result.stderr.decode()

    def test_half_of_the_options(self):
        for options in (("--tls-cert", self.certificate), ("--tls-key", self.key), ("--tls-client-ca", self.certificate),
                        ("--tls-cert", self.certificate, "--tls-key", self.key, "--tls-client-optional")):
            self.assertEqual(self.start(*options)[0], 2)

    def test_files_that_are_not_what_they_should_be(self):
        folder = self.authority.folder
        other = self.authority.issue("other")[1]
        locked = folder / "locked.key"
        run("openssl", "ec", "-in", self.key, "-aes256", "-passout", "pass:secret", "-out", locked)
        locked.chmod(0o600)
        shown = folder / "shown.key"
        shutil.copy(self.key, shown)
        shown.chmod(0o644)
        large = folder / "large.pem"
        large.write_bytes(b"x" * 1_100_000)
        os.mkfifo(folder / "pipe.pem")
        for certificate, key, code, what in (
                (folder / "missing.pem", self.key, 3, "cannot read"), (self.certificate, folder / "missing.key", 3, "cannot read"),
                (self.certificate, shown, 3, "chmod 600"), (self.certificate, other, 2, "not the certificate's"),
                (self.certificate, locked, 2, "without a passphrase"), (self.key, self.key, 2, "holds no certificate"),
                (large, self.key, 2, "too large"), (folder / "pipe.pem", self.key, 2, "no regular file"),
                (folder, self.key, 2, "no regular file")):
            with self.subTest(what=what, certificate=certificate.name, key=key.name):
                got, said = self.start("--tls-cert", certificate, "--tls-key", key)
                self.assertEqual(got, code, said)
                self.assertIn(what, said)
        got, said = self.start("--tls-cert", self.certificate, "--tls-key", self.key, "--tls-client-ca", self.key)
        self.assertEqual(got, 2, said)

    def test_beyond_this_machine_only_with_tls(self):
        # 192.0.2.1 (RFC 5737) is no machine's: what is allowed gets as far as the system's refusal to listen there.
        self.assertEqual(self.start(listen="192.0.2.1:0")[0], 2)
        code, said = self.start("--tls-cert", self.certificate, "--tls-key", self.key, listen="192.0.2.1:0")
        self.assertEqual(code, 3)
        self.assertIn("cannot listen", said)


if __name__ == "__main__":
    unittest.main()
