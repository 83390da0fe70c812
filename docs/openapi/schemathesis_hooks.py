"""For schemathesis.toml: how lines of JSON are written and read, a key of its own for each request, and what OpenAPI cannot say of a request.

Nothing else is left out: an answer that the document does not have, another header, another member and a 5xx are failures."""
import itertools
import json
import os
import re

import schemathesis

WELL_FORMED_KEY = re.compile(r'"(?:[ !#-\[\]-~]|\\["\\])+"(?:;[ -~]*)?|[!#-~][!-~]*')
OWN_TOKEN = os.environ["CL_TOKEN"].split("_")[1]  # whoever ends it tests nothing any more
LINES = ("application/x-ndjson", "application/jsonl")
# Valid by the schema, and refused all the same: the problem's code, and what its detail says.
NOT_SAID = (
    ("precondition_failed", "", "the answer that If-None-Match asked for"),
    ("idempotency_required", "", "a header depends on the body"),
    ("idempotency_conflict", "", "a message id, or a record of a source, that was used for something else"),
    ("malformed", "a fraction or an exponent", "an integer written as 1.0, which JSON Schema takes"),
    ("invalid", "cursor", "a cursor that no page gave"),
    ("invalid", "is beyond the account's newest entry", "a place of the feed that is not there yet"),
    ("invalid", "must be later than", "one parameter depends on another"),
    ("invalid", "it cannot be combined with|`wait` goes with `after`", "one parameter depends on another"),
    ("invalid", "^no (?:contact|entry) of this account", "what it names is not there"),
    ("invalid", "/overrides", "what a policy pack lets an account override: docs/policy-packs.md"),
    ("too_large", "receipt=full is for at most", "one parameter depends on another"),
    ("invalid", "is for CSV", "one parameter depends on another"),
    ("invalid", "is for the shapes|for a provider's shape", "one parameter depends on another"),
    ("invalid", "stands twice", "its longest array is of one value, in spite of uniqueItems"),
    ("invalid", "at least one letter or digit", "of any script"),
    ("invalid", "is not the digest|revision of the pack|this pack applies is not confirmed", "what a policy pack is stands in the program"),
)
_run, _count = os.urandom(4).hex(), itertools.count()


@schemathesis.hook
def before_load_schema(_context, raw_schema):
    """A text of lines becomes an array of what a line is; `last` is one of them."""
    for path in raw_schema["paths"].values():
        for operation in path.values():
            for part in [operation.get("requestBody", {}), *operation["responses"].values()]:
                for content in part.get("content", {}).values():
                    if "x-lines" in content:
                        _as_array(content)


def _as_array(content):
    lines = content["x-lines"]
    item = {"anyOf": [lines["schema"], lines["last"]]} if "last" in lines else lines["schema"]
    content["schema"] = {"type": "array", "items": item, "minItems": content["schema"].get("minLength", 0)}
    content["example"] = [json.loads(line) for line in content["example"].splitlines()]


@schemathesis.serializer(*LINES)
def write_lines(_context, value):
    rows = value if isinstance(value, list) else [value]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@schemathesis.deserializer(*LINES)
def read_lines(_context, response):
    return [json.loads(line) for line in response.content.decode().splitlines()]


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """The same key for two different requests is refused as it should be, and then nothing is tested: each has its own."""
    if WELL_FORMED_KEY.fullmatch(str((case.headers or {}).get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = f'"{_run}-{next(_count)}"'
    wait = str((case.query or {}).get("wait", ""))
    if wait.isdigit() and int(wait) <= 60:
        case.query["wait"] = 0  # who may wait a minute for nothing tests for days
    if case.operation.path.endswith("/revoke") and case.path_parameters.get("id") == OWN_TOKEN:
        case.path_parameters["id"] = "another"


@schemathesis.hook
def filter_failure(_context, failure, case, response):
    # One address sends more requests without a token than are answered with 401, and is told so.
    if type(failure).__name__ in ("MissingHeaderNotRejected", "IgnoredAuth") and re.search(r"\b429\b", failure.message):
        return False
    # It adds headers of its own making, and one may be called Authorization.
    own = OWN_TOKEN in str(response.request.headers.get("Authorization"))
    if type(failure).__name__ == "RejectedPositiveData" and response.status_code in (401, 429) and not own:
        return False
    if type(failure).__name__ == "AcceptedNegativeData" and (_refused_within(response) or _blank_around_key(case)):
        return False
    try:
        problem = response.json()
        code = problem["code"]
        detail = " ".join([problem.get("detail", ""), *(one["pointer"] for one in problem.get("errors", ()))])
    except (ValueError, KeyError, TypeError):
        return True
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    return not any(code == one and re.search(pattern, detail) for one, pattern, _ in NOT_SAID)


def _refused_within(response):
    """Each item of a batch has an answer of its own, in a 200."""
    kind = next(iter(response.headers.get("content-type", ())), "")
    if not kind.startswith((*LINES, "application/json")):
        return False
    rows = [json.loads(line) for line in response.content.decode().splitlines()] if kind.startswith(LINES) else [response.json()]
    items = [item for row in rows for item in row.get("results", [row])]
    return any(item.get("status") == "refused" for item in items)


def _blank_around_key(case):
    """Blanks around a field's value are no part of it (RFC 9110 5.5)."""
    key = str((case.headers or {}).get("Idempotency-Key", ""))
    return key != key.strip(" \t") and (not key.strip(" \t") or WELL_FORMED_KEY.fullmatch(key.strip(" \t")))
