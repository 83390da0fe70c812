"""Reads docs/openapi/*.yaml: strict YAML, joined into one tree in which nothing is said twice."""

import json
import pathlib
import re

import yaml


MERGE = "tag:yaml.org,2002:merge"


class SourceError(Exception):
    """Says file, line and what is wrong; for a person."""


class Loader(yaml.SafeLoader):
    """YAML with the scalars of JSON: `no` is a text, 2026-11-20T10:00:00Z is one too, and a name stands once in a mapping."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode) and value.value == "" and value.style is None:
                raise SourceError(f"{key.start_mark}: nothing follows {key.value!r}: quote a text that has a comma")
            if key.tag == MERGE:
                continue
            name = self.construct_object(key, deep=True)
            if not isinstance(name, str):
                raise SourceError(f"{key.start_mark}: a name must be a text: quote {name!r}")
            if name in seen:
                raise SourceError(f"{key.start_mark}: {name!r} stands twice")
            seen.add(name)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver(MERGE, re.compile("<<$"), ["<"])
for tag, pattern, first in (("bool", r"true|false", "tf"), ("null", r"null", "n"), ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789")):
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"(?:{pattern})$"), list(first))


def read(folder):
    """The joined tree. Files may give `paths`, `components` and tables (`x-…`); openapi.yaml gives the rest as well."""
    joined = {}
    # Sorted, so that the document is the same everywhere.
    files = sorted(pathlib.Path(folder).glob("*.yaml"))
    if not files:
        raise SourceError(f"{folder}: no *.yaml there")
    for file in files:
        try:
            loader = Loader(file.read_text(encoding="utf-8"))
            loader.name = file.name
            content = loader.get_single_data()
        except yaml.YAMLError as error:
            raise SourceError(str(error)) from error
        if not isinstance(content, dict):
            raise SourceError(f"{file}: must be a mapping")
        _merge(joined, content, file.name, ())
    return json.loads(json.dumps(joined))  # what YAML's anchors share is its own from here on


def _merge(into, more, file, place):
    """Mappings down to a path's method and a component's name are joined; deeper, whoever comes second is refused."""
    for name, value in more.items():
        here = (*place, name)
        joinable = len(here) <= 2 and here[0] in ("paths", "components") or len(here) == 1 and name.startswith("x-")
        if name not in into:
            into[name] = dict(value) if joinable and isinstance(value, dict) else value
            if joinable and isinstance(value, dict):
                into[name] = {}
                _merge(into[name], value, file, here)
        elif joinable and isinstance(value, dict) and isinstance(into[name], dict):
            _merge(into[name], value, file, here)
        else:
            raise SourceError(f"{file}: {' / '.join(here)} stands in another file too")
