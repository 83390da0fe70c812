"""The OpenAPI document, held against what really goes over the wire: every answer, and every request that was accepted.

The harness asks `check` for each exchange of its clients, recorder.py for those of other programs. What the document does not say is a
fault of the test that met it. What was seen is written down for contract_coverage.py, where CL_CONTRACT_SEEN names a file."""
import atexit
import json
import os
import pathlib
import re
import urllib.parse

from contract_parts import body_faults, header_faults, media_of, parameter_faults, request_faults, schemas
from openapi_doc.join import METHODS

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = pathlib.Path(os.environ.get("CL_BINARY_DIR", SOURCE / "build" / "release")) / "openapi.json"
BEFORE_ROUTING = {"malformed", "too_large", "header_too_large"}


class Violation(AssertionError):
    pass


class Contract:
    def __init__(self, document):
        whole = schemas.Resolver(document).resolve({"paths": document["paths"], "components": document["components"]})
        self.components = whole["components"]
        self.paths, self.routes = [], set()
        for path, item in whole["paths"].items():
            operations = {method.upper(): item[method] for method in METHODS if method in item}
            self.paths.append((path, _regex(path), operations))
            self.routes |= {_regex(one["x-route"]) for one in operations.values() if "x-route" in one}
        # What is spelled out goes before what is a variable, and what is a part of a segment before the whole of it.
        self.paths.sort(key=lambda one: (one[0].count("{"), -len(one[0])))

    def operation(self, method, target):
        """The path of the document, its operations, the one that was asked."""
        path = path_of(target)
        method = "GET" if method == "HEAD" else method
        for name, regex, operations in self.paths:
            if regex.fullmatch(path):
                return name, operations, operations.get(method)
        return None, {}, None

    def faults(self, method, target, headers, body, answer):
        """What the document does not say of an exchange, as texts."""
        if (method, target) == ("OPTIONS", "*"):  # of the server as a whole, which has no path (RFC 9110 9.3.7)
            return [] if answer.status == 200 and "allow" in answer.headers and not answer.body else ["not 200 with Allow alone"]
        path, operations, operation = self.operation(method, target)
        if operation is None:
            # Some routes are several paths here: a path that is none of them may still be the route's.
            at_route = any(route.fullmatch(path_of(target)) for route in self.routes)
            codes = {"method_not_allowed"} if operations else {"not_found", "method_not_allowed"} if at_route else {"not_found"}
            return self._problem_outside(answer, codes)
        response = operation["responses"].get(str(answer.status))
        if response is None:
            return [f"status {answer.status} is not among the answers of {operation['operationId']}: "
                    f"add it below `{path}` in docs/openapi (docs/openapi/README.md)"]
        out = list(header_faults(response, answer))
        if method != "HEAD":
            out += body_faults(response, answer)
        if 200 <= answer.status < 300 and not out:
            out += [*parameter_faults(operation, headers, target), *request_faults(operation, headers, body, answer)]
        return out

    def _problem_outside(self, answer, codes):
        if answer.status < 400:
            return [f"{answer.status} at a path that docs/openapi does not have: document the route (docs/openapi/README.md)"]
        if media_of(answer.headers) != "application/problem+json":
            return [f"{media_of(answer.headers)} where a problem belongs"]
        if not answer.body:
            return []  # to a HEAD
        found = schemas.faults(self.components["schemas"]["Problem"], answer.json)
        if not found and answer.json["code"] not in BEFORE_ROUTING | codes:
            found = [f"{answer.json['code']} where {' or '.join(sorted(codes))} belongs"]
        if not found and answer.status == 405 and "allow" not in answer.headers:
            found = ["no header allow"]
        return found


def path_of(target):
    """Of a request target: a path, or a whole URI (RFC 9112 3.2.2)."""
    return urllib.parse.unquote(re.sub(r"^https?://[^/?]*", "", target).partition("?")[0]) or "/"


def _regex(path):
    return re.compile(re.sub(r"\\{(\w+)\\}", "([^/]+)", re.escape(path)).replace(r"\*", ".+"))


_contract = None
violations = []
seen = set()


def the_contract():
    global _contract
    if _contract is None:
        _contract = Contract(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    return _contract


def problem_faults(answer):
    """Of an answer to what was no request: no operation says it, but it is a problem of the catalogue."""
    found = schemas.faults(the_contract().components["schemas"]["Problem"], answer.json)
    return found or ([] if answer.json["status"] == answer.status else ["another status than the answer's"])


def judge(method, target, headers, body, answer):
    """What the document does not say of an exchange, as one text; empty where it says all."""
    found = the_contract().faults(method, target, headers, body, answer)
    operation = the_contract().operation(method, target)[2]
    media = media_of(answer.headers)
    what = answer.json.get("code", "") if media == "application/problem+json" and answer.body and not found else media
    seen.add((operation["operationId"] if operation else "-", str(answer.status), what))
    return f"{method} {target.partition('?')[0]} -> {answer.status}: " + "; ".join(found) if found else ""


def check(method, target, headers, body, answer):
    """Raises Violation, and keeps it for the end of the class: a thread's own is otherwise lost."""
    if text := judge(method, target, headers, body, answer):
        violations.append(text)
        raise Violation(text)


@atexit.register
def _write_down():
    path = os.environ.get("CL_CONTRACT_SEEN")
    if path and seen:
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(path).write_text("".join("\t".join(row) + "\n" for row in sorted(seen)), encoding="utf-8")
