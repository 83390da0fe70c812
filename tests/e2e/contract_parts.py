"""What the OpenAPI document does not say of a part of an exchange: an answer's header and body, a request's query, header and body. Each
function gives texts, none where the part is as documented."""
import base64
import json
import re
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from openapi_doc import schemas  # noqa: E402
from openapi_doc.lint import BYTES  # noqa: E402

# Of HTTP itself, or on every answer alike.
ALWAYS = {"content-length", "content-type", "transfer-encoding", "connection", "cache-control", "x-content-type-options", "date", "server"}
EVENT, EVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"


def media_of(headers, name="content-type"):
    return headers.get(name, "").partition(";")[0].strip().lower()


# ---- of an answer

def header_faults(response, answer):
    described = {name.lower(): header for name, header in response.get("headers", {}).items()}
    for name, header in described.items():
        if name in answer.headers:
            value = answer.headers[name]
            if header["schema"]["type"] == "integer":
                value = int(value) if value.isdigit() else value
            yield from (f"header {name} {fault}" for fault in schemas.faults(header["schema"], value))
        elif header.get("required"):
            yield f"no header {name}"
    for name in answer.headers:
        if name not in described and name not in ALWAYS:
            yield f"header {name} is not documented"


def body_faults(response, answer):
    content = response.get("content")
    if not content:
        return ["a body where none is documented"] if answer.body else []
    media = media_of(answer.headers)
    if media not in content:
        return [f"{media} is not among the media types of {answer.status}"]
    described = content[media]
    if media in BYTES:
        return []
    try:
        if media.endswith("json") and "ndjson" not in media:
            return schemas.faults(described["schema"], answer.json)
        text = answer.body.decode()
        found = schemas.faults(described["schema"], text)
        return found or line_faults(described.get("x-lines"), text)
    except ValueError as error:
        return [f"unreadable {media}: {error}"]


def line_faults(described, text):
    if described is None:
        return []
    lines = [json.loads(line) for line in text.split("\n") if line]
    last = [lines.pop()] if "last" in described and lines else []
    found = schemas.faults({"type": "array", "items": described["schema"]}, lines)
    return found + [fault for line in last for fault in schemas.faults(described["last"], line)]


# ---- of a request that was accepted

def parameter_faults(operation, headers, target):
    described = {(one["in"], one["name"].lower()): one["schema"] for one in operation.get("parameters", ())}
    for name, value in headers.items():
        if ("header", name.lower()) in described:
            yield from (f"header {name} was accepted {one}" for one in schemas.faults(described["header", name.lower()], value))
    if operation.get("x-open-query"):
        return
    for name, value in urllib.parse.parse_qsl(target.partition("?")[2], keep_blank_values=True):
        schema = described.get(("query", name))
        if schema is None:
            yield f"query parameter {name} was accepted and is not documented"
            continue
        if schema.get("type") == "array":
            schema = schema["items"]
        if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
            value = int(value)
        yield from (f"query parameter {name} was accepted {fault}" for fault in schemas.faults(schema, value))


def request_faults(operation, headers, body, answer):
    described = operation.get("requestBody")
    if described is None or body is None or body in (b"", ""):
        if described is not None and described.get("required"):
            yield "accepted without its body"
        return
    media = media_of(headers, "Content-Type")
    if media not in described["content"]:
        yield f"a body of {media} was accepted and is not documented"
        return
    content = described["content"][media]
    raw = body.encode() if isinstance(body, str) else body
    if "x-lines" in content:
        posted = [_json_or_none(line) for line in raw.split(b"\n") if line.strip()]
        yield from _items_faults(content["x-lines"]["schema"], posted, answer)
    elif media.endswith("json"):
        yield from _json_faults(operation, media, content["schema"], json.loads(raw), answer)


def _json_faults(operation, media, schema, posted, answer):
    if media == EVENTS:
        yield from _items_faults(schema["items"], [_event(one) for one in posted], answer)
    elif isinstance(posted, list) and operation["operationId"] == "postChanges":
        yield from _items_faults(schema["anyOf"][1]["items"], posted, answer)
    else:
        yield from (f"accepted, {fault}" for fault in schemas.faults(schema, _event(posted) if media == EVENT else posted))


def _items_faults(schema, posted, answer):
    """Of a batch, what was refused need not be as documented."""
    if "ndjson" in media_of(answer.headers):
        results = answer.lines
    else:
        results = answer.json.get("results", []) if media_of(answer.headers) == "application/json" else []
    results = results or [{}] * len(posted)
    accepted = [one for one, result in zip(posted, results) if result.get("status") != "refused"]
    yield from (f"accepted, {fault}" for fault in schemas.faults({"type": "array", "items": schema}, accepted))


def _event(posted):
    """A CloudEvent in the one form that the document has: without what is null, its data as JSON."""
    if not isinstance(posted, dict):
        return posted
    event = {name: value for name, value in posted.items() if value is not None}
    if "data_base64" in event:
        event["data"] = _json_or_none(base64.b64decode(event.pop("data_base64")))
    return event


def _json_or_none(text):
    try:
        return json.loads(text)
    except ValueError:
        return None
