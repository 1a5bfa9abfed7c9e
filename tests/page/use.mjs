import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { call, id, invoice, report, token } from "./app.mjs";
import { clipboard, count, go, holdBack, press, run, sees, server } from "./browser.mjs";

const rows = "main.events tbody tr";

await run({
  async "an event arrives without a reload"(open) {
    const page = await open("#/events");
    await sees(page, "Nothing was reported yet");
    await page.evaluate(() => (window.isTheSame = true));
    await report("invoice_due", invoice(1), id(1));
    await count(page, rows, 1);
    await sees(page, "2 SCHEDULED", rows);
    assert.equal(await page.evaluate(() => window.isTheSame), true);
  },

  async "an event is sent from its form, and an action runs when the clock is turned"(open) {
    const page = await open("#/send/invoice_due");
    await page.waitForSelector("main.send form");
    const values = await page.$eval("main form", (form) => Object.fromEntries(new FormData(form)));
    assert.equal(values.number, "INV-0042", "the schema's example");
    // The date is one to come, where the example may have passed.
    assert.ok(values.dueAt > "2026-03-02T09:00:00Z", values.dueAt);
    await page.$eval('[name="number"]', (input) => (input.value = ""));
    await page.type('[name="number"]', "INV-0777");
    await press(page, "Report");
    await sees(page, "2 automations were activated", ".answer");
    await press(page, "See what became of it");
    await sees(page, "INV-0777", ".detail pre");
    await sees(page, "Email the customer will run", ".actions li");
    await press(page, "Next action");
    await sees(page, "Email the customer ran", ".actions li");
    await sees(page, "STARTED: it waits for the end of a delay", ".why");
    await press(page, "+1 day");
    await sees(page, "Text message ran", ".actions li");
    const turned = await page.$eval(".tick.now", (tick) => tick.style.left);
    await press(page, "+1 hour");
    await page.waitForFunction((before) => document.querySelector(".tick.now")?.style.left !== before, {}, turned);
  },

  async "a cancel shows what it would stop, and what it stopped is struck through"(open) {
    await report("invoice_due", invoice(3), id(3));
    const page = await open("#/events?entity=000000000003");
    await count(page, rows, 1);
    await page.click(`${rows} a`);
    await press(page, "Cancel…");
    await sees(page, "Cancel 1 event?", "dialog");
    await sees(page, "Text message of Reminder", "dialog li");
    await press(page, "Cancel them");
    await sees(page, "EVENT_CANCELLED", ".actions li.canceled");
    const struck = await page.$$eval(".actions li.canceled strong s", (all) => all.map((it) => it.textContent));
    assert.deepEqual(struck, ["Email the customer", "Text message", "Create a task"]);
    await sees(page, "CANCELLED (EVENT_CANCELLED): the event was canceled by its external entity id", ".why");
  },

  async "a schema is copied as it is exported"(open) {
    const page = await open("#/triggers/invoice_due");
    await press(page, "Copy schema the schema");
    await sees(page, "Copied.", "#toasts");
    assert.equal(await clipboard(page), readFileSync(new URL("../../schemas/invoice_due.json", import.meta.url), "utf8"));
    await press(page, "Copy AUTOMATIONS.CANCEL_EVENT");
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text === "AUTOMATIONS.CANCEL_EVENT"));
    await sees(page, "links to the contact", "tr");
    await sees(page, "the event's date", "tr");
  },

  async "an event is edited and sent again"(open) {
    const payload = { ...invoice(4), customerName: "Grace O'Hopper" };
    await report("invoice_due", payload, id(4));
    const page = await open("#/events?entity=000000000004");
    await page.waitForSelector(`${rows} a`);
    await page.click(`${rows} a`);
    await press(page, "Edit and send again");
    await page.waitForSelector('[name="customerName"]');
    assert.equal(await page.$eval('[name="customerName"]', (input) => input.value), "Grace O'Hopper");
    // No app is configured: it goes out as the one that it came from.
    await sees(page, "an-app", "main.send select option:checked");
    await press(page, "Edit as JSON");
    const text = await page.$eval("fieldset textarea", (area) => JSON.parse(area.value));
    assert.deepEqual(text, payload);
    await page.$eval("fieldset textarea", (area) => (area.value = '{"number": 7}'));
    await press(page, "Report");
    await sees(page, "Not taken: status 400", ".answer");
    await press(page, "See what was checked");
    await sees(page, "REQUIRED_PROPERTY", ".banner");
    await sees(page, "Required properties", ".checks .failed");
  },

  async "what a form has no room for is sent again as it was"(open) {
    const note = "two\nlines";
    await report("invoice_due", { ...invoice(5), customerName: note }, id(5));
    const page = await open("#/events?entity=000000000005");
    await page.waitForSelector(`${rows} a`);
    await page.click(`${rows} a`);
    await press(page, "Edit and send again");
    await page.waitForSelector('[name="customerName"]');
    assert.equal(await page.$eval('[name="customerName"]', (control) => control.value), note);
    await press(page, "Report");
    await press(page, "See what became of it");
    await sees(page, "two\\nlines", ".detail pre");
  },

  async "a choice is shown by its title, and sent as its value"(open) {
    const page = await open("#/triggers/visit");
    await sees(page, "one of Booked (1), Called off (2)", "td");
    await go(page, "#/send/visit");
    const choice = await page.waitForSelector('select[name="status"]');
    assert.deepEqual(await choice.evaluate((it) => [...it.options].map((option) => option.text)), ["left out", "Booked", "Called off"]);
    await choice.select("2");
    await press(page, "Report");
    await press(page, "See what became of it");
    await sees(page, '"status": 2', ".detail pre");
  },

  async "a late answer changes nothing"(open) {
    const page = await open("#/events");
    await page.waitForSelector(rows);
    const letRowCome = await holdBack(page, "/row", '"id":"0"');
    await go(page, "#/events/0");
    await go(page, "#/events/1");
    await sees(page, "Event 1", ".detail h2");
    await letRowCome();
    assert.equal(await page.$eval(".detail .title h2", (it) => it.textContent), "Event 1");
    await page.reload();
    await page.waitForSelector(rows);
    const letLanesCome = await holdBack(page, "/lanes", "Reminder");
    await go(page, "#/automations/invoice_due/Reminder");
    await page.waitForSelector("main.automations");
    await go(page, "#/faults");
    await page.waitForSelector(".presets li");
    await letLanesCome();
    assert.ok(await page.$(".presets li"), "the faults are still there");
  },

  async "what is copied as curl does the same"(open) {
    const page = await open("#/events?entity=000000000004&state=SCHEDULED");
    await count(page, rows, 1);
    await page.click(`${rows} a`);
    await press(page, "Copy as curl");
    await sees(page, "Copied.", "#toasts");
    const command = await clipboard(page);
    assert.ok(!command.includes("not-a-secret"), command);
    const answer = execFileSync("sh", ["-c", command], { env: { ...process.env, APP_SECRET: "not-a-secret" } });
    assert.equal(JSON.parse(answer).activationIds.length, 2, command);
    await count(page, rows, 2);
  },

  async "what the browser does not copy is there to be copied, and what went wrong stays to be read"(open) {
    const page = await open("#/events/0");
    await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
    await press(page, "Copy link");
    const area = await page.waitForSelector("dialog textarea");
    assert.ok(await area.evaluate((it) => it.value === location.href && it.selectionEnd === it.value.length && it.selectionStart === 0));
    await press(page, "Close", "dialog");
    await page.$eval("#clock input", (it) => (it.value = ""));
    await press(page, "Set date");
    await sees(page, "Choose a date", "#toasts [role=alert]");
    await press(page, "Close", "#toasts");
    await count(page, "#toasts .bad", 0);
  },

  async "faults are turned on and off"(open) {
    const page = await open("#/faults");
    await press(page, "Wix is unavailable: answers 503");
    await sees(page, "status 503", ".in-force li");
    await go(page, "#/send/invoice_paid");
    await press(page, "Report");
    await sees(page, "Not taken: status 503", ".answer");
    await press(page, "See what was checked");
    await sees(page, "a fault that is turned on", ".checks .failed");
    await go(page, "#/faults");
    await press(page, "Cut after: taken, and the answer is lost");
    await press(page, "Turn off status 503");
    await sees(page, "cut after", ".in-force li");
    await go(page, "#/send/invoice_due");
    await press(page, "Report");
    await sees(page, "No answer came: it may have been taken all the same", ".answer");
    await go(page, "#/faults");
    await press(page, "Turn off cut after");
    await sees(page, "None: every call is answered as Wix would.");
    const { status } = await call("/automations/v1/events/report", { triggerKey: "invoice_paid", payload: {} }, await token());
    assert.equal(status, 400);
  },

  async "the page is as it was when the emulator is asked anew"(open) {
    const page = await open("#/automations/invoice_due/Reminder");
    await sees(page, "2 days before dueAt for each event of invoice_due", ".lead");
    const lanes = await page.$$eval(".lane", (all) => all.length);
    assert.ok(lanes >= 5, `${lanes} lanes`);
    await page.reload();
    await count(page, ".lane", lanes);
    const { cookies } = await page.evaluate(() => ({ cookies: document.cookie }));
    assert.equal(cookies, "", server);
  },
});
