"""Authorities and certificates for tests, made by openssl when they are needed and never kept."""
import pathlib
import tempfile

from harness import run

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
RSA = ("-newkey", "rsa:2048")


class Authority:
    """A certificate authority in a folder of its own."""

    def __init__(self, name):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="consent-ledger-ca-"))
        self.certificate, self.key = self.folder / "ca.pem", self.folder / "ca.key"
        run("openssl", "req", "-x509", *EC, "-nodes", "-keyout", self.key, "-out", self.certificate, "-days", "30",
            "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")

    def issue(self, name, *, key=EC, usage="serverAuth", days=10, folder=None):
        """A certificate and its key, 0600; `days` below zero: one that has expired. Returns (certificate, key)."""
        base = (folder or self.folder) / name
        certificate, secret, request, extensions = (base.with_suffix(part) for part in (".pem", ".key", ".csr", ".ext"))
        run("openssl", "req", *key, "-nodes", "-keyout", secret, "-out", request, "-subj", f"/CN={name}")
        extensions.write_text(f"subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage={usage}\n")
        # A validity that is over before it began is what `openssl x509 -days` takes for one that has expired.
        run("openssl", "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
            "-out", certificate, "-days", str(days), "-extfile", extensions)
        secret.chmod(0o600)
        return certificate, secret
