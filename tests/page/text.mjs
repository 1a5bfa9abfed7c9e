import assert from "node:assert/strict";
import { report } from "./app.mjs";
import { go, run, sees } from "./browser.mjs";

const EVIL = `"><script>window.isRead = true</script><img src=x onerror="window.isRead = true">`;

// Whatever was made an element of, or run.
async function isText(page) {
  const found = await page.evaluate(() => ({
    elements: document.querySelectorAll("main script, main img, dialog img, #toasts img, main iframe").length,
    isRead: window.isRead === true,
  }));
  assert.deepEqual(found, { elements: 0, isRead: false });
}

await run({
  async "a payload stays text"(open) {
    await report("evil", { text: EVIL, [EVIL]: EVIL }, "00000000-0000-4000-8000-000000000001");
    await report("evil", { text: 7, [EVIL]: EVIL });
    await report(EVIL, { text: EVIL });
    const page = await open("#/events");
    await sees(page, "<script>", "td");
    await isText(page);
    for (const [hash, selector] of [
      ["#/events/0", ".detail pre"],
      ["#/events/1-0", ".detail pre"],
      ["#/events/1-1", ".detail a"],
      ["#/send/evil?from=0", "main.send"],
      ["#/triggers/evil", "main.triggers article"],
      ["#/automations/evil/Default%20automation", "main.automations article"],
      [`#/triggers/${encodeURIComponent(EVIL)}`, "main.triggers .empty"],
      [`#/automations/evil/${encodeURIComponent(EVIL)}`, "main.automations article"],
      [`#/events?text=${encodeURIComponent(EVIL)}`, "main.events"],
    ]) {
      await go(page, hash);
      await page.waitForSelector(selector);
      await isText(page);
    }
    await go(page, "#/events/0");
    await sees(page, "window.isRead", ".detail pre");
    await go(page, "#/triggers/evil");
    await sees(page, "<script>", ".properties th");
    await isText(page);
  },

  async "the policy would stop what is no text"(open) {
    const page = await open("#/events");
    const refused = await page.evaluate(() => {
      try {
        document.createElement("p")["inner" + "HTML"] = "<b>x</b>";
        return false;
      } catch {
        return true;
      }
    });
    assert.ok(refused);
    page.wrong = [];
  },
});
