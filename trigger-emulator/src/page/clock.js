// The clock: what it shows, and how it is turned.

import { button, fill, h, field, toast } from "./dom.js";
import { get, post, world } from "./api.js";
import { dateOf, fromLocalInput, localInput, relative, timeOf, weekday } from "./time.js";

let shown = { now: new Date(0).toISOString(), frozen: true };
let readAt = 0;

// What the clock shows now: one that goes has gone on since it was read.
export function now() {
  const passed = shown.frozen ? 0 : performance.now() - readAt;
  return new Date(new Date(shown.now).getTime() + passed).toISOString();
}

export const isRunning = () => !shown.frozen;

export async function load() {
  take(await get("clock"));
}

function take(clock) {
  shown = clock;
  readAt = performance.now();
  show();
}

async function turn(body) {
  controls.forEach((control) => (control.disabled = true));
  try {
    take(await post("clock", body));
    return true;
  } catch (error) {
    toast(`The clock was not turned: ${error.message}.`, "bad");
    return false;
  } finally {
    controls.forEach((control) => (control.disabled = false));
    show();
  }
}

const date = h("span", { class: "date" });
const hand = h("span", { class: "hand" });
const zone = h("span", { class: "zone" });
const standing = h("span", { class: "chip off" });
const toggle = button("Freeze", () => turn(shown.frozen ? { run: true } : { freeze: true }));
const hour = button("+1 hour", () => turn({ advance: "PT1H" }));
const day = button("+1 day", () => turn({ advance: "P1D" }));
const next = button("Next action", () => turn({ next: true }));
const nextWords = h("span", { class: "next" });
const to = h("input", { type: "datetime-local", step: "60" });
const set = button("Set date", async () => {
  const at = to.value && fromLocalInput(to.value);
  if (!at) return toast("Choose a date and a time first.", "bad");
  await turn({ set: at });
});
const controls = [toggle, hour, day, next, set];

export function start(element) {
  const dateField = field("Turn to", to);
  dateField.classList.add("inline");
  fill(element,
    h("p", { class: "face" }, hand, date, zone, standing),
    h("div", { class: "turns" }, toggle, hour, day, next, nextWords),
    h("div", { class: "turns" }, dateField, set));
  setInterval(() => shown.frozen || document.hidden || showHand(), 1000);
  show();
}

function showHand() {
  const at = now();
  hand.textContent = timeOf(at);
  date.textContent = `${weekday(at)}, ${dateOf(at)}`;
}

function show() {
  showHand();
  zone.textContent = world.timeZone;
  standing.textContent = shown.frozen ? "frozen" : "running";
  standing.className = `chip ${shown.frozen ? "off" : "good"}`;
  toggle.textContent = shown.frozen ? "Let it run" : "Freeze";
  next.disabled = !shown.next;
  nextWords.textContent = shown.next ? relative(shown.next, now()) : "nothing waits";
  if (document.activeElement !== to && (!to.value || fromLocalInput(to.value) < now())) {
    to.value = localInput(now());
  }
  to.min = localInput(now());
}
