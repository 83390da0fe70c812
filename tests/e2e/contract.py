"""The OpenAPI document, held against what really goes over the wire: every answer, and every request that was accepted.

The harness asks `check` for each exchange of its clients. What the document does not say is a fault of the test that met it."""
import json
import os
import pathlib
import re
import sys
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))

from openapi_doc import schemas  # noqa: E402
from openapi_doc.join import METHODS  # noqa: E402
from openapi_doc.lint import BYTES  # noqa: E402

DOCUMENT = pathlib.Path(os.environ.get("CL_BINARY_DIR", SOURCE / "build" / "release")) / "openapi.json"
# Of HTTP itself, or on every answer alike.
ALWAYS = {"content-length", "content-type", "transfer-encoding", "connection", "cache-control", "x-content-type-options", "date", "server"}
BEFORE_ROUTING = {"malformed", "too_large", "header_too_large"}


class Violation(AssertionError):
    pass


class Contract:
    def __init__(self, document):
        whole = schemas.Resolver(document).resolve({"paths": document["paths"], "components": document["components"]})
        self.components = whole["components"]
        self.paths = []
        for path, item in whole["paths"].items():
            regex = re.sub(r"\\{(\w+)\\}", "([^/]+)", re.escape(path))
            self.paths.append((path, re.compile(regex), {method.upper(): item[method] for method in METHODS if method in item}))
        # What is spelled out goes before what is a variable, and what is a part of a segment before the whole of it.
        self.paths.sort(key=lambda one: (one[0].count("{"), -len(one[0])))

    def operation(self, method, target):
        """path of the document, its operations, the one that was asked."""
        path = urllib.parse.unquote(target.partition("?")[0])
        method = "GET" if method == "HEAD" else method
        for name, regex, operations in self.paths:
            if regex.fullmatch(path):
                return name, operations, operations.get(method)
        return None, {}, None

    def faults(self, method, target, headers, body, answer):
        """What the document does not say of an exchange, as texts."""
        path, operations, operation = self.operation(method, target)
        if operation is None:
            # Of a route that is several paths here, another of them may have the method.
            shared = any("x-route" in one for one in operations.values())
            codes = {"method_not_allowed"} if operations and not shared else {"not_found", "method_not_allowed"} if shared else {"not_found"}
            return self._problem_outside(answer, codes)
        response = operation["responses"].get(str(answer.status))
        if response is None:
            return [f"status {answer.status} is not among the answers of {operation['operationId']}: "
                    f"add it below `{path}` in docs/openapi (docs/openapi/README.md)"]
        out = list(_header_faults(response, answer))
        if method != "HEAD":
            out += _body_faults(response, answer)
        if 200 <= answer.status < 300 and not out:
            out += list(_query_faults(operation, target)) + list(_request_faults(operation, headers, body, answer))
        return out

    def _problem_outside(self, answer, codes):
        if answer.status < 400:
            return [f"{answer.status} at a path that docs/openapi does not have: document the route (docs/openapi/README.md)"]
        if _media(answer) != "application/problem+json":
            return [f"{_media(answer)} where a problem belongs"]
        if not answer.body:
            return []  # to a HEAD
        found = schemas.faults(self.components["schemas"]["Problem"], answer.json)
        if not found and answer.json["code"] not in BEFORE_ROUTING | codes:
            found = [f"{answer.json['code']} where {' or '.join(sorted(codes))} belongs"]
        if not found and answer.status == 405 and "allow" not in answer.headers:
            found = ["no header allow"]
        return found


def _media(answer):
    return answer.headers.get("content-type", "").partition(";")[0].strip()


def _header_faults(response, answer):
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


def _body_faults(response, answer):
    content = response.get("content")
    if not content:
        return ["a body where none is documented"] if answer.body else []
    media = _media(answer)
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
        return found or _line_faults(described.get("x-lines"), text)
    except ValueError as error:
        return [f"unreadable {media}: {error}"]


def _line_faults(described, text):
    if described is None:
        return []
    lines = [json.loads(line) for line in text.split("\n") if line]
    last = [lines.pop()] if "last" in described and lines else []
    found = schemas.faults({"type": "array", "items": described["schema"]}, lines)
    return found + [fault for line in last for fault in schemas.faults(described["last"], line)]


def _query_faults(operation, target):
    if operation.get("x-open-query"):
        return
    described = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    for name, value in urllib.parse.parse_qsl(target.partition("?")[2], keep_blank_values=True):
        if name not in described:
            yield f"query parameter {name} was accepted and is not documented"
            continue
        schema = described[name]
        if schema.get("type") == "array":
            schema = schema["items"]
        if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
            value = int(value)
        yield from (f"query parameter {name} was accepted {fault}" for fault in schemas.faults(schema, value))


def _request_faults(operation, headers, body, answer):
    described = operation.get("requestBody")
    if described is None or body is None or body in (b"", ""):
        if described is not None and described.get("required"):
            yield "accepted without its body"
        return
    media = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media not in described["content"]:
        yield f"a body of {media} was accepted and is not documented"
        return
    content = described["content"][media]
    text = body if isinstance(body, str) else body.decode()
    if "x-lines" in content:
        posted = [json.loads(line) if _is_json(line) else None for line in text.split("\n") if line.strip()]
        results = answer.lines if "ndjson" in _media(answer) else [{}] * len(posted)
        schema = content["x-lines"]["schema"]
    elif media == "application/json":
        posted = json.loads(text)
        results = answer.json.get("results", []) if answer.body and _media(answer) == "application/json" else []
        schema = content["schema"]
        if isinstance(posted, list) and results and operation["operationId"] == "postChanges":
            schema = content["schema"]["anyOf"][1]["items"]
        else:
            yield from (f"accepted, {fault}" for fault in schemas.faults(schema, posted))
            return
    else:
        return
    # Of a batch, what was refused need not be as documented.
    accepted = [one for one, result in zip(posted, results) if result.get("status") != "refused"]
    yield from (f"accepted, {fault}" for fault in schemas.faults({"type": "array", "items": schema}, accepted))


def _is_json(line):
    try:
        json.loads(line)
        return True
    except ValueError:
        return False


_contract = None
violations = []


def the_contract():
    global _contract
    if _contract is None:
        _contract = Contract(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    return _contract


def problem_faults(answer):
    """Of an answer to what was no request: no operation says it, but it is a problem of the catalogue."""
    found = schemas.faults(the_contract().components["schemas"]["Problem"], answer.json)
    return found or ([] if answer.json["status"] == answer.status else ["another status than the answer's"])


def check(method, target, headers, body, answer):
    """Raises Violation, and keeps it for the end of the class: a thread's own is otherwise lost."""
    found = the_contract().faults(method, target, headers, body, answer)
    if found:
        text = f"{method} {target.partition('?')[0]} -> {answer.status}: " + "; ".join(found)
        violations.append(text)
        raise Violation(text)
