"""What a story may say happens: one sentence a row, and the request that it stands for. README.md lists them for readers.

A request is ("change" | "inbound", body). {"$seq": tag} in a body stands for the number of the entry that the tagged line made.
"""
import hashlib
import re

WHO = r"(?P<who>[A-Z][a-z]+)"
ACTOR = r"(?P<actor>(?:agent|api|system|import) [a-z0-9-]+|nobody)"
ID = r"[A-Za-z0-9._:-]+"
TAG = r"\[(?P<tag>[a-z0-9 -]+)\]"

SENTENCES = []


def sentence(pattern):
    pattern = pattern.replace("WHO", WHO).replace("ACTOR", ACTOR).replace("TAG", TAG)
    compiled = re.compile(re.sub(r"(?<!P)<(\w+)>", rf"(?P<\1>{ID})", pattern))

    def add(function):
        SENTENCES.append((compiled, function))
        return function
    return add


def change(kind, data=None, who=None, actor=None, **more):
    body = {"kind": kind, **more}
    if who:
        body["phone"] = {"$phone": who}
    if actor and actor != "nobody":
        body["actor"] = dict(zip(("kind", "id"), actor.split(" ")))
    if data:
        body["data"] = data
    return "change", body


def seq(tag):
    return {"$seq": tag}


# ---- The account

@sentence(r"the account enforces its rules")
def enforces():
    return change("account.defined", {"enforce": True}, actor="api admin")


@sentence(r"the account has agent <agent>")
def has_agent(agent):
    return change("actor.defined", {"actor": agent}, actor="api admin")


@sentence(r"the account has list <list>(?: for (?P<purpose>[a-z]+))?(?:, needs (?P<level>[a-z]+))?")
def has_list(list, purpose, level):
    data = {"list": list}
    if purpose:
        data["purpose"] = purpose
    if level:
        data["level_required"] = level
    return change("list.defined", data, actor="api admin")


@sentence(r"the account has list <list>, the opt-out list of <other>")
def has_opt_out_list(list, other):
    return change("list.defined", {"list": list, "opt_out_of": other}, actor="api admin")


@sentence(r'the account answers "(?P<words>[^"]+)" by trigger <trigger>, class (?P<cls>help|optout|custom)'
          r'(?:, for list (?P<list>[a-z-]+))?(?:, also inside a message(?P<included>))?')
def has_trigger(words, trigger, cls, list, included):
    data = {"trigger": trigger, "words": [words], "match": "exact" if included is None else "included", "class": cls}
    if list:
        data["list"] = list
    return change("trigger.defined", data, actor="api admin")


@sentence(r'the account has disclosure <disclosure> "(?P<text>[^"]+)"')
def has_disclosure(disclosure, text):
    return change("disclosure.defined", {"disclosure": disclosure, "text": text}, actor="api admin")


# ---- The contact

@sentence(r'WHO sends "(?P<body>[^"]*)"')
def sends(who, body):
    return "inbound", {"from": {"$phone": who}, "to": "+15550199999", "body": body}


@sentence(r'the short code <code> sends "(?P<body>[^"]*)"')
def short_code_sends(code, body):
    return "inbound", {"from": code, "to": "+15550199999", "body": body}


@sentence(r"WHO asks to be opted out by (?P<via>phone|email|in_person|web|mail|text)(?: of list <list>)?(?:, noted by ACTOR)?")
def asks_out(who, via, list, actor):
    data = {"via": via}
    if list:
        data["list"] = list
    return change("opt_out.request", data, who, actor or "contact contact")


@sentence(r"WHO consents by (?P<method>form|call|paper|keyword|double_opt_in)(?:, noted by ACTOR)?")
def consents(who, method, actor):
    return change("opt_in.consent", {"method": method}, who, actor or "contact contact")


# ---- Agents

@sentence(r"ACTOR adds WHO")
def adds(actor, who):
    origin = "import" if actor.startswith("import ") else "manual"
    return change("contact.added", {"origin": origin}, who, actor)


@sentence(r"ACTOR edits the name of WHO")
def edits(actor, who):
    return change("contact.edited", {"fields": ["name"]}, who, actor)


@sentence(r"ACTOR opts WHO in(?:, noting \"(?P<note>[^\"]+)\")?")
def opts_in(actor, who, note):
    return change("opt_in.agent", {"note": note} if note else None, who, actor)


@sentence(r"ACTOR opts in (?P<many>\d+) new contacts")
def opts_in_many(actor, many):
    return "many", (int(many), change("opt_in.agent", actor=actor))


@sentence(r"ACTOR opts WHO out(?:, because \"(?P<reason>[^\"]+)\")?")
def opts_out(actor, who, reason):
    return change("opt_out.agent", {"reason": reason} if reason else None, who, actor)


@sentence(r"ACTOR (?P<act>blocks|unblocks) WHO")
def blocks(actor, act, who):
    return change("contact." + act[:-1] + "ed", None, who, actor)


