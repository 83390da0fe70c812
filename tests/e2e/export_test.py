"""Exports: checked by the script that docs/format.md shows, by a tile reader of its own, and by the verifier."""
import re
import struct
import subprocess
import sys
import unittest

from harness import CHANGES, LEDGER, SOURCE, VERIFY, Checkpoint, LedgerTest, change, leaf_hash, node_hash, number, run, tree_root

ENTRIES = 600  # two full tiles and a partial one


class ExportTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        items = [change("contact.added", number(i), f"e-{i}", data={"origin": "import"}) for i in range(ENTRIES)]
        assert cls.writer.post(CHANGES, items).status == 200
        cls.lines = cls.server.folder / "ledger.ndjson"
        run(LEDGER, "export", "--data", cls.server.data, "--format", "ndjson", "--output", cls.lines)
        cls.tiles = cls.server.folder / "tiles"
        run(LEDGER, "export", "--data", cls.server.data, "--format", "tiles", "--output", cls.tiles)

    def checked_by_the_documented_script(self, path):
        text = (SOURCE / "docs" / "format.md").read_text()
        script = next(block for block in re.findall(r"```python\n(.*?)```", text, re.S) if "check_export.py" in block)
        program = self.server.folder / "check_export.py"
        program.write_text(script)
        return subprocess.run([sys.executable, program, path], capture_output=True, check=False)

    def test_lines_stand_the_documented_script_and_the_verifier(self):
        result = self.checked_by_the_documented_script(self.lines)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(run(VERIFY, self.lines, "--fail-on", "never").returncode, 0)

    def test_a_changed_line_does_not(self):
        doctored = self.server.folder / "doctored.ndjson"
        doctored.write_bytes(self.lines.read_bytes().replace(b'"origin":"import"', b'"origin":"manual"', 1))
        self.assertNotEqual(self.checked_by_the_documented_script(doctored).returncode, 0)
        self.assertEqual(run(VERIFY, doctored, "--fail-on", "never", check=False).returncode, 1)

    def test_the_export_is_what_the_log_serves(self):
        raw = self.server.client(self.tokens["all"])
        lines = self.lines.read_text().splitlines()
        self.assertEqual(raw.get("/v1/entries/5").body.decode(), lines[5])
        for path in ("tile/0/000", "tile/0/002.p/%d" % ((len(lines) - 1) % 256), "tile/1/000.p/2", "tile/entries/001"):
            self.assertEqual(raw.get("/" + path).body, (self.tiles / path).read_bytes(), path)
        self.assertEqual(raw.get("/tile/0/002.p/1").status, 200)  # every published size stays readable
        raw.close()

    def test_tiles_lead_to_the_signed_root(self):
        checkpoint = Checkpoint((self.tiles / "checkpoint").read_text())
        self.assertTrue(checkpoint.signed_by(self.vkey()))
        leaves = []
        for index in range((checkpoint.size + 255) // 256):
            width = min(256, checkpoint.size - 256 * index)
            suffix = f"{index:03d}" + ("" if width == 256 else f".p/{width}")
            bundle, entries = (self.tiles / "tile" / "entries" / suffix).read_bytes(), []
            while bundle:
                (length,) = struct.unpack(">H", bundle[:2])
                entries.append(bundle[2:2 + length])
                bundle = bundle[2 + length:]
            hashes = (self.tiles / "tile" / "0" / suffix).read_bytes()
            self.assertEqual([leaf_hash(entry) for entry in entries], [hashes[i:i + 32] for i in range(0, len(hashes), 32)])
            self.assertEqual(len(entries), width)
            leaves += [leaf_hash(entry) for entry in entries]
        self.assertEqual(tree_root(leaves), checkpoint.root)
        upper = (self.tiles / "tile" / "1" / "000.p" / "2").read_bytes()
        self.assertEqual(upper, tree_root(leaves[:256]) + tree_root(leaves[256:512]))
        self.assertEqual(node_hash(upper[:32], upper[32:]), tree_root(leaves[:512]))


if __name__ == "__main__":
    unittest.main()
