"""What the document must be beyond what the reader of it refuses: complete, strict, and with examples that hold."""

import json
import re

from openapi_doc import schemas
from openapi_doc.join import METHODS, operations

TOP = {"openapi", "info", "servers", "security", "tags", "paths", "components", "x-problems"}
BYTES = ("application/octet-stream", "application/zip")
ACCESS = {"public", "signature", "roles", "all-accounts", "admin-socket", "over-rate"}
ROLES = {"writer", "sender", "auditor", "admin"}


def findings(document):
    """Each as one line that says where."""
    out = [f"{name}: no member of the document" for name in sorted(set(document) - TOP)]
    resolver = schemas.Resolver(document)
    try:
        whole = resolver.resolve({"paths": document["paths"], "components": document["components"]})
    except schemas.BadReference as error:
        return out + [f"$ref {error}"]
    out += _unused(document)
    for name, schema in document["components"]["schemas"].items():
        out += [f"components/schemas/{name}{fault}" for fault in _schema_faults(schema, "")]
    for path, method, operation in operations(document):
        out += [f"{method.upper()} {path}: {fault}" for schema in _inline(operation) for fault in _schema_faults(schema, "")]
    if any("no JSON Schema" in one for one in out):
        return out  # nothing can be held against them
    return out + _operation_findings(document, whole)


def _inline(operation):
    """The schemas that stand in the operation itself."""
    yield from (parameter["schema"] for parameter in operation.get("parameters", ()) if "schema" in parameter)
    for part in [operation.get("requestBody", {}), *operation["responses"].values()]:
        yield from (body["schema"] for body in part.get("content", {}).values() if "schema" in body)


def _operation_findings(document, whole):
    out, ids = [], set()
    tags = {tag["name"] for tag in document["tags"]}
    for path, method, operation in operations(whole):
        where = f"{method.upper()} {path}"
        name = operation.get("operationId", "")
        if not re.fullmatch(r"[a-z][A-Za-z]+", name) or name in ids:
            out.append(f"{where}: operationId must be a word of its own, not {name!r}")
        ids.add(name)
        if not operation.get("summary") or not operation.get("tags") or set(operation["tags"]) - tags:
            out.append(f"{where}: a summary and one of the document's tags are required")
        out += [f"{where}: {fault}" for fault in [*_access(operation), *_parameters(path, operation), *_bodies(operation)]]
    for path, item in whole["paths"].items():
        out += [f"{path}: {name} is not written here" for name in item if name not in METHODS]
    return out


def _access(operation):
    access = operation["x-access"]
    if set(access) - ACCESS or sum(way in access for way in ("public", "signature", "roles")) != 1:
        yield "x-access is one of {public: true}, {signature: true}, {roles: […]}, with all-accounts, admin-socket, over-rate"
    if not set(access.get("roles", ["admin"])) <= ROLES or not access.get("roles", ["admin"]):
        yield "x-access: roles are writer, sender, auditor, admin"
    if ("requestBody" in operation) != ("x-body-limit" in operation):
        yield "requestBody and x-body-limit go together"


def _parameters(path, operation):
    declared = {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "path"}
    if declared != set(re.findall(r"{(\w+)}", path)):
        yield "the path's variables and its path parameters differ"
    for parameter in operation.get("parameters", ()):
        if not parameter.get("description") or "schema" not in parameter:
            yield f"parameter {parameter['name']}: description and schema are required"
        elif "example" in parameter:
            yield from (f"parameter {parameter['name']}: its example {one}" for one in schemas.faults(parameter["schema"], parameter["example"]))


def _bodies(operation):
    if "requestBody" in operation:
        yield from _content("the request", operation["requestBody"].get("content", {}))
    if not any(status.startswith("2") for status in operation["responses"]):
        yield "no answer of success"
    for status, response in operation["responses"].items():
        if not response.get("description"):
            yield f"{status}: no description"
        content = response.get("content", {})
        if status >= "400" and "application/problem+json" not in content:
            yield f"{status}: must be a problem"
        if status < "300" and not content:
            yield f"{status}: no content"
        yield from _content(status, content)


def _content(where, content):
    for media, body in content.items():
        if media in BYTES:
            continue
        if "schema" not in body:
            yield f"{where}, {media}: no schema"
            continue
        examples = [one["value"] for one in body.get("examples", {}).values()] + ([body["example"]] if "example" in body else [])
        if not examples:
            yield f"{where}, {media}: no example"
        for example in examples:
            yield from (f"{where}, {media}: its example, {one}" for one in example_faults(body, example))


def example_faults(body, example):
    """Of a text that is a value a line, each line."""
    found = schemas.faults(body["schema"], example)
    if "x-lines" in body and not found:
        lines = [json.loads(line) for line in example.splitlines()]
        last = [lines.pop()] if "last" in body["x-lines"] and lines else []
        for line in lines:
            found += schemas.faults(body["x-lines"]["schema"], line)
        for line in last:
            found += schemas.faults(body["x-lines"]["last"], line)
    return found


def _schema_faults(schema, place):
    """Objects say whether they may have more members; what is required is described; nothing is deeper than a reader follows."""
    fault = schemas.check(schema) if not place else None
    if fault:
        yield f"{place}: {fault}"
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and "additionalProperties" not in schema:
        yield f"{place}: an object says whether it has additionalProperties"
    if "properties" in schema and set(schema.get("required", ())) - set(schema["properties"]):
        yield f"{place}: required members that are not described"
    for name, inner in schema.get("properties", {}).items():
        yield from _schema_faults(inner, f"{place}/{name}")
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield from _schema_faults(schema[name], f"{place}/{name}")
    for name in ("oneOf", "anyOf", "allOf"):
        for number, inner in enumerate(schema.get(name, ())):
            yield from _schema_faults(inner, f"{place}/{name}/{number}")


def _unused(document):
    used = set()
    seen = ["#/components/responses/method_not_allowed"] + list(_references(document["paths"])) + list(_references(document.get("security", [])))
    while seen:
        ref = seen.pop()
        if ref not in used:
            used.add(ref)
            seen += _references(schemas.Resolver(document).target(ref))
    for group, items in document["components"].items():
        for name in items:
            if group != "securitySchemes" and f"#/components/{group}/{name}" not in used:
                yield f"components/{group}/{name}: nothing refers to it"


def _references(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref" and isinstance(value, str):
                yield value
            elif name not in ("example", "value"):
                yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)
