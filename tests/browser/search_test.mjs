// What the search line asks of the API, and that no number gets into an address by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundled.mjs";

const { read, timeOf, withQualifier } = await load("search/query.js");
const { findId } = await load("search/find.js");
const { carriesNumber, phoneOf } = await load("words/phones.js");
const { parse, to } = await load("routes.js");

test("qualifiers become parameters", () => {
  const { params, wrong, jump, find } = read("actor:agent-7 source:crm list:promo record:chg-991 after:2026-11-01 before:2026-11-02T10:30Z");
  assert.deepEqual(wrong, []);
  assert.deepEqual([jump, find], [null, ""]);
  assert.deepEqual(params, {
    actor: "agent-7", source: "crm", list: "promo", since: "2026-11-01T00:00:00.000Z", until: "2026-11-02T10:30:00.000Z", record: "chg-991",
  });
  assert.deepEqual(read("").params, {});
});

test("qualifiers as people write and paste them: in quotes, in capitals, with marks that are not seen", () => {
  for (const line of ['actor:"agent-7"', "actor:\u201cagent-7\u201d", "ACTOR:agent-7", "actor:agent-7,", "\u202aactor:agent-7\u202c", "actor\uff1aagent-7"]) {
    assert.deepEqual([read(line).params, read(line).wrong], [{ actor: "agent-7" }, []], line);
  }
  for (const line of ['kind:"opt_out.stop"', "KIND:opt_out.stop", "kind:OPT_OUT.STOP"]) assert.deepEqual(read(line).params.kind, ["opt_out.stop"], line);
  assert.deepEqual(read("kind:opt_out.stop,contact.blocked").params.kind, ["opt_out.stop", "contact.blocked"]);
  for (const line of ["actor:a,b", "actor:\u00e9", 'actor:"a b"', "record:a/b", "\u00e9", "a,b", `list:${"x".repeat(129)}`]) assert.equal(read(line).wrong.length, 1, line);
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
  for (const written of ["+15550100105", " +1 (555) 010-0105 ", "+1.555.010.0105", "(+1) 555 010/0105", "\u202a+15550100105\u202c", "+1\u2011555\u2011010\u20110105",
    "+1\u2013555\u2013010\u20130105", "+1\u2212555\u2212010\u22120105", '"+15550100105"', "\u201c+15550100105\u201d", "'+15550100105'", "+15550100105,", "+15550100105;",
    "+15550100105.", "+1\u00b7555\u00b7010\u00b70105", "\uff0b15550100105", "\uff0b\uff11\uff15\uff15\uff15\uff10\uff11\uff10\uff10\uff11\uff10\uff15", "\u2039+15550100105\u203a", "<+15550100105>",
    "\u2795 1 555 010 0105", "+\u0661\u0665\u0665\u0665\u0660\u0661\u0660\u0660\u0661\u0660\u0665", "\ufeff+1\u00a0555\u202f010\u20090105", "tel:+15550100105",
    "<tel:+1-555-010-0105;ext=7>", "TEL:%2B15550100105", "sms:+15550100105?body=hi", "%2B15550100105", "%252B15550100105", "[+1 555 010 0105]"]) {
    const meant = read(written);
    assert.equal(meant.phone, "+15550100105", written);
    assert.deepEqual([meant.params, meant.wrong, meant.jump, meant.find], [{}, [], null, ""], written);
  }
  for (const written of ["15550100105", "555-010-0105", "555\u2011010\u20110105", "actor:+15550100105", "list:15550100105", "kind:opt_in.* 15550100105", "a+15550100105",
    "kind:opt_in.* tel:+15550100105", "+15550100105 +15550100106", "record:x\uff0b1_555_010_0105", "actor:%2b15550100105", "call +1 555 010 0105 please",
    "+1555010010512345678", "1 555 010 0105", "kind:opt_in.* 555 010 0105", "call 1 (555) 010-0105 please", "tel:15550100105", "colour:15550100105", "after:15550100105",
    "kind:15550100105", "actor:1_555_010_0105"]) {
    const meant = read(written);
    assert.ok(meant.wrong.length > 0 && meant.number && !meant.phone, written);
    assert.ok(!JSON.stringify([meant.params, meant.find]).includes("5550100"), written);
  }
  assert.equal(phoneOf("+1555"), null);
  for (const written of ["", "+1555", "after:2026-11-28T10:00+01:00", "C++ 2026", "chg+991 x 20261128", "%E0%A4%A", "%", "100%+12"]) assert.ok(!carriesNumber(written), written);
  for (const written of ["#/lists/%2B15550100105", "%E0%A4%A/+15550100105", "q=a%252B1%2520555%2520010%25200105"]) assert.ok(carriesNumber(written), written);
});

