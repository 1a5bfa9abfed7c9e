// The clock: what it shows, and how it is turned.

import { button, fill, h, field, toast, turnOff } from "./dom.js";
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

// What shows how the time stands: it moves as the clock does, and all around it stays.
export function moving(element, move) {
  element.dataset.moves = "";
  element.move = () => move(element, now());
  element.move();
  return element;
}

export const ago = (at) => moving(h("span"), (element, now) => (element.textContent = relative(at, now)));

async function turn(body) {
  if (isTurning) return false;
  isTurning = true;
  controls.forEach((control) => turnOff(control, true));
  try {
    take(await post("clock", body));
    return true;
  } catch (error) {
    toast(`The clock was not turned: ${error.message}.`, "bad");
    return false;
  } finally {
    isTurning = false;
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
let isTurning = false;
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
  controls.forEach((control) => turnOff(control, isTurning || control === next && !shown.next));
  nextWords.textContent = shown.next ? relative(shown.next, now()) : "nothing waits";
  // Up to the next minute: a clock is not turned back.
  const soonest = localInput(Math.ceil(new Date(now()) / 60_000) * 60_000);
  if (document.activeElement !== to && (!to.value || to.value < soonest)) to.value = soonest;
  to.min = soonest;
  document.querySelectorAll("[data-moves]").forEach((it) => it.move());
}
