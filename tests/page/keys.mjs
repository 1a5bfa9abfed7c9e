import assert from "node:assert/strict";
import { call, id, invoice, report } from "./app.mjs";
import { count, detour, go, run, sees } from "./browser.mjs";

const rows = "main.events tbody tr";
const hash = (page) => page.evaluate(() => location.hash);
const press = (page, key) => page.keyboard.press(key);

// Waits for the hash that a key leads to.
const leads = (page, to) => page.waitForFunction((to) => location.hash === to, { timeout: 15_000 }, to);

await run({
  async "each key does what the help says"(open) {
    for (const number of [1, 2, 3]) await report("invoice_due", invoice(number), id(number));
    const page = await open("#/events");
    await count(page, rows, 3);
    await press(page, "j");
    await leads(page, "#/events/2");
    await press(page, "j");
    await leads(page, "#/events/1");
    await press(page, "k");
    await leads(page, "#/events/2");
    await sees(page, "INV-3", ".detail pre");
    await page.evaluate(() => {
      const real = window.fetch;
      window.tokens = 0;
      window.fetch = (to, options) => ((window.tokens += to.endsWith("/token")), real(to, options));
    });
    // One that is held down is pressed once.
    for (let times = 0; times < 5; times += 1) await page.keyboard.down("r");
    await page.keyboard.up("r");
    assert.equal(await page.evaluate(() => window.tokens), 1);
    await count(page, rows, 4);
    await sees(page, "Sent again.", "#toasts");
    await press(page, "Escape");
    await leads(page, "#/events");
    await press(page, "/");
    assert.equal(await page.evaluate(() => document.activeElement.type), "search");
    // What is typed is text, and no keys.
    await page.keyboard.type("inv-2jkr?");
    await count(page, rows, 0);
    await sees(page, "No event fits this filter");
    await press(page, "Escape");
    await press(page, "?");
    await sees(page, "send the open event again", "dialog");
    await press(page, "Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    // They can be switched off, for those whose speech would press them.
    await page.click("#help-button");
    await page.click("dialog #keys");
    await press(page, "Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await press(page, "?");
    assert.equal(await page.$("dialog"), null);
    await page.click("#help-button");
    await page.click("dialog #keys");
    await press(page, "Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await page.click(".empty button");
    await count(page, rows, 4);
    assert.equal(await hash(page), "#/events");
    await go(page, "#/faults");
    await page.waitForSelector(".presets");
    await press(page, "/");
    await leads(page, "#/events");
    await page.waitForFunction(() => document.activeElement.type === "search");
  },

  async "the clock leaves the focus where it is"(open) {
    const page = await open("#/events/1");
    await sees(page, "INV-2", ".detail pre");
    const hour = await page.waitForSelector("::-p-aria(+1 hour)");
    await hour.focus();
    for (const time of ["11:00:00", "12:00:00"]) {
      await press(page, "Enter");
      await sees(page, time, ".hand");
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "+1 hour");
    await call("/_emulator/clock", { run: true });
    await sees(page, "running", "#clock");
    await page.$eval(".detail pre", (it) => (it.isTheSame = true, it.focus()));
    // What is told makes the page ask for all again, at another time of the clock.
    for (const number of [5, 6]) {
      await report("invoice_due", invoice(number), id(number));
      await count(page, rows, number);
    }
    assert.ok(await page.$eval(".detail pre", (it) => it.isTheSame && it === document.activeElement));
    await call("/_emulator/clock", { freeze: true });
    await page.close();
  },

  async "a link leads back to what it was made for"(open) {
    for (const [link, text] of [
      ["#/events/1", "INV-2"],
      ["#/triggers/invoice_paid", "Invoice paid"],
      ["#/automations/invoice_due/Reminder", "Event 2"],
      ["#/events?entity=000000000001", "1 shown of"],
    ]) {
      const page = await open(link);
      await sees(page, text);
      await page.reload();
      await sees(page, text);
    }
  },

  async "what is not there says what to do next"(open) {
    const { at, leave, comeBack } = await detour();
    const page = await open("#/events/999", { at });
    await sees(page, "This event is not there", ".detail");
    await go(page, "#/triggers/none");
    await sees(page, "There is no such trigger");
    await go(page, "#/nonsense");
    await count(page, rows, 6);
    await leave();
    await page.waitForSelector("#trouble:not([hidden])", { timeout: 15_000 });
    await sees(page, "The emulator does not answer.", "#trouble");
    await report("invoice_due", invoice(9), id(9));
    await go(page, "#/automations/invoice_due/Reminder");
    await sees(page, "This cannot be shown");
    await comeBack();
    // It goes on by itself, and misses nothing.
    await page.waitForSelector(".lane");
    await go(page, "#/events");
    await count(page, rows, 7);
    await page.waitForFunction(() => document.getElementById("trouble").hidden);
    await page.close();
    await leave();
  },

  async "a page whose first question was lost goes on by itself"(open) {
    const page = await open("#/events");
    await page.evaluateOnNewDocument(() => {
      const real = window.fetch;
      window.fetch = (...asked) => {
        window.fetch = real;
        return Promise.reject(new TypeError("lost"));
      };
    });
    await page.reload();
    await count(page, rows, 7);
    await go(page, "#/faults");
    await page.waitForSelector(".presets li");
  },

  async "a narrow screen shows one thing at a time, and nothing beside it"(open) {
    const page = await open("#/events", { width: 320, height: 700 });
    await count(page, rows, 7);
    for (const to of ["#/events", "#/events/1", "#/triggers/invoice_due", "#/automations/invoice_due/Reminder", "#/send/invoice_due", "#/faults"]) {
      await go(page, to);
      await page.waitForFunction((name) => document.getElementById("main").className.startsWith(name), {}, to.split("/")[1]);
      if (to === "#/events/1") await sees(page, "INV-2", ".detail pre");
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beside <= 0, `${to} is ${beside} px too wide`);
    }
  },
});
