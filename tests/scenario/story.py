"""Reads a story: what happens, line by line, and what must hold in the end. README.md describes the format.

The only parser: the pure core, the service and the verifier are all told what comes out of here.
"""
import copy
import datetime
import pathlib
import re

from sentences import ID, ITEMS, TAG, WHO, request_of

UTC = datetime.timezone.utc
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATUS = re.compile(rf"{WHO}: opted (?P<opted>in|out), (?P<blocked>not blocked|blocked), "
                    r"level (?P<level>none|conversational|informational|promotional)")
LISTS = re.compile(rf"{WHO}: on (?P<lists>[a-z-]+ \([a-z]+\)(?:, [a-z-]+ \([a-z]+\))*)")
REMOVAL = re.compile(rf"{WHO}: removal from (?P<list>{ID}) due (?P<due>\d{{4}}-\d\d-\d\d), from {TAG}"
                     rf"(?:, given to (?P<assignee>{ID}))?")
REVIEW = re.compile(rf"{WHO}: review due (?P<due>\d{{4}}-\d\d-\d\d), from {TAG}(?:, given to (?P<assignee>{ID}))?")
CHECK = re.compile(rf"{WHO}: (?P<type>campaign|personal message|confirmation)(?: to (?P<list>{ID}))? is "
                   r"(?:(?P<ok>allowed)|denied \((?P<reason>[a-z_]+)\))")
FINDING = re.compile(rf"finding (?P<id>CL-\d{{3}}) (?P<severity>info|low|medium|high|critical) on {TAG}, "
                     r"(?P<status>open|waived by|cured by)(?: \[(?P<by>[a-z0-9 -]+)\])?")
EVIDENCE = re.compile(r"with (?P<undated>undated )?(?P<kind>[a-z_]+)(?: of (?P<time>[-0-9: ]+?))?(?: for (?P<purpose>[a-z]+))?"
                      r"(?: naming (?P<lists>[a-z, -]+?))?(?: lacking (?P<lacking>[a-z_, ]+?))?"
                      r"(?: held by (?P<held_by>[a-z]+))?"
                      r"(?: about \[(?P<about>[a-z0-9 -]+)\])?(?: saying \"(?P<body>[^\"]+)\")?"
                      r"(?: from (?P<other>[A-Z][a-z]+))?")


class StoryError(Exception):
    """The file does not say what a story may say."""


def millis(moment):
    return int(moment.timestamp()) * 1000


