"""From the catalogue of problems: a schema and an example for each, and the answers of each operation that may give them."""

EVERY = ("malformed", "too_large", "header_too_large", "internal")
WITH_TOKEN = ("unauthorized", "abnormal_usage_detected", "not_ready")
EVERY_ROLE = {"writer", "sender", "auditor", "admin"}
WITH_RATE = ("quota_exceeded",)
ADMIN_SOCKET = ("forbidden", "not_ready")
IN_AN_ACCOUNT = ("not_found",)
WITH_BODY = ("unsupported_media_type", "invalid", "busy")
HEADERS = {401: ("WWW-Authenticate", "WwwAuthenticate"), 403: ("WWW-Authenticate", "InsufficientScope"), 405: ("Allow", "Allow"), 429: ("Retry-After", "RetryAfter"),
           503: ("Retry-After", "RetryAfter")}


RATE = {"RateLimit-Policy": {"$ref": "#/components/headers/RateLimitPolicy"}, "RateLimit": {"$ref": "#/components/headers/RateLimit"}}


def schema_name(slug):
    return "Problem" + "".join(part.capitalize() for part in slug.split("_"))


def add_components(document):
    """Schemas and examples of the catalogue `x-problems`, and `Problem`, which any of them is."""
    catalogue = document["x-problems"]
    schemas = document["components"]["schemas"]
    examples = document["components"].setdefault("examples", {})
    for slug, problem in catalogue.items():
        schemas[schema_name(slug)] = _schema(slug, problem)
        examples["problem_" + slug] = {"summary": problem["title"], "value": _example(slug, problem)}
    schemas["Problem"] = {"description": "Any problem (RFC 9457). `code` tells which, and decides the other members.",
                          **_one_of(list(catalogue))}
    # What a path answers to a method that is not written: no operation can say it.
    document["components"]["responses"] = {"method_not_allowed": _response(document, 405, ["method_not_allowed"])}


def _schema(slug, problem):
    required = ["type", "title", "status", "code"] + (["errors"] if slug == "invalid" else [])
    properties = {
        "type": {"type": "string", "format": "uri-reference", "const": "/problems/" + slug},
        "title": {"type": "string", "const": problem["title"]},
        "status": {"type": "integer", "const": problem["status"]},
        "code": {"type": "string", "const": slug},
        "detail": {"type": "string", "description": "A sentence for a person. It repeats nothing that was sent."},
        "errors": {"$ref": "#/components/schemas/ProblemErrors"},
    }
    properties.update(problem.get("members", {}))
    return {"type": "object", "description": problem["means"], "required": required, "properties": properties,
            "additionalProperties": False}


def _example(slug, problem):
    value = {"type": "/problems/" + slug, "title": problem["title"], "status": problem["status"], "code": slug}
    value.update(problem["example"])
    return value


def _one_of(slugs):
    if len(slugs) == 1:
        return {"$ref": "#/components/schemas/" + schema_name(slugs[0])}
    names = {slug: "#/components/schemas/" + schema_name(slug) for slug in slugs}
    return {"oneOf": [{"$ref": ref} for ref in names.values()], "discriminator": {"propertyName": "code", "mapping": names}}


def add_responses(document, path, operation):
    """Replaces the operation's `x-problems` by answers: those it names and those that its access and its body bring."""
    slugs = set(operation.pop("x-problems", ())) | set(EVERY)
    access = operation["x-access"]
    if "admin-socket" in access:
        slugs.update(ADMIN_SOCKET)  # refused before a token is looked at; over the socket there is none
    elif "roles" in access:
        slugs.update(WITH_TOKEN)
        if "{account}" in path or "all-accounts" in access or set(access["roles"]) != EVERY_ROLE:
            slugs.add("forbidden")
        slugs.update(WITH_RATE if access.get("over-rate") != "taken" else ())
    if "{account}" in path:
        slugs.update(IN_AN_ACCOUNT)
    if "requestBody" in operation:
        slugs.update(WITH_BODY)
    by_status = {}
    for slug, problem in document["x-problems"].items():
        if slug in slugs:
            by_status.setdefault(problem["status"], []).append(slug)
    unknown = slugs - set(document["x-problems"])
    if unknown:
        raise KeyError("no such problem in problems.yaml: " + ", ".join(sorted(unknown)))
    for status, group in sorted(by_status.items()):
        _place(document, operation["responses"], str(status), group)


def _place(document, responses, status, group):
    """An answer that has something else beside the problem keeps it; the others are shared."""
    common = _response(document, int(status), group)
    if status in responses:
        own = responses[status]
        responses[status] = {"description": common["description"] + " " + own["description"],
                             "headers": {**common["headers"], **own.get("headers", {})},
                             "content": {**common["content"], **own.get("content", {})}}
        return
    name = "-or-".join(sorted(group))
    document["components"]["responses"].setdefault(name, common)
    responses[status] = {"$ref": "#/components/responses/" + name}


def _response(document, status, slugs):
    headers = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}, **RATE}
    if status in HEADERS:
        name, component = HEADERS[status]
        headers[name] = {"$ref": "#/components/headers/" + component}
    if "idempotency_required" in slugs:
        headers["Link"] = {"$ref": "#/components/headers/DescribedBy"}
    return {
        "description": "; or: ".join(document["x-problems"][slug]["title"] for slug in slugs) + ".",
        "headers": headers,
        "content": {"application/problem+json": {
            "schema": _one_of(slugs),
            "examples": {slug: {"$ref": "#/components/examples/problem_" + slug} for slug in slugs}}},
    }
