"""The whole document: sources, tables expanded, and what every operation has in common."""

import re

from openapi_doc import kinds, problems, reports, sources

ORDER = ("openapi", "info", "servers", "security", "tags", "paths", "components")
METHODS = ("get", "put", "post", "delete", "patch")


def document(folder):
    """OpenAPI 3.1, as it is served."""
    joined = sources.read(folder)
    kinds.add_components(joined)
    reports.add_paths(joined)
    problems.add_components(joined)
    for path, method, operation in operations(joined):
        try:
            _complete(joined, path, operation)
        except KeyError as error:
            raise sources.SourceError(f"{method.upper()} {path}: {error}") from error
    joined["paths"] = dict(sorted(joined["paths"].items()))
    for name, group in joined["components"].items():
        joined["components"][name] = dict(sorted(group.items()))
    return {name: joined[name] for name in sorted(joined, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))}


def operations(joined):
    for path, item in joined["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _complete(joined, path, operation):
    access = operation["x-access"]
    operation["security"] = [{"bearer": []}] if "roles" in access and "admin-socket" not in access else []
    given = {parameter.get("name") for parameter in operation.get("parameters", ())}
    named = [{"$ref": "#/components/parameters/" + name} for name in re.findall(r"{(\w+)}", path) if name not in given]
    if named or "parameters" in operation:
        operation["parameters"] = named + operation.get("parameters", [])
    for part in [operation.get("requestBody", {}), *operation["responses"].values()]:
        _describe_lines(part.get("content", {}))
    for response in operation["responses"].values():
        response.setdefault("headers", {})["X-Request-Id"] = {"$ref": "#/components/headers/RequestId"}
        response["headers"].update(problems.RATE if "roles" in access else {})
    problems.add_responses(joined, path, operation)
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _describe_lines(content):
    """`x-lines` in the words of JSON Schema: the lines as an array (as OpenAPI 3.2 reads such media types)."""
    for media, body in content.items():
        if "x-lines" in body:
            lines = body["x-lines"]
            items = {"anyOf": [lines["schema"], lines["last"]]} if "last" in lines else lines["schema"]
            body["schema"] = {**body["schema"], "contentMediaType": media, "contentSchema": {"type": "array", "items": items}}