def rfc3339(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def names(text):
    return [name.strip() for name in text.split(",")]


class Step:
    """A request, or a question in between, at a time of the story's clock."""

    def __init__(self, line, now):
        self.line, self.now = line, now
        self.op, self.post, self.tag = None, None, None
        self.answer = {}   # what the answer must be
        self.holds = None  # for a question: what must hold now


class Ending:
    """What must hold in the end."""

    def __init__(self):
        self.people = {}    # name -> {"status", "lists", "duties", "checks"}
        self.findings = []  # {"id", "severity", "tag", "status", "by"}
        self.said_none = False

    def person(self, who):
        return self.people.setdefault(who, {"status": None, "lists": {}, "duties": [], "checks": []})

    def take(self, text):
        """True if the line is one of an ending."""
        for pattern, function in ((STATUS, self.status), (LISTS, self.lists), (REMOVAL, self.duty), (REVIEW, self.duty),
                                  (CHECK, self.check), (FINDING, self.finding)):
            match = pattern.fullmatch(text)
            if match:
                function(match.groupdict())
                return True
        if text == "no findings":
            self.said_none = True
            return True
        match = re.fullmatch(rf"{WHO}: nobody has heard of", text)
        if match:
            self.person(match["who"])["status"] = "unknown"
        return bool(match)

    def status(self, said):
        self.person(said["who"])["status"] = {"opted_in": said["opted"] == "in", "blocked": said["blocked"] == "blocked",
                                              "level": said["level"]}

    def lists(self, said):
        self.person(said["who"])["lists"] = dict(re.fullmatch(r"(\S+) \((\S+)\)", one).groups() for one in names(said["lists"]))

    def duty(self, said):
        self.person(said["who"])["duties"].append({"kind": "remove_from_list" if "list" in said else "review",
                                                   "list": said.get("list"), "due": said["due"], "tag": said["tag"],
                                                   "assignee": said["assignee"]})

    def check(self, said):
        kind = "one_to_one" if said["type"] == "personal message" else said["type"]
        self.person(said["who"])["checks"].append({"type": kind, "list": said["list"],
                                                   "reason": "ok" if said["ok"] else said["reason"]})

    def finding(self, said):
        self.findings.append({"id": said["id"], "severity": said["severity"], "tag": said["tag"],
                              "status": said["status"].split(" ")[0], "by": said["by"]})


class Story:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.name = self.path.stem
        self.title, self.shows = "", []
        self.steps, self.ending = [], Ending()
        self.day, self.phones, self.in_the_end = None, {}, False
        self.others = 0  # people without a name
        self.told = []   # the steps of the last line that said what happens
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            self.read(number, line.strip())
        self.finish()

    def fail(self, number, why):
        raise StoryError(f"{self.path.name}:{number}: {why}")

    def phone(self, who):
        return self.phones.setdefault(who, f"+155501001{len(self.phones) + 1:02d}")

    # ---- Lines

    def read(self, number, text):
        if not text:
            return
        if text.startswith("#"):
            self.title = self.title or text.lstrip("# ")
        elif text.startswith("Shows: "):
            self.shows = text[7:].split()
        elif text == "In the end":
            self.in_the_end = True
        elif self.in_the_end:
            if not self.ending.take(text):
                self.fail(number, "this is not what can hold in the end: " + text)
        elif re.fullmatch(r"[A-Z][a-z]+day \d{4}-\d\d-\d\d", text):
            self.begin_day(number, text)
        elif re.match(r"\d\d:\d\d", text):
            self.act(number, text)
        elif text.startswith("then "):
            self.question(number, text[5:])
        elif not self.told or not all([self.detail(step, text) for step in self.told]):
            self.fail(number, "nothing in the format reads like this: " + text)

    def begin_day(self, number, text):
        name, date = text.split(" ")
        day = datetime.date.fromisoformat(date)
        if DAYS[day.weekday()] != name:
            self.fail(number, f"{date} is a {DAYS[day.weekday()]}")
        if self.day and day <= self.day:
            self.fail(number, "days must follow each other")
        self.day = day

    def time(self, text):
        date, _, clock = text.strip().rpartition(" ")
        day = datetime.date.fromisoformat(date) if date else self.day
        return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), UTC)

    def act(self, number, text):
        clock, _, said = text.partition(" ")
        said = said.strip()
        if self.day is None:
            self.fail(number, "which day is it?")
        step = Step(number, self.time(clock))
        if self.steps and step.now < self.steps[-1].now:
            self.fail(number, "time goes on in a story; what is told late is `dated` earlier")
        tag = re.search(r"(?<! of)(?<! for) \[([a-z0-9-]+)\]$", said)
        if tag:
            step.tag, said = tag[1], said[:tag.start()]
        again = re.fullmatch(rf'{TAG} is delivered again(?:, saying "(?P<body>[^"]+)")?', said)
        if again:
            first = next((one for one in self.steps if one.tag == again["tag"]), None)
            if first is None:
                self.fail(number, "no line has this tag")
            step.op, step.post = first.op, copy.deepcopy(first.post)
            if again["body"]:
                step.post["body"] = again["body"]
        else:
            request = request_of(said)
            if request is None:
                self.fail(number, "no sentence reads like this: " + said)
            step.op, step.post = request
        self.told = self.crowd(step) if step.op == "many" else [step]
        for number_of_step, one in enumerate(self.told if again is None else (), 1):
            self.complete(one, f"{self.name}-{step.line}" + (f"-{number_of_step}" if len(self.told) > 1 else ""))
        self.steps += self.told

    def crowd(self, step):
        """The same for many numbers that nobody else has; the line's tag stands for the last of them."""
        steps = []
        for index in range(step.post[0]):
            one = Step(step.line, step.now)
            one.op, one.post = copy.deepcopy(step.post[1])
            one.post["phone"] = f"+15550150{self.others + index:03d}"
            steps.append(one)
        self.others += len(steps)
        steps[-1].tag = step.tag
        return steps

    def complete(self, step, record):
        """What every request of its route has, and the numbers of the people."""
        if step.op == "inbound":
            step.post.update(message_id=record, received_at=rfc3339(step.now), provider="provider")
        else:
            step.post.update(occurred_at=rfc3339(step.now), source={"platform": "crm", "record": record})
        step.post = self.with_numbers(step.post, record)

    def with_numbers(self, value, record):
        if isinstance(value, list):
            return [self.with_numbers(one, record) for one in value]
        if not isinstance(value, dict):
            return value
        if "$phone" in value:
            return self.phone(value["$phone"])
        if "$message" in value:
            return record
        return {name: self.with_numbers(one, record) for name, one in value.items()}

    def question(self, number, text):
        if not self.steps:
            self.fail(number, "nothing has happened yet")
        self.told = []
        step = Step(number, self.steps[-1].now)
        step.op, step.holds = "ask", Ending()
        if not step.holds.take(text) or step.holds.findings:
            self.fail(number, "this cannot be asked: " + text)
        for who in step.holds.people:
            self.phone(who)
        self.steps.append(step)

    # ---- Details of an act

    def detail(self, step, text):
        """True if the line adds to the act before it."""
        data = step.post.setdefault("data", {}) if step.op == "change" else {}
        time_name = "received_at" if step.op == "inbound" else "occurred_at"
        shown = re.fullmatch(r"the platform shows opted (in|out)(?:, (not blocked|blocked))?", text)
        if text.startswith("dated "):
            step.post[time_name] = rfc3339(self.time(text[6:]))
        elif text == "undated":
            del step.post[time_name]
        elif shown and step.op == "change":
            step.post["claimed"] = {"opted_in": shown[1] == "in"}
            if shown[2]:
                step.post["claimed"]["blocked"] = shown[2] == "blocked"
        elif text.startswith("told by "):
            if step.op == "inbound":
                step.post["provider"] = text[8:]
            else:
                step.post["source"]["platform"] = text[8:]
        elif text.startswith("naming "):
            data["lists"] = names(text[7:])
        elif text.startswith("under disclosure "):
            data["disclosure"] = text[17:]
        elif re.fullmatch(r"for [a-z]+", text):
            data["purpose"] = text[4:]
        elif text.startswith("with "):
            return self.evidence(step, text)
        elif text.startswith("answer: "):
            return self.expected_answer(step, text[8:])
        else:
            return False
        return True

    def evidence(self, step, text):
        said = EVIDENCE.fullmatch(text)
        if step.op != "change" or said is None or said["kind"] not in ITEMS:
            return False
        moment = rfc3339(self.time(said["time"]) if said["time"] else step.now)
        item = {"kind": said["kind"], **copy.deepcopy(ITEMS[said["kind"]])}
        item = {name: moment if value == "$time" else value for name, value in item.items()}
        if item.get("from") == {"$phone": "$who"}:
            item["from"] = self.phone(said["other"]) if said["other"] else step.post["phone"]
        item = self.with_numbers(item, step.post["source"]["record"])
        if not said["undated"]:
            item["occurred_at"] = moment
        scope = {}
        if said["purpose"]:
            scope["purpose"] = said["purpose"]
        if said["lists"]:
            scope["lists"] = names(said["lists"])
        if scope:
            item["scope"] = scope
        for field in names(said["lacking"]) if said["lacking"] else ():
            if field not in item:
                return False
            del item[field]
        for name, value in (("held_by", said["held_by"]), ("body", said["body"])):
            if value:
                item[name] = value
        if said["about"]:
            item["for"] = {"$seq": said["about"]}
        step.post.setdefault("evidence", []).append(item)
        return True

    def expected_answer(self, step, text):
        for part in text.split("; "):
            entries = re.fullmatch(r"(no|\d+) entr(?:y|ies)", part)
            reply = re.fullmatch(r'reply "([^"]+)"', part)
            if entries:
                step.answer["entries"] = 0 if entries[1] == "no" else int(entries[1])
            elif reply:
                step.answer["reply"] = reply[1]
            elif part == "no reply":
                step.answer["reply"] = None
            elif part == "repeated":
                step.answer["repeated"] = True
            elif re.fullmatch(r"class [a-z]+", part):
                step.answer["class"] = part[6:]
            elif re.fullmatch(r"refused [a-z_]+", part):
                step.answer["refused"] = part[8:]
            else:
                return False
        return True

    def finish(self):
        last = len(self.path.read_text(encoding="utf-8").splitlines())
        if not self.title or not self.shows or not self.in_the_end:
            self.fail(last, "a story has a title, a line `Shows:` and an end")
        if bool(self.ending.findings) == self.ending.said_none:
            self.fail(last, "the end lists the findings or says `no findings`")
        for who in self.phones:
            if self.ending.person(who)["status"] is None:
                self.fail(last, f"the end does not say how {who} stands")
        for who in self.ending.people:
            if who not in self.phones:
                self.fail(last, f"{who} does not occur in the story")
