// The automations, and the timeline of each.

import { chip, code, fill, h, json, link, refill, showCurrent, turns } from "./dom.js";
import { post, triggerOf, world } from "./api.js";
import { legend, ofAutomation } from "./timeline.js";

let element;
let asked;
let chosen;
let shownAs;
const takeTurn = turns();

const to = (it) => `#/automations/${encodeURIComponent(it.triggerKey)}/${encodeURIComponent(it.name)}`;

export async function show(main, [key, name]) {
  element = main;
  asked = key ? { triggerKey: key, name } : undefined;
  shownAs = undefined;
  await refresh();
}

// The same one may be set up as another one meanwhile.
function choose() {
  if (!asked) return world.automations[0];
  const { triggerKey, name } = asked;
  // One that is edited or gone may have done something all the same.
  return world.automations.find((it) => it.triggerKey === triggerKey && it.name === name)
    ?? { name, triggerKey, steps: [], filters: [], isGone: true };
}

export async function refresh() {
  const isLast = takeTurn();
  chosen = choose();
  if (!chosen?.name) return fill(element, nothing());
  const { lanes, more } = await post("lanes", { triggerKey: chosen.triggerKey, automation: chosen.name });
  const as = json([lanes, chosen, world.automations]);
  if (!isLast() || as === shownAs) return;
  const isNew = !shownAs;
  shownAs = as;
  const list = h("nav", { class: "side", "aria-label": "Automations" },
    h("ul", {}, world.automations.map((it) => h("li", {},
      link(to(it), [h("span", {}, it.name), code(it.triggerKey), it.isActive === false && h("small", {}, " inactive")], { "aria-current": it === chosen && "page" })))));
  (isNew ? fill : refill)(element, list, h("article", {}, one(lanes, more)));
  if (isNew) showCurrent(list);
}

const nothing = () => h("div", { class: "empty" }, h("h1", {}, "There are no automations"),
  h("p", {}, "Each trigger has one that acts at once, or at the event's date, until you set up others in the configuration."));

function one(lanes, more) {
  const waits = lanes.filter((lane) => lane.actions.some((action) => action.outcome === "pending")).length;
  return [
    h("div", { class: "title" }, h("h1", {}, chosen.name), " ", chosen.isGone && chip("off", "not active any more"), chosen.isActive === false && chip("off", "inactive")),
    h("p", { class: "lead" }, ...sentence(chosen)),
    h("section", {}, h("h2", {}, "Timeline"),
      lanes.length > 0 && h("p", { class: "hint" }, `${more ? "The last " : ""}${lanes.length} activation${lanes.length === 1 ? "" : "s"}, ${waits} of them with actions to come.`),
      lanes.length > 0 ? [legend(), ofAutomation(lanes)]
        : h("div", { class: "empty" }, h("h3", {}, "It has not been activated"),
          h("p", {}, link(`#/send/${encodeURIComponent(chosen.triggerKey)}`, "Send an event"), " of its trigger."))),
  ];
}

// What it does, as one would tell it.
function sentence(it) {
  const date = triggerOf(it.triggerKey)?.scheduledAt;
  const isEarly = it.before && it.before !== "PT0S";
  const start = date ? [isEarly ? `${spanWords(it.before)} before ` : "At ", code(date)] : ["At once"];
  const of = [" for each event of ", link(`#/triggers/${encodeURIComponent(it.triggerKey)}`, it.triggerKey)];
  const filters = it.filters.flatMap((filter, place) =>
    [place ? " and " : " whose ", code(filter.property), " is ", filter.values.map((value) => JSON.stringify(value)).join(" or ")]);
  const steps = it.steps.map((step) => (step.delay !== undefined
    ? [" → wait ", spanWords(step.delay)]
    : [" → ", h("strong", {}, step.action), step.post && [" (posts to ", code(step.post), ")"]]));
  return it.isGone ? ["It is not among the automations that are set up now."] : [...start, ...of, ...filters, ":", ...steps];
}

// ISO 8601 as words: `P1DT12H` is 1 day 12 hours.
function spanWords(text) {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  if (!found) return text;
  const names = ["year", "month", "week", "day", "hour", "minute", "second"];
  const words = names.map((name, place) => found[place + 1] && `${found[place + 1]} ${name}${found[place + 1] === "1" ? "" : "s"}`);
  return words.filter(Boolean).join(" ") || "nothing";
}
