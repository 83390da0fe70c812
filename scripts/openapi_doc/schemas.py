"""Schemas with their references replaced, and a validator that goes straight to the alternative a discriminator names."""

import jsonschema

WITH_A_REFERENCE = {"$ref", "description", "summary", "example", "deprecated"}
SAMPLED_ABOVE = 400  # elements of an array: a longer one is looked at in as many places, the first and the last among them


class BadReference(Exception):
    pass


class Resolver:
    """Replaces references by what they point at. What is shared stays shared, so the result is no larger than the document."""

    def __init__(self, document):
        self.document, self.done, self.under_way = document, {}, set()

    def target(self, ref):
        node = self.document
        if not ref.startswith("#/"):
            raise BadReference(f"{ref}: not in this document")
        for part in ref[2:].split("/"):
            part = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or part not in node:
                raise BadReference(f"{ref}: nothing there")
            node = node[part]
        return node

    def at(self, ref):
        if ref not in self.done:
            if ref in self.under_way:
                raise BadReference(f"{ref}: leads back to itself")
            self.under_way.add(ref)
            self.done[ref] = self.resolve(self.target(ref))
            self.under_way.discard(ref)
        return self.done[ref]

    def resolve(self, node):
        if isinstance(node, list):
            return [self.resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            if set(node) - WITH_A_REFERENCE:
                raise BadReference(f"{node['$ref']}: beside a reference only its description may stand")
            return self.at(node["$ref"])
        out = {name: value if name in ("example", "value", "const", "enum") else self.resolve(value) for name, value in node.items()}
        if isinstance(node.get("discriminator"), dict) and "mapping" in node["discriminator"]:
            chosen = {name: self.at(ref) for name, ref in node["discriminator"]["mapping"].items()}
            out["discriminator"] = {"propertyName": node["discriminator"]["propertyName"], "chosen": chosen}
        return out


def _one_of(validator, alternatives, instance, schema):
    by = schema.get("discriminator")
    if not by or not isinstance(instance, dict):
        yield from jsonschema.Draft202012Validator.VALIDATORS["oneOf"](validator, alternatives, instance, schema)
        return
    named = instance.get(by["propertyName"])
    chosen = by["chosen"].get(named) if isinstance(named, str) else None
    if chosen is None:
        yield jsonschema.ValidationError(f"{by['propertyName']} {named!r} is not one of {', '.join(sorted(by['chosen']))}")
    else:
        yield from validator.descend(instance, chosen)


def _items(validator, items, instance, schema):
    if not isinstance(instance, list):
        return
    step = max(1, len(instance) // SAMPLED_ABOVE)
    for index in sorted({*range(0, len(instance), step), max(0, len(instance) - 1)} if instance else ()):
        yield from validator.descend(instance[index], items, path=index)


_Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"oneOf": _one_of, "items": _items})


def faults(schema, value, most=3):
    """What is wrong with `value`, as texts that say where."""
    found = []
    for error in _Validator(schema).iter_errors(value):
        if error.context:
            error = max(error.context, key=lambda one: len(one.absolute_path))
        place = "/" + "/".join(str(part) for part in error.absolute_path)
        found.append(f"at {place}: {error.message[:300]}")
        if len(found) == most:
            break
    return found


def check(schema):
    """What is wrong with a schema itself."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        return None
    except jsonschema.SchemaError as error:
        return f"no JSON Schema: {error.message[:200]}"
