"""docs/openapi joins to a document that is complete, strict, and whose examples hold (scripts/openapi --check)."""

from checks.tree import Finding

RULE = "openapi"
FOLDER = "docs/openapi"


def check(tree, _policy):
    if not any(path.startswith(FOLDER + "/") for path in tree.files):
        return []
    # Needs PyYAML and jsonschema, which the other rules do not.
    from openapi_doc import join, lint, sources
    try:
        found = lint.findings(join.document(tree.root / FOLDER))
    except sources.SourceError as error:
        found = [str(error)]
    return [Finding(FOLDER, 1, RULE, one) for one in found]
