"""Who a story is told to: the pure core (a program that reads lines) and the real service (a program that is spoken to over HTTP).

Both take the same requests and answer in the same words, so that scenario_test.py compares them by the same code.
"""
import json
import os
import pathlib
import struct
import subprocess
import sys

SCENARIO = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(SCENARIO.parent / "e2e"))

from harness import BINARIES, LEDGER, Server, run  # noqa: E402  (the folder of the end-to-end tests)
from story import millis  # noqa: E402

PARTS = pathlib.Path(os.environ.get("CL_SCENARIO_DIR", BINARIES / "tests"))
ACCOUNT = "/v1/accounts/story"


class Player:
    """Keeps which entries each tagged line made."""

    def __init__(self):
        self.seqs = {}

    def play(self, step):
        """Posts the step; returns (class or None, results, reply text or None)."""
        answer = self.post(step, self.filled(step.post))
        results = [answer] if "status" in answer else answer["results"]
        for index, result in enumerate(results if step.tag else (), 1):
            if "seq" in result:
                self.seqs[step.tag if index == 1 else f"{step.tag} {index}"] = result["seq"]
        return answer.get("class"), results, answer.get("reply", {}).get("text")

    def filled(self, value):
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "$seq" in value:
            return self.seqs[value["$seq"]]
        return {name: self.filled(one) for name, one in value.items()}

    def can_check(self):
        return True

    def post(self, step, body):
        raise NotImplementedError

    def look(self, phone, now):
        raise NotImplementedError

    def findings(self, now):
        raise NotImplementedError

    def check(self, phone, message, now):
        raise NotImplementedError


class CorePlayer(Player):
    def __init__(self):
        super().__init__()
        self.process = subprocess.Popen([str(PARTS / "scenario_core")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def post(self, step, body):
        return self.ask(op=step.op, now=millis(step.now), post=body)

    def look(self, phone, now):
        return self.ask(op="look", now=millis(now), phone=phone)

    def findings(self, now):
        return self.ask(op="findings", now=millis(now))["data"]

    def check(self, phone, message, now):
        listed = {"list": message["list"]} if message["list"] else {}
        return self.ask(op="check", now=millis(now), phone=phone, type=message["type"], **listed)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class StoryServer(Server):
    """A server whose day is the story's."""

    def __init__(self, folder, moment):
        self.clock = folder / "clock"
        self.set_clock(moment)
        self.environment = {"CL_STORY_CLOCK": str(self.clock), "LD_PRELOAD": str(PARTS / "libstory_clock.so")}
        os.environ.update(self.environment)
        try:
            super().__init__(origin="ledger.example.com/story")
            self.admin = self.token("story", "admin")
            self.start()
        finally:
            for name in self.environment:
                del os.environ[name]

    def set_clock(self, moment):
        """Time goes on, never back."""
        with open(self.clock, "r+b" if self.clock.exists() else "wb") as file:
            file.write(struct.pack("=q", millis(moment)))


class HttpPlayer(Player):
    def __init__(self, folder, moment):
        super().__init__()
        self.server, self.now = StoryServer(folder, moment), moment
        self.client = self.server.client(self.server.admin)
        defined = self.client.post(ACCOUNT + "/changes", {"kind": "account.defined", "source": {"record": "account"}, "data": {}})
        assert defined.status == 201, defined.body

    def move_to(self, moment):
        """A connection that was open all the while would have been closed as idle."""
        if moment != self.now:
            self.client.close()
            self.server.set_clock(moment)
            self.now = moment

    def post(self, step, body):
        self.move_to(step.now)
        answer = self.client.post(ACCOUNT + ("/changes" if step.op == "change" else "/inbound"), body)
        if answer.status >= 400:
            return {"status": "refused", "problem": answer.json}
        return answer.json

    def look(self, phone, now):
        self.move_to(now)
        answer = self.client.post(ACCOUNT + "/contacts/lookup", {"phone": phone})
        assert answer.status == 200, answer.body
        return answer.json

    def findings(self, now):
        self.move_to(now)
        answer = self.client.get(ACCOUNT + "/findings?status=all&limit=1000")
        assert answer.status == 200 and not answer.json["has_more"], answer.body
        return answer.json["data"]

    def can_check(self):
        return self.client.post(ACCOUNT + "/check", {}).status != 404

    def check(self, phone, message, now):
        self.move_to(now)
        asked = {name: value for name, value in message.items() if name in ("type", "list") and value}
        answer = self.client.post(ACCOUNT + "/check", {"numbers": [phone], "message": asked})
        assert answer.status == 200, answer.body
        return answer.json["results"][0]

    def verify(self, now):
        """The verifier's report, judged at the story's end, over what the service left behind."""
        self.client.close()  # else the stop waits for it
        code = self.server.stop()
        assert code == 0, self.server.log()
        at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        result = self.server.verify("--fail-on", "never", "--format", "json", "--at", at)
        assert result.stdout, result.stderr.decode()
        return result.returncode, json.loads(result.stdout)

    def close(self):
        self.client.close()
        self.server.remove()
