"""Values made from a JSON Schema, valid ones and spoiled ones, and texts made from a regular expression. Seeded: the same seed, the same values."""
import copy
import json
import re._constants as sre
import re._parser as parser
import string

PRINTABLE = string.ascii_letters + string.digits + " .,:;_-+*/=()&%$#@!?'\""
STRANGE = ["é", "ß", "你", "😀", "\u200b", "\u202e", "\uffff", "\\", "\"", "\n", "\t", "\x7f", "<b>", "%s", "${x}", "'; --"]
TIMES = ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00.5+05:30", "2025-01-31T23:59:59.123456789-11:00", "2016-12-31T23:59:60Z",
         "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2024-02-29t00:00:00z"]
MORE = 3  # of what may repeat without end


class Maker:
    def __init__(self, random, pools=None, always=None):
        """By name of a member: `pools`, values that exist, one of which is taken often; `always`, the value that is taken."""
        self.random, self.pools, self.always = random, pools or {}, always or {}

    # ---- texts

    def text(self, schema):
        if "pattern" in schema:
            made = self.regex(schema["pattern"])
            return made if len(made) >= schema.get("minLength", 0) else made * schema["minLength"]
        if schema.get("format") == "date-time":
            return self.random.choice(TIMES)
        if schema.get("format") == "date":
            return self.random.choice(["2026-11-20", "2024-02-29"])
        least = schema.get("minLength", 0)
        length = max(least, self.random.choice([0, 1, 3, 12, min(300, schema.get("maxLength", 300))]))
        made = "".join(self.random.choice(STRANGE) if self.random.random() < 0.1 else self.random.choice(PRINTABLE) for _ in range(length))
        return made[:schema.get("maxLength", len(made))]

    def regex(self, pattern):
        return self._nodes(parser.parse(pattern))

    def _nodes(self, nodes):
        return "".join(self._node(op, value) for op, value in nodes)

    def _node(self, op, value):
        if op is sre.LITERAL:
            return chr(value)
        if op is sre.IN:
            return self._one_of(value)
        if op is sre.ANY:
            return self.random.choice(PRINTABLE)
        if op is sre.NOT_LITERAL:
            return self.random.choice([c for c in PRINTABLE if c != chr(value)])
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, inner = value
            return "".join(self._nodes(inner) for _ in range(self.random.randint(least, min(most, least + MORE))))
        if op is sre.SUBPATTERN:
            return self._nodes(value[3])
        if op is sre.BRANCH:
            return self._nodes(self.random.choice(value[1]))
        if op is sre.AT:
            return ""
        raise NotImplementedError(f"a regular expression with {op}")

    def _one_of(self, members):
        if members[0][0] is sre.NEGATE:
            refused = {chr(c) for op, value in members[1:] for c in _characters(op, value)}
            return self.random.choice([c for c in PRINTABLE if c not in refused])
        return chr(self.random.choice([c for op, value in members for c in _characters(op, value)]))

    # ---- values

    def value(self, schema, name=""):
        if name in self.always:
            return self.always[name]
        pool = self.pools.get(name)
        if pool and self.random.random() < 0.7 and schema.get("type") in ("string", "integer"):
            return self.random.choice(pool)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for union in ("oneOf", "anyOf"):
            if union in schema:
                return self.value(self.random.choice(schema[union]), name)
        kind = schema.get("type", "object")
        if isinstance(kind, list):
            kind = self.random.choice(kind)
        return getattr(self, "_" + kind)(schema, name)

    def _string(self, schema, _):
        return self.text(schema)

    def _integer(self, schema, _):
        least, most = schema.get("minimum", 0), schema.get("maximum", 2**53 - 1)
        return self.random.choice([least, min(least + 1, most), most, self.random.randint(least, min(most, least + 50))])

    def _boolean(self, _schema, _name):
        return self.random.random() < 0.5

    def _null(self, _schema, _name):
        return None

    def _array(self, schema, name):
        least = schema.get("minItems", 0)
        made = []
        for _ in range(self.random.randint(least, max(least, min(schema.get("maxItems", MORE), least + MORE)))):
            one = self.value(schema.get("items", {"type": "string"}), name)
            if not schema.get("uniqueItems") or one not in made:
                made.append(one)
        return made

    def _object(self, schema, _):
        required = set(schema.get("required", ()))
        if "if" in schema:  # as the posted changes have it: one of two members
            wanted = self.random.choice([schema["if"]["required"], schema["else"]["required"]])
            refused = {*schema["if"]["required"], *schema["else"]["required"]} - set(wanted)
            required |= set(wanted)
        else:
            refused = set(schema.get("not", {}).get("required", [])[1:])
        made = {}
        for name, inner in schema.get("properties", {}).items():
            if name in required or name not in refused and self.random.random() < 0.4:
                made[name] = self.value(inner, name)
        if isinstance(schema.get("additionalProperties"), dict) and self.random.random() < 0.5:
            name = self.value(schema.get("propertyNames", {"type": "string", "minLength": 1}))
            if name not in schema.get("properties", {}):
                made[name] = self.value(schema["additionalProperties"])
        if len(made) < schema.get("minProperties", 0):
            name = self.random.choice(list(schema["properties"]))
            made[name] = self.value(schema["properties"][name], name)
        return made

    # ---- spoiled

    def broken(self, text):
        """The bytes of a JSON object, made into what is none."""
        at = self.random.randrange(1, len(text))
        while True:
            made = self.random.choice([text[:at], text + b"}", b"\xff" + text, text[:at] + b"\x00" + text[at:], b"x" + text, text[:-1] + b',"a":1,"a":1}',
                                       b"[" * 40, text[:-1] + b',"f":0.5}', text[:-1] + b',"s":"\xed\xa0\x80"}', text + text])
            if not well_formed(made):
                return made

    def spoiled(self, value):
        """The same with one thing wrong, whatever the schema thinks of it."""
        value = copy.deepcopy(value)
        places = list(_places(value))
        if not places or self.random.random() < 0.1:
            return self.random.choice([None, [], {}, "", 0, True, [value], {"x": value}])
        container, key = self.random.choice(places)
        way = self.random.randrange(4)
        if way == 0:
            del container[key]
        elif way == 1 and isinstance(container, dict):
            container[self.random.choice(["color", "", "kind ", "__proto__", "état"])] = self.random.choice([1, "x", None, {}])
        elif way == 2 and isinstance(container[key], str):
            container[key] = self.random.choice(["", container[key] + "\n", container[key] * 400, "\x00", "+", "🙂", container[key].upper() + "!"])
        else:
            container[key] = self.random.choice([None, -1, 2**60, 1.5, [], {}, "", True, [[]], {"a": {"b": {}}}, "x" * 70_000])
        return value


def well_formed(text):
    """A JSON object as the service reads JSON: UTF-8, no name twice, integers alone."""
    def no_fraction(number):
        raise ValueError(number)

    def once(pairs):
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)
    try:
        return isinstance(json.loads(text.decode(), object_pairs_hook=once, parse_float=no_fraction), dict)
    except ValueError:
        return False


def _characters(op, value):
    if op is sre.LITERAL:
        return [value]
    if op is sre.RANGE:
        return list(range(value[0], value[1] + 1))
    if op is sre.CATEGORY:
        return [ord(c) for c in {sre.CATEGORY_DIGIT: string.digits, sre.CATEGORY_NOT_SPACE: string.ascii_letters,
                                 sre.CATEGORY_WORD: string.ascii_letters}[value]]
    raise NotImplementedError(f"a set with {op}")


def _places(value):
    """Every place inside: its container and its key there."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])
