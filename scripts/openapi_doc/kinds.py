"""From the tables of kinds (`x-kinds`) and of evidence (`x-evidence`): what may be posted of each, and what stands in its entry.

A row of a table is `name: shape`; `name!` is required. A shape is a name of SHAPES, a list of words, or a schema."""

import copy

REF = "#/components/schemas/"
SHAPES = {"id": "Id", "line": "Line", "text": "Text", "seq": "Seq", "count": "Count", "ids": "Ids", "words": "Words", "time": "Time",
          "digest": "Hash", "numbers": "Phones", "claimed": "Claimed", "settings": "Settings", "prose": "Prose", "message": "MessageText",
          "date": "Date", "sha256": "Hash", "file": "File", "party": "Party",
          "trace": "Traceparent"}
STORED = {"text": "Commitment", "time": "Timestamp", "numbers": "E164s"}
ENTRY_OPTIONAL = {"occurred_at": "Timestamp", "actor": "Actor", "source": "Source", "channel": "Id", "to": "OwnNumber",
                  "evidence": "StoredEvidence", "state": "StateAfter", "policy": "PolicyRef", "request": "RequestTag"}
ABOUT_CONTACTS = {"claimed": "claimed", "suspected": "ids", "text_withheld": "flag"}


def ref(name):
    return {"$ref": REF + name}


def pascal(name):
    return "".join(part.capitalize() for part in name.replace("_", ".").split("."))


def _shape(shape, names):
    if isinstance(shape, list):
        return {"type": "string", "enum": shape}
    if isinstance(shape, dict):
        return copy.deepcopy(shape)
    if shape == "flag":
        return {"type": "boolean"}
    return ref(names.get(shape) or SHAPES[shape])


def _members(rows):
    """name, required, shape."""
    return [(name.rstrip("!"), name.endswith("!"), shape) for name, shape in rows.items()]


def _object(properties, required, description=None):
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        schema["required"] = required
    if description:
        schema["description"] = description
    return schema


def posted_data(kind, without=None):
    """`data` as it is posted. Of an opt-out or a block every text is taken: what cannot stand in the entry is withheld."""
    properties, required = {}, []
    for name, needed, shape in _members(kind.get("data", {})):
        if name == without:
            continue
        loose = kind.get("protective") and not needed and isinstance(shape, str)
        properties[name] = {"type": "string"} if loose else _shape(shape, {})
        if needed:
            required.append(name)
    return _object(properties, required)


def stored_data(kind):
    """`data` as an entry has it: free texts and, in an opt-out, texts that carried the number, are commitments."""
    rows = {**kind.get("data", {}), **kind.get("by-server", {})}
    rows["traceparent"] = "trace"
    if kind["about"] == "contact":
        rows.update(ABOUT_CONTACTS)
    properties, required = {}, []
    for name, needed, shape in _members(rows):
        schema = _shape(shape, STORED)
        if kind.get("protective") and shape in ("id", "line"):
            schema = {"oneOf": [schema, ref("Commitment")]}
        properties[name] = schema
        if needed:
            required.append(name)
    return _object(properties, required)


def _having(*names):
    return {"required": list(names)}


def change(name, kind):
    loose = bool(kind.get("protective"))
    properties = {"kind": {"type": "string", "const": name}}
    if kind["about"] in ("contact", "contact or account"):
        properties["phone"] = ref("Phone")
        properties["contact"] = ref("Hash")
    properties["occurred_at"] = ref("Time")
    properties["actor"] = ref("ActorOfOptOut" if loose else "Actor")
    properties["source"] = ref("PostedSourceOfOptOut" if loose else "PostedSource")
    properties["channel"] = {"type": "string"} if loose else ref("Id")
    properties["to"] = {"type": "string"} if loose else ref("PostedOwnNumber")
    properties["data"] = posted_data(kind)
    if "phone" in properties:
        properties["evidence"] = {"type": "array", "items": {}} if loose else ref("EvidenceItems")
    if kind["about"] == "contact":
        properties["claimed"] = ref("Claimed")
    properties["correlation_id"] = ref("CorrelationId")
    needs_data = any(needed for _, needed, _ in _members(kind.get("data", {})))
    schema = _object(properties, ["kind"] + (["data"] if needs_data else []), kind["does"])
    if kind["about"] == "contact":
        schema.update({"if": _having("contact"), "then": {"not": _having("phone")}, "else": _having("phone")})
    elif "phone" in properties:
        schema["not"] = _having("phone", "contact")
    return schema


def entry(name, kind):
    properties = {"v": {"type": "integer", "const": 1}, "seq": ref("Seq"), "prev": ref("Hash"), "recorded_at": ref("Timestamp"),
                  "kind": {"type": "string", "const": name}, "data": stored_data(kind)}
    required = list(properties)
    if kind["about"] != "ledger":
        properties.update({"account": ref("Account"), "account_seq": ref("Position")})
    if kind["about"] not in ("ledger", "ledger or account"):
        required += ["account", "account_seq"]
    if kind["about"] in ("contact", "contact or account"):
        properties.update({"contact": ref("Hash"), "contact_seq": ref("Position"), "contact_prev": ref("Seq")})
    if kind["about"] == "contact":
        required += ["contact", "contact_seq", "state"]
    for member, schema in ENTRY_OPTIONAL.items():
        properties[member] = ref(schema)
    return _object(properties, required, kind["does"])


def evidence(name, rows, common):
    properties, required = {"kind": {"type": "string", "const": name}, "occurred_at": ref("Time"), "scope": ref("Scope"), "for": ref("Seq"),
                            "held_by": ref("Id")}, ["kind"]
    for member, _, shape in _members({**rows, **common}):
        properties[member] = _shape(shape, {})
    return _object(properties, required)


def _choice(names, by):
    mapping = {name: REF + schema for name, schema in names.items()}
    return {"oneOf": [{"$ref": one} for one in mapping.values()], "discriminator": {"propertyName": by, "mapping": mapping}}


def add_components(document):
    schemas = document["components"]["schemas"]
    kinds, table = document.pop("x-kinds"), document.pop("x-evidence")
    changes, entries, items = {}, {}, {}
    for name, kind in kinds.items():
        entries[name] = "Entry" + pascal(name)
        schemas[entries[name]] = entry(name, kind)
        if kind["who"] != "program":
            changes[name] = "Change" + pascal(name)
            schemas[changes[name]] = change(name, kind)
        if "setting" in kind:
            schemas[kind["setting"]["name"]] = posted_data(kind, kind["setting"].get("without"))
    for name, rows in table["kinds"].items():
        items[name] = "Evidence" + pascal(name)
        schemas[items[name]] = evidence(name, rows, table["common"])
    schemas["Change"] = _choice(changes, "kind")
    schemas["Entry"] = {**_choice(entries, "kind"), "description": "One line of the log. The bytes are the record: verify them as they came."}
    schemas["EvidenceItem"] = _choice(items, "kind")
    schemas["Kind"] = {"type": "string", "enum": list(kinds), "description": "What an entry says. Kinds are added, never changed."}
