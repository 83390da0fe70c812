"""Every story of stories/, told to the pure core, to the service over HTTP and, over what that wrote, to the verifier: one answer.

    python3 -B -m unittest scenario_test.Stories.test_block_then_verbal_opt_in       one story; CL_BINARY_DIR names the build
"""
import pathlib
import tempfile
import unittest

from players import CorePlayer, HttpPlayer
from story import Story, StoryError

FOLDER = pathlib.Path(__file__).resolve().parent / "stories"
STATUS = ("opted_in", "blocked", "level")
SENTENCES = {f"S{i}" for i in range(1, 23)} | {f"T{i}" for i in range(1, 17)} | {f"I{i}" for i in range(1, 8)}


class Teller:
    """One story and one player: everything that must hold, as text where it does not."""

    def __init__(self, story, player, name):
        self.story, self.player, self.name = story, player, name
        self.wrong = []
        self.last = None

    def expect(self, line, what, expected, found):
        if expected != found:
            self.wrong.append(f"{self.name}: line {line}: {what}: the story says {expected}, the answer is {found}")

    def tell(self):
        for step in self.story.steps:
            self.last = step
            if step.op == "ask":
                self.standing(step.holds, step.line)
            else:
                self.act(step)
        self.standing(self.story.ending, "the end")
        self.findings()
        return self.wrong

    def act(self, step):
        cls, results, reply = self.player.play(step)
        refused = [result["problem"]["code"] for result in results if result["status"] == "refused"]
        self.expect(step.line, "refused", [step.answer["refused"]] if "refused" in step.answer else [], refused)
        if refused:
            return
        made = [result for result in results if result["status"] == "recorded"]
        if "class" in step.answer:
            self.expect(step.line, "class", step.answer["class"], cls)
        if "entries" in step.answer:
            self.expect(step.line, "entries", step.answer["entries"], len(made))
        if "repeated" in step.answer:
            self.expect(step.line, "new entries of a repetition", 0, len(made))
        elif step.op == "change":
            self.expect(step.line, "recorded", 1, len(made))
        wanted = step.answer.get("reply")
        if "reply" in step.answer and wanted is None:
            self.expect(step.line, "reply", None, reply)
        elif wanted:
            self.expect(step.line, f"reply with {wanted!r}", True, wanted in (reply or ""))

    def standing(self, ending, line):
        for who, said in ending.people.items():
            found = self.player.look(self.story.phone(who), self.last.now)
            if said["status"] == "unknown":
                self.expect(line, who + " known", False, found["known"])
            elif said["status"]:
                self.expect(line, who, said["status"], {name: found["state"][name] for name in STATUS})
            if said["lists"] or line == "the end":
                members = {name: one["level"] for name, one in found["state"]["lists"].items() if one["member"]}
                self.expect(line, who + " is on", said["lists"], members)
            if said["duties"] or line == "the end":
                self.expect(line, who + " duties", self.duties(said["duties"]), self.found_duties(found["obligations"]))
            for check in said["checks"]:
                self.check(who, check, line)

    def duties(self, said):
        return sorted((one["kind"], one["list"] or "", one["due"], self.player.seqs[one["tag"]], one["assignee"] or "") for one in said)

    @staticmethod
    def found_duties(open_ones):
        return sorted((one["kind"], one.get("list", ""), one["due_at"][:10], one["seq"], one.get("assignee", "")) for one in open_ones)

    def check(self, who, message, line):
        if self.player.can_check():
            found = self.player.check(self.story.phone(who), message, self.last.now)
            about = f"{message['type']} to {who}" + (f" on {message['list']}" if message["list"] else "")
            self.expect(line, about, message["reason"], found["reason"])
            self.expect(line, about + " allowed", message["reason"] == "ok", found["allowed"])

    def findings(self):
        found = self.player.findings(self.last.now)
        tags = {seq: tag for tag, seq in self.player.seqs.items()}
        shown = sorted((tags.get(one["seq"], f"entry {one['seq']}"), one["id"], one["severity"], one["status"],
                        tags.get(one.get("closed_by", one.get("waiver", {}).get("seq")), "")) for one in found)
        self.expect("the end", "findings", self.said_findings(), shown)
        # What the look-up of the people shows is what of this is open and can still be cured.
        still = {(one["id"], one["seq"]) for one in found if one["status"] == "open"}
        for who in self.story.ending.people:
            looked = self.player.look(self.story.phone(who), self.last.now)
            self.expect("the end", f"findings of {who} that are not open", [],
                        [one["id"] for one in looked["findings"] if (one["id"], one["seq"]) not in still])

    def said_findings(self):
        words = {"cured": "closed"}
        return sorted((one["tag"], one["id"], one["severity"], words.get(one["status"], one["status"]), one["by"] or "")
                      for one in self.story.ending.findings)