@sentence(r"ACTOR records consent of WHO(?: for TAG)?")
def records_consent(actor, who, tag):
    return change("consent.recorded", {"for": seq(tag)} if tag else None, who, actor)


@sentence(r"ACTOR adds WHO to list <list>")
def adds_to_list(actor, who, list):
    return change("list.added", {"list": list}, who, actor)


@sentence(r"ACTOR removes WHO from list <list>(?: because of TAG)?")
def removes_from_list(actor, who, list, tag):
    data = {"list": list}
    if tag:
        data["because"] = seq(tag)
    return change("list.removed", data, who, actor)


@sentence(r"ACTOR opens a review for WHO")
def opens_review(actor, who):
    return change("review.opened", None, who, actor)


@sentence(r"ACTOR resolves review TAG of WHO: (?P<verdict>an opt-out|no opt-out)")
def resolves_review(actor, tag, who, verdict):
    data = {"opened": seq(tag), "verdict": "opt_out" if verdict == "an opt-out" else "not_opt_out"}
    return change("review.resolved", data, who, actor)


@sentence(r"ACTOR gives duty TAG of WHO to <assignee>")
def assigns(actor, tag, who, assignee):
    return change("obligation.assigned", {"obligation": seq(tag), "assignee": assignee}, who, actor)


# ---- The platform

@sentence(r"the platform says that a message opted WHO in")
def says_in(who):
    return change("opt_in.inbound", {"message": {"$message": True}}, who, "system platform")


@sentence(r"(?:the platform|ACTOR) says that WHO sent a STOP")
def says_stop(actor, who):
    return change("opt_out.stop", {"keyword": "stop", "match": "whole", "language": "en"}, who, actor or "system platform")


@sentence(r"the platform says that WHO fired trigger <trigger>(?: for list <list>)?")
def says_trigger(who, trigger, list):
    data = {"trigger": trigger}
    if list:
        data["list"] = list
    return change("trigger.fired", data, who, "system platform")


@sentence(r"the consent of WHO expires(?: for list <list>)?")
def expires(who, list):
    return change("consent.expired", {"list": list} if list else None, who, "system platform")


@sentence(r"the number of WHO is reassigned")
def reassigned(who):
    return change("number.reassigned", None, who, "system platform")


# ---- Records about records

@sentence(r"ACTOR corrects the record of TAG of WHO")
def corrects(actor, tag, who):
    return change("record.corrected", {"seq": seq(tag)}, who, actor)


@sentence(r"ACTOR waives <rule> on TAG until (?P<until>\d{4}-\d\d-\d\d)")
def waives(actor, rule, tag, until):
    data = {"rule": rule, "seq": seq(tag), "until": until + "T00:00:00Z", "reason": "seen by counsel"}
    return change("finding.waived", data, None, actor)


@sentence(r"ACTOR erases WHO")
def erases(actor, who):
    return change("subject.erased", None, who, actor)


@sentence(r"ACTOR (?P<act>holds|releases) WHO for matter <matter>")
def holds(actor, act, who, matter):
    return change("hold.placed" if act == "holds" else "hold.released", {"matter": matter}, who, actor)


def request_of(text):
    """The request that the sentence stands for, or None. Exactly one row may match."""
    found = []
    for pattern, function in SENTENCES:
        match = pattern.fullmatch(text)
        if match:
            found.append(function(**match.groupdict()))
    assert len(found) < 2, f"two sentences match: {text}"
    return found[0] if found else None


# ---- Evidence: an item of each kind with everything that the packs want of it

DIGEST = hashlib.sha256(b"a file").hexdigest()
FILE = {"sha256": DIGEST, "held_by": "crm"}
ITEMS = {
    "inbound_sms": {"message_id": {"$message": True}, "from": {"$phone": "$who"}, "to": "+15550199999", "body": "hi"},
    "web_form": {"url": "https://example.com/join", "form": "join", "form_version": "3", "checkbox_default": "unchecked",
                 "disclosure": "d1", "ip": "192.0.2.7", "user_agent": "Browser"},
    "verbal_call": {"agent": "ann", "call": "C-17", "words": "yes, text me", "recording": FILE},
    "paper_form": {"scan": FILE, "signed_on": "2026-11-02", "form_version": "3", "custodian": "ann"},
    "text_to_join": {"keyword": "JOIN", "short_code": "12345", "cta_sha256": DIGEST, "confirmation_message_id": "c-1"},
    "in_person": {"witness": "ann"},
    "email": {"message_id": "<1@example.com>", "headers_sha256": DIGEST},
    "third_party_certificate": {"issuer": "certifier", "token": "t-1", "claimed_at": "$time", "expires_at": "2031-12-31T00:00:00Z"},
    "agent_attestation": {"agent": "ann", "reason": "asked", "supervisor": "sue"},
}
