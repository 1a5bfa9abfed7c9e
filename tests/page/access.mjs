import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { id, invoice, report } from "./app.mjs";
import { detour, go, press, run, sees } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// All of axe's rules that are in force by default, WCAG AA's contrast among them.
async function hasNoFindings(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  if (violations.length === 0) return;
  const words = violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${it.help}: ${node.html}\n${node.failureSummary}`));
  throw new Error(`${name}:\n${words.join("\n")}`);
}

const VIEWS = [
  ["#/events", "main.events tbody tr"],
  ["#/events/0", ".detail .checks"],
  ["#/events/1-0", ".detail .banner"],
  ["#/events/77", ".detail .empty"],
  ["#/events?text=none-such", ".empty h2"],
  ["#/triggers/invoice_due", "article .steps"],
  ["#/triggers/none-such", "article .empty"],
  ["#/automations/invoice_due/Reminder", ".lane"],
  ["#/automations/invoice_paid/Default%20automation", "article .empty"],
  ["#/send/invoice_due", "form.send"],
  ["#/send/invoice_due?from=0", "form.send"],
  ["#/faults", ".presets li"],
];

async function all(open, options) {
  const page = await open("#/events", options);
  for (const [hash, selector] of VIEWS) {
    await go(page, hash);
    await page.waitForSelector(selector, { visible: true });
    await hasNoFindings(page, `${hash} ${JSON.stringify(options)}`);
  }
  await press(page, "Wix is unavailable: answers 503");
  await sees(page, "status 503", ".in-force li");
  await hasNoFindings(page, "a fault in force");
  await press(page, "Turn all off");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await hasNoFindings(page, "the help");
  await page.keyboard.press("Escape");
  await go(page, "#/events/0");
  await press(page, "Cancel…");
  await page.waitForSelector("dialog[open] .reach");
  await hasNoFindings(page, "a cancel");
}

await run({
  async "before anything was reported"(open) {
    await hasNoFindings(await open("#/events"), "no events");
    await report("invoice_due", invoice(1, 2), id(1));
    await report("invoice_due", {}, id(1));
  },
  "wide and light": (open) => all(open, {}),
  "wide and dark": (open) => all(open, { dark: true }),
  "narrow and light": (open) => all(open, { width: 360, height: 700 }),
  "narrow and dark": (open) => all(open, { width: 360, height: 700, dark: true }),
  async "without an emulator"(open) {
    const { at, leave } = await detour();
    const page = await open("#/events", { at });
    await leave();
    await page.waitForSelector("#trouble:not([hidden])", { visible: true });
    await hasNoFindings(page, "no emulator");
  },
});
