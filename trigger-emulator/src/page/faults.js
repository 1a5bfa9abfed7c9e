// What goes wrong with calls of the app, on demand.

import { button, chip, code, field, fill, h, refill, select, toast } from "./dom.js";
import { call, get, post, world } from "./api.js";

const PRESETS = [
  ["Wix is unavailable", "answers 503", { status: 503 }],
  ["Wix fails", "answers 500", { status: 500 }],
  ["Too many calls", "answers 429", { status: 429 }],
  ["Slow", "taken at once, answered 2 s later", { delay: "2000ms" }],
  ["Cut before", "the connection is cut, nothing is taken", { cut: "before" }],
  ["Cut after", "taken, and the answer is lost", { cut: "after" }],
  ["Expired token", "answers 401, a new token helps", { expiredToken: true }],
  ["Half of a bulk call", "every second item fails", { items: 0.5 }],
];

const KINDS = {
  status: ["Answers with this status", "503", (value) => ({ status: Number(value) })],
  delay: ["Answers so much later", "2s", (value) => ({ delay: value })],
  items: ["This share of a bulk call's items fails", "0.3", (value) => ({ items: Number(value) })],
  before: ["Cut, and not taken", "", () => ({ cut: "before" })],
  after: ["Taken, and cut", "", () => ({ cut: "after" })],
  expired: ["Its token has expired", "", () => ({ expiredToken: true })],
};

let parts;

export async function show(element) {
  parts = { presets: h("ul", { class: "presets" }), list: h("div", {}) };
  fill(element,
    h("div", { class: "title" }, h("h1", {}, "Faults")),
    h("p", { class: "lead" }, "What calls meet that report or cancel events, those of this page included. Of several, a call meets the first that strikes it."),
    h("section", {}, h("h2", {}, "On and off"), parts.presets),
    h("section", {}, h("h2", {}, "In force"), parts.list),
    h("section", {}, h("h2", {}, "Another one"), another()));
  await refresh();
}

export async function refresh() {
  const mine = parts;
  const faults = await get("faults");
  if (mine === parts) showAll(faults);
}

const isAlike = (fault, wanted) =>
  Object.entries(wanted).every(([name, value]) => fault[name] === value) && !fault.triggerKey && fault.times === null && fault.probability === null;

let shownAs;
function showAll(faults) {
  const as = JSON.stringify(faults);
  if (as === shownAs && parts.presets.firstChild) return;
  shownAs = as;
  refill(parts.presets, PRESETS.map(([name, words, wanted]) => {
    const place = faults.findIndex((fault) => isAlike(fault, wanted));
    const isOn = place >= 0;
    const toggle = button(isOn ? "on" : "off", () => change(isOn ? remove(place) : inject(wanted)),
      { role: "switch", "aria-checked": String(isOn), "aria-label": `${name}: ${words}` });
    return h("li", {}, toggle, h("span", {}, h("strong", {}, name), h("span", { class: "words" }, words)));
  }));
  refill(parts.list, faults.length === 0
    ? h("p", { class: "hint" }, "None: every call is answered as Wix would.")
    : [h("ul", { class: "in-force" }, faults.map((fault, place) => h("li", {}, described(fault), " ",
        chip("off", `struck ${fault.struck}×`), " ",
        button("Turn off", () => change(remove(place)), { class: "small", "aria-label": `Turn off ${what(fault)}` })))),
      button("Turn all off", () => change(call("DELETE", "/_emulator/faults")))]);
}

const what = (fault) => {
  const name = ["status", "delay", "cut", "items", "expiredToken"].find((it) => it in fault);
  return name === "expiredToken" ? "expired token" : `${name} ${fault[name]}`;
};

function described(fault) {
  const { triggerKey, times, probability, seed } = fault;
  return [code(what(fault)), triggerKey && [" of ", code(triggerKey)], times !== null && ` for ${times} more`,
    probability !== null && ` with probability ${probability} (seed ${seed})`];
}

const inject = (fault) => post("faults", fault);
const remove = (place) => call("DELETE", `/_emulator/faults/${place}`);

async function change(asked) {
  try {
    showAll(await asked);
    return true;
  } catch (error) {
    toast(`Not done: ${error.message}.`, "bad");
    return false;
  }
}

function another() {
  const kind = select(Object.entries(KINDS).map(([name, [text]]) => [name, text]), "status", { onchange: fit });
  const value = h("input", { type: "text", value: "503" });
  const trigger = select([["", "all triggers"], ...world.triggers.map((it) => [it.key, it.key])], "");
  const times = h("input", { type: "number", min: 1, placeholder: "every call" });
  const probability = h("input", { type: "number", min: 0, max: 1, step: "any", placeholder: "always" });
  const seed = h("input", { type: "number", min: 0, placeholder: "0" });
  function fit() {
    value.value = KINDS[kind.value][1];
    value.disabled = !value.value;
  }
  async function add(event) {
    event.preventDefault();
    const fault = KINDS[kind.value][2](value.value.trim());
    if (trigger.value) fault.triggerKey = trigger.value;
    if (times.value) fault.times = Number(times.value);
    if (probability.value) fault.probability = Number(probability.value);
    if (seed.value) fault.seed = Number(seed.value);
    await change(inject(fault));
  }
  return h("form", { class: "grid", onsubmit: add },
    field("What", kind), field("Value", value), field("Trigger", trigger), field("Times", times),
    field("Probability", probability), field("Seed", seed),
    h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, "Turn on")));
}