test("what is no number is not taken for one", () => {
  for (const line of ["27", "chg-991 27", "after:2026-11-01 before:2026-11-28", "2026-11-28", "after:2026-13-01", "2026-11-01 2026-11-28", "agent-15550100105", "1".repeat(64),
    "record:10482211 27", "seq:12345678"]) assert.equal(read(line).number, false, line);
});

test("a record of digits alone is one where it is called so", () => {
  assert.deepEqual(read("record:10482211").params, { record: "10482211" });
  assert.equal(read("record:+15550100105").wrong.length, 1);
});

const changes = (...entries) => entries.map((entry) => ({ entry: { data: {}, ...entry } }));
/** Pages of the API: what a query without its cursor has, one page after the other. */
const served = (pages, asked = []) => async ({ cursor, limit, ...query }) => {
  const [[name, value]] = Object.entries(query);
  asked.push(name);
  const all = pages[`${name}:${value}`] || [[]];
  const at = Number(cursor || 0);
  return { data: all[at], has_more: at + 1 < all.length, next_cursor: String(at + 1) };
};

test("a word by itself is an id: of whatever the API can filter by, and of what was defined", async () => {
  assert.deepEqual([read("chg-991").find, read("chg-991").params], ["chg-991", {}]);
  assert.deepEqual([read("kind:opt_in.agent agent-7").find, read("kind:opt_in.agent agent-7").params], ["agent-7", { kind: ["opt_in.agent"] }]);
  assert.equal(read("a".repeat(64)).find, "a".repeat(64));
  const turns = [];
  const definitions = "kind:actor.defined,trigger.defined,disclosure.defined,token.created";
  const pages = {
    "actor:agent-7": [changes({ seq: 8, kind: "opt_in.agent" })],
    "actor:both": [[], [], changes({ seq: 5 })],
    "source:both": [[], [], changes({ seq: 6 })],
    "list:both": [[], [], [], changes({ seq: 2 })],
    [definitions]: [[], changes({ seq: 3, kind: "token.created", data: { token: "t1" } }, { seq: 4, kind: "disclosure.defined", data: { disclosure: "d-1" } }),
      changes({ seq: 1, kind: "actor.defined", data: { actor: "agent-7" } })],
  };
  const find = async (id, params = {}) => (await findId(id, params, served(pages), (turn) => turns.push(turn))).map(({ name, entry }) => [name, entry.seq]);
  assert.deepEqual(await find("agent-7"), [["actor", 8]]);
  assert.deepEqual(await find("both"), [["actor", 5], ["source", 6]], "of the same part of the ledger; the older one is another day's");
  assert.deepEqual(await find("d-1"), [["", 4]]);
  assert.deepEqual(await find("t1"), [["", 3]]);
  turns.length = 0;
  assert.deepEqual(await find("nobody"), []);
  assert.deepEqual(turns, [0, 1, 2], "to the end of every filter");
  const asked = [];
  assert.deepEqual(await findId("d-1", { kind: ["opt_in.agent"], record: "r" }, async (query) => {
    asked.push(Object.keys(query).sort().join());
    return { data: [], has_more: false };
  }, () => {}), []);
  assert.deepEqual(asked, ["actor,kind,limit,record", "kind,limit,list,record", "kind,limit,record,source"], "what the line says stays in force");
});

test("what cannot be meant is said, not passed over", () => {
  for (const line of ["colour:red", "constructor:x", "actor:", "actor:a actor:b", "-actor:a", "after:yesterday", "after:2026-13-01", "before:2026-02-30", "one two",
    "after:2026-11-01 after:2026-11-02", "2026-11-28", "27 28", "27 agent-7"]) {
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
