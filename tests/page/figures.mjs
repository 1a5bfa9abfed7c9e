// Tells figures, and holds the page to none of them.

import { launch, open, server } from "./browser.mjs";
import { MANY, reportMany } from "./many.mjs";

const median = (all) => all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)];
const ROUNDS = 20;

async function firstPaint(browser) {
  const page = await open(browser, "#/events");
  await page.waitForSelector("main.events tbody tr");
  const times = await page.evaluate(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const bytes = performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
      .filter((it) => it.name.includes("/_emulator/page/") || it.entryType === "navigation");
    return { paint, bytes: bytes.reduce((sum, it) => sum + it.decodedBodySize, 0) };
  });
  await page.close();
  return times;
}

// From the last letter to the rows that fit it, the wait for more letters included.
async function filterTime(page, text, expected) {
  return page.evaluate((text, expected) => new Promise((done) => {
    const input = document.querySelector("main.events input[type=search]");
    const body = document.querySelector("main.events tbody");
    const start = performance.now();
    const look = () => {
      if (body.children.length === expected) requestAnimationFrame(() => done(performance.now() - start));
      else requestAnimationFrame(look);
    };
    input.value = text;
    input.dispatchEvent(new Event("input"));
    look();
  }), text, expected);
}

await reportMany();
const browser = await launch();
const loads = [];
for (let round = 0; round < ROUNDS; round += 1) loads.push(await firstPaint(browser));
const page = await open(browser, "#/events");
await page.waitForSelector("main.events tbody tr");
const filters = [];
for (let round = 0; round < ROUNDS; round += 1) {
  filters.push(await filterTime(page, `inv-${1000 + round}"`, 1));
  await filterTime(page, "", 100);
}
const asks = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const start = performance.now();
  const body = JSON.stringify({ text: `inv-${2000 + round}"` });
  await (await fetch(`${server}/_emulator/rows`, { method: "POST", body })).json();
  asks.push(performance.now() - start);
}
await browser.close();
console.log(`${MANY} events, medians of ${ROUNDS}`);
console.log(`the page: ${loads[0].bytes} bytes`);
console.log(`first contentful paint: ${median(loads.map((it) => it.paint)).toFixed(0)} ms`);
console.log(`a filter, from the last letter to the row: ${median(filters).toFixed(0)} ms, of which 120 ms wait for more letters`);
console.log(`its call alone: ${median(asks).toFixed(1)} ms`);
console.log("all checks passed");
