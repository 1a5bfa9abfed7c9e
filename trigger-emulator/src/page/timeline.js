// Actions on an axis around the event's date.

import { chip, h, link } from "./dom.js";
import { ago, moving } from "./clock.js";
import { full, offset, span, time } from "./time.js";

const WORDS = { ran: "ran", pending: "will run", canceled: "canceled", skipped: "skipped", failed: "failed" };

const place = (at, [from, to]) => ((at - from) / (to - from || 1)) * 100;
const clamp = (value) => Math.min(100, Math.max(0, value));

// From the first time to the last, with some room around.
function domainOf(times) {
  const from = Math.min(...times);
  const to = Math.max(...times);
  const room = (to - from) * 0.06 || 3600_000;
  return [from - room, to + room];
}

function at(element, percent) {
  // Through the object model: a policy without inline styles lets scripts of the page's own do this.
  element.style.left = `${clamp(percent)}%`;
  return element;
}

const words = (action, zone) =>
  `${action.name} ${WORDS[action.outcome]}${action.at ? ` ${full(action.at, zone)}` : ", at no time that is known"}`;

function track(activation, domain, origin, zone) {
  const marks = activation.actions.filter((action) => action.at).map((action) => {
    const mark = h("span", { class: `mark ${action.outcome}`, title: words(action, zone) });
    return at(mark, place(new Date(action.at) - origin, domain));
  });
  const placeOf = (now) => place(new Date(now) - origin, domain);
  const goneBy = moving(h("span", { class: "gone-by" }), (it, now) => (it.style.width = `${clamp(placeOf(now))}%`));
  const tick = moving(h("span", { class: "tick now" }), (it, now) => {
    const percent = placeOf(now);
    it.hidden = percent < 0 || percent > 100;
    at(it, percent);
  });
  return h("div", {
    class: "track", role: "img",
    "aria-label": activation.actions.map((action) => words(action, zone)).join("; ") || "no actions",
  },
    goneBy,
    at(h("span", { class: "tick date" }), place(0, domain)),
    tick,
    marks);
}

// A word on the axis, which goes beyond neither of its ends.
function label(text, percent, kind, element = h("span")) {
  const side = percent > 75 ? "left" : percent < 12 ? "right" : "middle";
  element.className = `label ${kind} ${side}`;
  element.textContent = text;
  return at(element, percent);
}

function axis(domain, origin, dateWords) {
  const dated = place(0, domain);
  const nowLabel = moving(h("span"), (element, now) => {
    const percent = place(new Date(now) - origin, domain);
    const isNear = Math.abs(clamp(percent) - dated) < 18;
    label(percent < 0 ? "◂ now" : percent > 100 ? "now ▸" : "now", percent, isNear ? "now low" : "now", element);
  });
  return h("div", { class: "axis", "aria-hidden": "true" },
    label(dateWords, dated, "date"),
    nowLabel);
}

function actionList(activation, { date, zone }) {
  return h("ul", { class: "actions" }, activation.actions.map((action) => {
    const isOff = action.outcome === "canceled" || action.outcome === "skipped" || action.outcome === "failed";
    const name = isOff ? h("s", {}, action.name) : h("span", {}, action.name);
    const when = action.at
      ? [time(action.at, zone), " (", action.outcome === "pending" ? ago(action.at) : offset(action.at, date, zone), ")"]
      : "no time";
    return h("li", { class: action.outcome },
      h("span", { class: `mark ${action.outcome}`, "aria-hidden": "true" }),
      h("strong", {}, name), " ",
      h("span", { class: "words" }, WORDS[action.outcome], " ", isOff ? h("s", {}, when) : when),
      isOff && activation.reason && [" ", chip("off", activation.reason)],
      action.posted && h("span", { class: "words" }, ` posted: ${action.posted}`),
      action.postedAgainAt && h("span", { class: "words" }, ", again ", ago(action.postedAgainAt)));
  }));
}

// One event: a lane for each automation, all on one axis.
export function ofEvent(event) {
  const zone = event.timeZone;
  const date = event.date ?? event.at;
  const origin = new Date(date).getTime();
  const times = event.activations.flatMap((it) => it.actions.map((action) => action.at)).filter(Boolean);
  const domain = domainOf([0, ...times.map((time) => new Date(time) - origin)]);
  const lanes = event.activations.map((activation) => {
    const to = `#/automations/${encodeURIComponent(activation.triggerKey)}/${encodeURIComponent(activation.automation)}`;
    return h("li", { class: "lane" },
      h("h3", {}, link(to, activation.automation), " ", chip(activation.state)),
      track(activation, domain, origin, zone),
      h("p", { class: "why" }, readable(activation.why, zone)),
      actionList(activation, { date, zone }));
  });
  const words = `${event.date ? "date" : "reported"} ${full(date, zone)}`;
  return h("div", { class: "timeline" }, axis(domain, origin, words), h("ol", { class: "lanes" }, lanes));
}

// One automation: a lane for each event, each on its own date.
export function ofAutomation(lanes) {
  const originOf = (lane) => new Date(lane.date ?? lane.reportedAt).getTime();
  const offsets = lanes.flatMap((lane) =>
    lane.actions.filter((action) => action.at).map((action) => new Date(action.at) - originOf(lane)));
  const domain = domainOf([0, ...offsets]);
  const items = lanes.map((lane) => {
    const zone = lane.timeZone;
    const date = lane.date ?? lane.reportedAt;
    return h("li", { class: "lane" },
      h("h3", {}, link(`#/events/${lane.event}`, `Event ${lane.event}`), " ", chip(lane.state), " ",
        h("span", { class: "words" }, lane.date ? "date " : "reported ", time(date, zone), lane.externalEntityId && [" ", h("code", {}, lane.externalEntityId)])),
      track(lane, domain, originOf(lane), zone),
      h("p", { class: "why" }, readable(lane.why, zone)),
      actionList(lane, { date, zone }));
  });
  const isDated = lanes.some((lane) => lane.date);
  const dated = place(0, domain);
  const ends = h("div", { class: "axis relative", "aria-hidden": "true" },
    dated > 25 && label(edge(domain[0]), 0, ""),
    label(isDated ? "the event's date" : "reported", dated, "date"),
    dated < 75 && label(edge(domain[1]), 100, ""));
  return h("div", { class: "timeline" }, ends, h("ol", { class: "lanes" }, items));
}

const edge = (by) => `${by < 0 ? "−" : "+"}${span(by)}`;

const NAME_VALUE_OR_TIME = /(`[^`]*`)|("(?:\\.|[^"\\])*(?:"|$))|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

// A sentence of the emulator's, its times in the zone, and names of properties as such. A quoted value
// of a payload stays as it is.
export function readable(text, zone) {
  return text.split(NAME_VALUE_OR_TIME).map((part, index) => {
    if (index % 4 === 1 && part) return h("code", {}, part.slice(1, -1));
    return index % 4 === 3 && part ? full(part, zone) : part;
  });
}

export function legend() {
  const entry = (kind, text) => h("li", {}, h("span", { class: `mark ${kind}`, "aria-hidden": "true" }), text);
  return h("ul", { class: "legend" }, entry("ran", "ran"), entry("pending", "will run"), entry("canceled", "canceled"), entry("skipped", "skipped or failed"));
}

