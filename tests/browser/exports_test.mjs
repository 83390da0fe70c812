// What is saved of a listing is all of it by the filter in force, and nothing else, however many pages that takes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { load } from "./bundled.mjs";
import { account, open as openAt, stage } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
let page;
beforeEach(() => ({ page } = on));

const open = (address, heading) => openAt(page, service.url, address, heading);
const rowsOf = async (path) => {
  const rows = [];
  for (let cursor = ""; ; ) {
    const answer = await (await service.ask(`/v1/accounts/${account}/${path}${path.includes("?") ? "&" : "?"}limit=1000${cursor && `&cursor=${cursor}`}`)).json();
    rows.push(...answer.data);
    if (!answer.has_more) return rows;
    cursor = answer.next_cursor;
  }
};
async function saved(name) {
  await page.waitForTimeout(1_100); // Chromium drops what a page saves beyond ten files in a row without a pause of a second
  const group = page.getByRole("group", { name: "Save all of these" });
  const [download] = await Promise.all([page.waitForEvent("download"), group.getByRole("button", { name, exact: true }).click()]);
  return { file: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

test("contacts of one status: CSV, JSON and HTML have those, and no other", async () => {
  const wanted = (await rowsOf("contacts?status=opted_out")).map((row) => row.contact);
  assert.ok(wanted.length > 0 && wanted.length < (await rowsOf("contacts")).length);
  await open("contacts?status=opted_out", "All Contacts");
  const csv = await saved("CSV");
  assert.equal(csv.file, `${account}-contacts.csv`);
  const [head, ...lines] = csv.text.trimEnd().split("\r\n");
  assert.ok(head.startsWith("contact,opted_in,blocked,"));
  assert.deepEqual(lines.map((line) => line.split(",")[0]), wanted);
  const json = JSON.parse((await saved("JSON")).text);
  assert.deepEqual(json.filter, { status: "opted_out" });
  assert.deepEqual(json.data.map((row) => row.contact), wanted);
  assert.match(json.as_of.checkpoint, /^ledger\.example\.com\/browser\n/);
  const { text } = await saved("HTML");
  for (const contact of wanted) assert.ok(text.includes(contact));
  assert.equal(text.match(/<tr>/g).length, wanted.length + 1);
  assert.ok(text.includes("default-src 'none'") && !/<script/i.test(text));
});

test("members of a list, findings and duties by their filters", async () => {
  for (const [address, heading, path, id] of [
    ["lists/marketing", "List marketing", "lists/marketing/contacts", "contact"],
    ["findings?status=all&severity=high", "Findings", "findings?status=all&severity=high", "seq"],
    ["findings?rule=CL-001", "Findings", "findings?rule=CL-001", "seq"],
    ["obligations?status=all&kind=review", "Obligations", "obligations?status=all&kind=review", "seq"],
  ]) {
    await open(address, heading);
    const wanted = await rowsOf(path);
    assert.ok(wanted.length > 0, address);
    assert.deepEqual(JSON.parse((await saved("JSON")).text).data.map((row) => row[id]), wanted.map((row) => row[id]), address);
    assert.equal((await saved("CSV")).text.trimEnd().split("\r\n").length, wanted.length + 1, address);
  }
});

test("a search: the filter that is written, in four forms", async () => {
  await open("search?q=kind:opt_out.* actor:contact", "Search");
  const wanted = await rowsOf("changes?kind=opt_out.stop&kind=opt_out.agent&kind=opt_out.request&actor=contact");
  const seqs = wanted.map(({ entry }) => entry.seq);
  assert.ok(seqs.length > 0);
  assert.equal((await saved("CSV")).text.trimEnd().split("\r\n").length, seqs.length + 1);
  assert.deepEqual((await saved("NDJSON")).text.trimEnd().split("\n").map((line) => JSON.parse(line).seq ?? JSON.parse(line).entry.seq), seqs);
  const json = JSON.parse((await saved("JSON")).text);
  assert.deepEqual(json.data.map(({ entry }) => entry.seq), seqs);
  assert.equal(json.filter.actor, "contact");
  assert.equal((await saved("HTML")).text.match(/<tr>/g).length, seqs.length + 1);
});

test("a cell is neither a formula nor another number, in the service's table and in those of the page", async () => {
  const items = ["1e5", "007"].map((record) => ({
    kind: "contact.added", phone: "+15550309999", actor: { kind: "agent", id: "-agent-0" }, source: { platform: "-crm", record }, data: { origin: "manual" },
  }));
  assert.equal((await service.ask(`/v1/accounts/${account}/changes?receipt=none`, { method: "POST", body: items })).status, 200);
  await open("search?q=actor:-agent-0", "Search");
  const { text } = await saved("CSV");
  for (const cell of ["\"'-agent-0\"", "\"'-crm\"", "\"'1e5\"", "\"'007\""]) assert.ok(text.includes(cell), cell);
  const { guarded } = await load("words/cells.js");
  for (const [recorded, shown] of [["x;=1+1", "x;'=1+1"], ["=1", "'=1"], ["\t=1", "'\t'=1"], ["a, \"-1\"", "a,' \"-1\""], ["'=1", "''=1"], ["\0=1", "'=1"],
    ["007", "'007"], ["1e5", "'1e5"], ["7", "7"], ["-5", "'-5"], ["1234567890123456", "'1234567890123456"], ["two; words", "two; words"],
    ["2026-11-28T23:20:23.000Z", "2026-11-28T23:20:23.000Z"], ["", ""]]) assert.equal(guarded(recorded), shown);
});

test("more rows than a page holds, and none twice", async () => {
  for (let i = 0; i < 1_200; i += 400) {
    const items = Array.from({ length: 400 }, (_, k) => ({
      kind: "contact.added", phone: `+1555030${String(1000 + i + k)}`, source: { platform: "crm", record: `many-${i + k}` }, data: { origin: "manual" },
    }));
    assert.equal((await service.ask(`/v1/accounts/${account}/changes?receipt=none`, { method: "POST", body: items })).status, 200);
  }
  await open("contacts", "All Contacts");
  const { text } = await saved("CSV");
  const ids = text.trimEnd().split("\r\n").slice(1).map((line) => line.split(",")[0]);
  assert.ok(ids.length > 1_200);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, (await rowsOf("contacts")).map((row) => row.contact));
  await page.getByText(/Saved acme-contacts.csv: 1,\d\d\d rows/).waitFor();
});

test("an export that breaks off in the middle saves nothing and says so; one that is stopped too", async () => {
  const downloads = [];
  page.on("download", (download) => downloads.push(download));
  browser.expected = [/status of 503/];
  await open("contacts", "All Contacts");
  await page.route(/contacts\?.*cursor=.*limit=1000/, (route) => route.fulfill({ status: 503, headers: { "Cache-Control": "no-store" }, json: { code: "busy", detail: "busy" } }));
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await page.getByText("Failed: busy").waitFor();
  await page.unrouteAll();
  await page.route(/contacts\?.*cursor=.*limit=1000/, () => {});
  await page.getByRole("button", { name: "HTML", exact: true }).click();
  await page.getByText("1,000 rows so far…").waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("Stopped: nothing was saved").waitFor();
  await page.waitForTimeout(300);
  assert.equal(downloads.length, 0);
});

test("what was sent is judged by a file that the user gives", async () => {
  await open("reports", "Reports");
  const card = page.locator("section", { has: page.getByRole("heading", { name: "Sends after a revocation" }) });
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByText("choose the file of what was sent first").waitFor();
  const sent = { name: "sends.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(`${JSON.stringify({ to: "+15550100101", at: new Date().toISOString() })}\n`) };
  await card.getByLabel("What was sent, as NDJSON").setInputFiles(sent);
  await page.getByLabel("Format").selectOption("json");
  const [download] = await Promise.all([page.waitForEvent("download"), card.getByRole("button", { name: "Save" }).click()]);
  assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).report.name, "post-revocation-sends");
});
