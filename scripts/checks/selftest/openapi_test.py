from checks import openapi
from checks.selftest.support import REPOSITORY, RuleTest


class OpenapiTest(RuleTest):
    """On the real sources, each time with one thing changed."""

    rule = openapi

    @classmethod
    def setUpClass(cls):
        cls.sources = {"docs/openapi/" + file.name: file.read_text(encoding="utf-8")
                       for file in (REPOSITORY / "docs" / "openapi").glob("*.yaml")}

    def changed(self, file, old, new):
        text = self.sources["docs/openapi/" + file]
        self.assertIn(old, text)
        return {**self.sources, "docs/openapi/" + file: text.replace(old, new, 1)}

    def test_the_sources_and_a_tree_without_any(self):
        self.assert_silent(self.sources)
        self.assert_silent({"README.md": ""})

    def test_yaml(self):
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "a: {b: 1, b: 2}\n"}, "'b' stands twice")
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "a: {b: one, two}\n"}, "nothing follows 'two'")
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "paths: {/livez: {get: {}}}\n"}, "/livez / get stands in another file too")
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "1: 2\n"}, "must be a text")
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "color: red\n"}, "color: no member of the document")

    def test_references(self):
        self.assert_fires(self.changed("log.yaml", "schemas/Keys'", "schemas/Kees'"), "#/components/schemas/Kees: nothing there")
        self.assert_fires({**self.sources, "docs/openapi/more.yaml": "components: {schemas: {Lone: {type: string}}}\n"},
                          "components/schemas/Lone: nothing refers to it")
        self.assert_fires(self.changed("values.yaml", "{type: integer, minimum: 0, max", "{$ref: '#/components/schemas/Count', max"), "Count")

    def test_operations(self):
        self.assert_fires(self.changed("service.yaml", "operationId: getLivez", "operationId: getReadyz"), "a word of its own")
        self.assert_fires(self.changed("service.yaml", "summary: The program runs", "description: x"), "/livez", "a summary")
        self.assert_fires(self.changed("tokens.yaml", "      x-body-limit: 1048576\n", ""), "x-body-limit go together")
        self.assert_fires(self.changed("tokens.yaml", "roles: [admin]", "roles: [king]"), "roles are writer")
        self.assert_fires(self.changed("tokens.yaml", "[writer_stopped, clock_jump]", "[tired]"), "no such problem", "tired")
        self.assert_fires(self.changed("service.yaml", "description: The file's name., ", ""), "parameter file: description")

    def test_bodies(self):
        self.assert_fires(self.changed("tokens.yaml", "example: {account: acme, role: writer,", "example: {account: acme, role: king,"),
                          "its example", "'king' is not one of")
        self.assert_fires(self.changed("tokens.yaml", "            example: {account: acme, role: writer, expires: '2027-01-31T00:00:00Z'}\n", ""), "no example")
        self.assert_fires(self.changed("tokens.yaml", "required: [account, role]\n      additionalProperties: false", "required: [account, role]"),
                          "says whether it has additionalProperties")
        self.assert_fires(self.changed("reports.yaml", "required: [recipients]", "required: [recipients, more]"), "OptOutForAzure: required members")
        self.assert_fires(self.changed("tokens.yaml", "type: object\n      required: [id", "type: thing\n      required: [id"), "no JSON Schema")
