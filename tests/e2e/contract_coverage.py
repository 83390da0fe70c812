"""After the whole suite: which answers of the OpenAPI document nobody got. Run by ctest behind every end-to-end test; by itself:

    contract_coverage.py FOLDER [SUITE…]      FOLDER has what each suite saw, SUITE.tsv; exit 77: a suite was not run since the last build,
                                              so nothing can be said; exit 1: an answer is documented, and no test gets it

`internal` is the one problem that must not be seen. What a client cannot bring about at each operation has to be seen at one at least."""
import json
import pathlib
import sys

import contract

# Answered for all operations at one place (api/net/session.cpp, api/app.cpp): to be seen at some.
ANYWHERE = {"not_ready", "malformed", "too_large", "header_too_large"}
# What no client brings about while the machine is well: the unit tests named have it.
ELSEWHERE = {"busy": "tests/unit/api/stream_server_test.cpp", "writer_stopped": "tests/unit/service/stop_test.cpp",
             "clock_jump": "tests/unit/service/stop_test.cpp"}
LARGE_LOG = {"getHighTile", "getPartialHighTile", "getHighEntryBundle", "getPartialHighEntryBundle"}  # of more than 256,000 entries


def documented(document):
    """(operation, status, code or media type) of every answer."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                response = resolve(document, response)
                for media, body in response.get("content", {"": {}}).items():
                    codes = [""] if media != "application/problem+json" else problem_codes(document, body["schema"])
                    for code in codes:
                        yield operation["operationId"], status, code or media


def resolve(document, node):
    while "$ref" in node:
        target = document
        for part in node["$ref"][2:].split("/"):
            target = target[part]
        node = target
    return node


def problem_codes(document, schema):
    if "oneOf" in schema:
        return list(schema["discriminator"]["mapping"])
    return [resolve(document, schema)["properties"]["code"]["const"]]


def _excused(operation, status, what):
    return (what in ANYWHERE | {"internal"} | set(ELSEWHERE) or operation in LARGE_LOG and status == "200"
            or (operation, what) == ("getRoot", "text/plain"))  # a program that was built without its page


def missing(document, seen):
    rows = sorted(set(documented(document)))
    known = set(document["x-problems"])
    yield from (f"{code}: seen, and must not be" for _, _, code in seen if code == "internal")
    for code in sorted(known - {"internal"} - set(ELSEWHERE)):
        if not any(what == code for _, _, what in seen):
            yield f"{code}: a problem of the catalogue that no test gets"
    for operation, status, what in rows:
        if not _excused(operation, status, what) and (operation, status, what) not in seen:
            yield f"{operation}: {status} {what or 'without a body'}: documented, and no test gets it"


def main(folder, suites):
    folder, seen = pathlib.Path(folder), set()
    for suite in suites:
        file = folder / (suite + ".tsv")
        if not file.exists() or file.stat().st_mtime < contract.DOCUMENT.stat().st_mtime:
            print(f"{suite} was not run since the document was made: nothing can be said")
            return 77
    for file in folder.glob("*.tsv"):
        seen |= {tuple(line.split("\t")) for line in file.read_text(encoding="utf-8").splitlines()}
    document = json.loads(contract.DOCUMENT.read_text(encoding="utf-8"))
    faults = list(missing(document, seen))
    print("\n".join(faults) or f"{len(set(documented(document)))} documented answers, {len(seen)} seen: none is missing")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
