// What the search line asks of the API, and that no number gets into an address by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundled.mjs";

const { phoneOf, read, timeOf, withQualifier } = await load("search/query.js");
const { parse, to } = await load("routes.js");

test("qualifiers become parameters", () => {
  const { params, wrong, jump } = read("actor:agent-7 source:crm list:promo after:2026-11-01 before:2026-11-02T10:30Z chg-991");
  assert.deepEqual(wrong, []);
  assert.equal(jump, null);
  assert.deepEqual(params, {
    actor: "agent-7", source: "crm", list: "promo", since: "2026-11-01T00:00:00.000Z", until: "2026-11-02T10:30:00.000Z", record: "chg-991",
  });
  assert.deepEqual(read("").params, {});
});

test("kinds: one, all that begin so, and all but some", () => {
  assert.deepEqual(read("kind:opt_out.stop").params.kind, ["opt_out.stop"]);
  assert.deepEqual(read("kind:opt_in.*").params.kind, ["opt_in.inbound", "opt_in.agent", "opt_in.consent"]);
  assert.deepEqual(read("kind:opt_in.* -kind:opt_in.agent").params.kind, ["opt_in.inbound", "opt_in.consent"]);
  const rest = read("-kind:contact.added").params.kind;
  assert.ok(rest.length > 30 && !rest.includes("contact.added"));
  assert.equal(read("kind:opt_in.agent -kind:opt_in.agent").wrong.length, 1);
  assert.equal(read("kind:nothing").wrong.length, 1);
});

test("ids lead to their page, a number is looked up and stands in no parameter", () => {
  assert.deepEqual(read("27").jump, { page: "entry", args: ["27"] });
  assert.deepEqual(read("seq:12345678").jump, { page: "entry", args: ["12345678"] });
  assert.deepEqual(read("a".repeat(64)).jump, { page: "contact", args: ["a".repeat(64)] });
  for (const written of ["+15550100105", " +1 (555) 010-0105 ", "+1.555.010.0105"]) {
    const meant = read(written);
    assert.equal(meant.phone, "+15550100105", written);
    assert.deepEqual([meant.params, meant.wrong, meant.jump], [{}, [], null], written);
  }
  for (const written of ["15550100105", "555-010-0105", "actor:+15550100105", "list:15550100105", "kind:opt_in.* 15550100105"]) {
    const meant = read(written);
    assert.ok(meant.wrong.length > 0 && meant.number && !meant.phone, written);
    assert.ok(!JSON.stringify(meant.params).includes("5550100"), written);
  }
  assert.equal(phoneOf("+1555"), null);
});

test("a record of digits alone is one where it is called so", () => {
  assert.deepEqual(read("record:10482211").params, { record: "10482211" });
  assert.equal(read("record:+15550100105").wrong.length, 1);
});

test("what cannot be meant is said, not passed over", () => {
  for (const line of ["colour:red", "constructor:x", "actor:", "actor:a actor:b", "-actor:a", "after:yesterday", "after:2026-13-01", "before:2026-02-30", "one two"]) {
    assert.equal(read(line).wrong.length, 1, line);
  }
  assert.equal(timeOf("2026-11-28"), "2026-11-28T00:00:00.000Z");
});

test("a facet narrows the line", () => {
  assert.equal(withQualifier("kind:opt_out.* actor:a", "kind", "opt_out.stop"), "actor:a kind:opt_out.stop");
  assert.equal(withQualifier("", "actor", "b"), "actor:b");
});

test("addresses come back as they were made", () => {
  const made = to("lists", ["a list/with &"], { status: "blocked", level: "" });
  assert.deepEqual(parse(made), { page: "lists", args: ["a list/with &"], query: { status: "blocked" } });
  assert.equal(parse("").page, "overview");
  assert.deepEqual(parse("#/entry/%zz").args, ["%zz"]);
});