def judge(story, player, code, report):
    """What the verifier says otherwise than the story."""
    teller = Teller(story, player, "verifier")
    teller.expect("the end", "exit code", 0, code)
    teller.expect("the end", "tampering", [], report["integrity_findings"])
    teller.expect("the end", "left out", [], report["incomplete"])
    tags = {seq: tag for tag, seq in player.seqs.items()}
    found = [(tags.get(one["seq"], f"entry {one['seq']}"), one["id"], one["severity"], "waived" if "waived_until" in one else "open")
             for one in report["findings"]]
    aggregated = [(tags.get(seq, f"entry {seq}"), one["id"], one["severity"], "waived" if one.get("waived") else "open")
                  for one in report["aggregated_findings"] for seq in one["sample_seqs"]]
    said = [one[:4] for one in teller.said_findings()]
    teller.expect("the end", "findings", [one for one in said if one[3] != "closed"], sorted(found + aggregated))
    teller.expect("the end", "findings that were cured", sum(one[3] == "closed" for one in said), report["finding_counts"]["cured"])
    duties = [(kind, name, due, seq) for who in story.ending.people.values()
              for kind, name, due, seq, _ in teller.duties(who["duties"])]
    items = [(one["kind"], one.get("list", ""), one["due_at"][:10], one["seq"]) for one in report["obligations"]["items"]]
    teller.expect("the end", "duties", sorted(duties), sorted(items))
    return teller.wrong


class Stories(unittest.TestCase):
    maxDiff = None

    def tell(self, path):
        story = Story(path)
        wrong = []
        core = CorePlayer()
        try:
            wrong += Teller(story, core, "pure core").tell()
        finally:
            core.close()
        with tempfile.TemporaryDirectory(prefix="story-") as folder:
            http = HttpPlayer(pathlib.Path(folder), story.steps[0].now)
            try:
                wrong += Teller(story, http, "HTTP").tell()
                wrong += judge(story, http, *http.verify(story.steps[-1].now))
            finally:
                http.close()
        self.assertFalse(wrong, f"\n{story.path.name}: {story.title}\n  " + "\n  ".join(wrong))


def add_test(path):
    setattr(Stories, "test_" + path.stem.replace("-", "_"), lambda self: self.tell(path))


for _path in sorted(FOLDER.glob("*.story")):
    add_test(_path)


class Suite(unittest.TestCase):
    """The stories as a whole, and that a story cannot be read or pass by mistake."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="story-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def altered(self, old, new):
        text = (FOLDER / "block-then-verbal-opt-in.story").read_text(encoding="utf-8")
        self.assertIn(old, text)
        path = self.folder / "altered.story"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    def test_what_is_no_story_is_not_read(self):
        for old, new in (("Monday", "Tuesday"), ("unblocks Ana", "unblocks ana"), ("10:00 agent", "08:00 agent"),
                         ("with verbal_call", "with a call"), ("In the end", "At last"), ("no findings", ""),
                         ("  no findings", "  Ben: opted in, not blocked, level none\n  no findings"),
                         ("Shows:", "Show:"), ("level informational", "level high")):
            with self.subTest(old=old, new=new), self.assertRaises(StoryError):
                Story(self.altered(old, new))

    def test_a_story_that_expects_otherwise_fails(self):
        for old, new in (("In the end\n  Ana: opted in", "In the end\n  Ana: opted out"), ("level informational", "level promotional"),
                         ("message is allowed", "message is denied (opted_out)"), ("opted out, blocked", "opted in, blocked"),
                         ("no findings", "finding CL-030 critical on [late], open")):
            story = Story(self.altered(old, new))
            story.steps[-1].tag = "late"
            core = CorePlayer()
            with self.subTest(old=old, new=new):
                self.assertTrue(Teller(story, core, "pure core").tell())
            core.close()

    def test_every_sentence_transition_and_invariant_has_a_story(self):
        shown = {name for path in FOLDER.glob("*.story") for name in Story(path).shows}
        self.assertEqual(SENTENCES - shown, set())


if __name__ == "__main__":
    unittest.main()
