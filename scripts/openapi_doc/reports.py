"""From the table of reports (`x-reports`): a path for each, with its own filters and its own rows."""

from openapi_doc.kinds import pascal, ref

CELLS = {"text": {"type": "string"}, "int": {"type": "integer"}, "flag": {"type": "boolean"}, "seq": ref("Seq"), "hash": ref("Hash"),
         "time": ref("Timestamp")}

OTHER_KINDS = ("findings", "opt-out-timeliness")  # whose `kind` is not of entries alone


def add_paths(document):
    table = document.pop("x-reports")
    for name, report in table["reports"].items():
        schema = "Report" + pascal(name.replace("-", "."))
        document["components"]["schemas"][schema] = _document(name, report)
        path = table["path"].replace("{name}", name)
        method = "post" if "body" in report else "get"
        document["paths"][path] = {method: _operation(name, report, schema, table)}


def _rows(columns, description=None):
    properties = {column.rstrip("!"): CELLS[cell] for column, cell in columns.items()}
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    required = [column.rstrip("!") for column in columns if column.endswith("!")]
    if required:
        schema["required"] = required
    if description:
        schema["description"] = description
    return schema


def _document(name, report):
    head = {"name": {"type": "string", "const": name}, "title": {"type": "string", "const": report["title"]}, "account": ref("Account"),
            "ledger": {"type": "string"}, "program": {"type": "string"}, "generated_at": ref("Timestamp"),
            "filters": ref("ReportFacts"), "as_of": ref("AsOf"),
            "columns": {"type": "array", "items": {"type": "string", "enum": [c.rstrip("!") for c in report["columns"]]}}}
    required = list(head)
    if report.get("about"):
        head["about"] = ref("ReportFacts")
        required.append("about")
    sums = {key: {"type": "array", "items": _rows(columns)} for key, columns in report.get("summary", {}).items()}
    properties = {
        "report": {"type": "object", "additionalProperties": False, "properties": head, "required": required},
        "data": {"type": "array", "items": _rows(report["columns"])},
        "summary": {"type": "object", "additionalProperties": False, "properties": sums, **({"required": list(sums)} if sums else {})},
        "rows": ref("Count"), "as_of": ref("AsOf")}
    return {"type": "object", "description": report["row"], "additionalProperties": False, "required": list(properties),
            "properties": properties}


def _operation(name, report, schema, table):
    content = {"application/json": {"schema": ref(schema), "example": report["example"]},
               "text/csv": {"schema": {"type": "string"}, "example": report["csv"]},
               "text/html": {"schema": {"type": "string"}, "example": "<!doctype html>…"}}
    if report.get("shapes"):
        content["application/x-ndjson"] = {"schema": {"type": "string"}, "x-lines": {"schema": ref("ProviderOptOut")},
                                           "example": report["shapes"]}
    names = ["format", "profile", "personal", *report.get("filters", [])]
    kind = f"kind-{name}" if name in OTHER_KINDS else "kind"
    parameters = [{"$ref": "#/components/parameters/report-" + (kind if one == "kind" else one)} for one in names if one != "status"]
    if "status" in names:
        parameters.append({"name": "status", "in": "query", "description": "Only rows of this status.", "schema": {
            "type": "string", "enum": report["statuses"], "default": report["statuses"][0]}})
    if name == "contact-dossier":
        parameters = [{"$ref": p["$ref"] + "-required"} if p.get("$ref", "").endswith("-contact") else p for p in parameters]
    operation = {
        "operationId": "report" + pascal(name.replace("-", ".")), "tags": ["Reports"], "summary": report["title"],
        "description": report["row"], "x-access": dict(table["access"]),
        "x-problems": ["not_found", "invalid", "busy"], "parameters": parameters,
        "responses": {"200": {"description": "The document, sent while it is made.", "content": content, "headers": {
            "Content-Disposition": {"$ref": "#/components/headers/ContentDisposition"},
            "Content-Security-Policy": {"$ref": "#/components/headers/ContentSecurityPolicy"}}}}}
    if "body" in report:
        lines = {"schema": {"type": "string"}, "x-lines": {"schema": ref(report["body"]["line"])}, "example": report["body"]["example"]}
        operation["requestBody"] = {"required": False, "description": "Nothing: nothing was sent.", "content": {"application/x-ndjson": lines, "application/jsonl": dict(lines)}}
        operation["x-body-limit"] = report["body"]["limit"]
    else:
        operation["x-route"] = table["path"]
    return operation
