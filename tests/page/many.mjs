import assert from "node:assert/strict";
import { BULK_REPORT, call, id, invoice, token } from "./app.mjs";
import { count, press, run, sees } from "./browser.mjs";

export const MANY = 10_000;

export async function reportMany() {
  const given = await token();
  for (let first = 0; first < MANY; first += 100) {
    const eventsInfo = Array.from({ length: 100 }, (_, place) => {
      const number = first + place;
      return { payload: invoice(number), externalEntityId: id(number) };
    });
    const { body } = await call(BULK_REPORT, { triggerKey: "invoice_due", eventsInfo }, given);
    assert.equal(body.bulkActionMetadata.totalSuccesses, 100);
  }
}

const rows = "main.events tbody tr";

const tests = {
  async "ten thousand events come in windows"(open) {
    await reportMany();
    const page = await open("#/events");
    await sees(page, "100 shown of 10,000 events");
    await count(page, rows, 100);
    await press(page, "Older");
    await page.waitForSelector("#row-9899");
    await count(page, rows, 100);
    // What arrives meanwhile moves nothing.
    await call(BULK_REPORT, { triggerKey: "invoice_due", eventsInfo: [{ payload: invoice(1) }] }, await token());
    await sees(page, "Newest (1 more)", "button");
    await page.waitForSelector("#row-9899");
    await press(page, "Newest (1 more)");
    await page.waitForSelector("#row-10000");
  },

  async "one of ten thousand is found"(open) {
    const page = await open("#/events");
    await page.waitForSelector(rows);
    await page.keyboard.press("/");
    await page.keyboard.type("inv-4321\"");
    await count(page, rows, 1);
    await page.waitForSelector("#row-4321");
    // The address has the filter, too.
    await page.reload();
    await page.waitForSelector("#row-4321");
    await count(page, rows, 1);
    await page.click(`${rows} a`);
    await sees(page, "INV-4321", ".detail pre");
    await page.reload();
    await sees(page, "INV-4321", ".detail pre");
    await count(page, rows, 1);
  },
};

if (import.meta.url === `file://${process.argv[1]}`) await run(tests);
