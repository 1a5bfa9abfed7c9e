// Actions on an axis around the event's date.

import { chip, h, link } from "./dom.js";
import { full, offset, relative, span, time } from "./time.js";

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

function track(activation, domain, origin, now, zone) {
  const marks = activation.actions.filter((action) => action.at).map((action) => {
    const mark = h("span", { class: `mark ${action.outcome}`, title: words(action, zone) });
    return at(mark, place(new Date(action.at) - origin, domain));
  });
  const nowPlace = place(new Date(now) - origin, domain);
  const isInside = nowPlace >= 0 && nowPlace <= 100;
  const goneBy = h("span", { class: "gone-by" });
  goneBy.style.width = `${clamp(nowPlace)}%`;
  return h("div", {
    class: "track", role: "img",
    "aria-label": activation.actions.map((action) => words(action, zone)).join("; ") || "no actions",
  },
    goneBy,
    at(h("span", { class: "tick date" }), place(0, domain)),
    isInside && at(h("span", { class: "tick now" }), nowPlace),
    marks);
}

// A word on the axis, which goes beyond neither of its ends.
function label(text, percent, kind) {
  const side = percent > 75 ? "left" : percent < 12 ? "right" : "middle";
  return at(h("span", { class: `label ${kind} ${side}` }, text), percent);
}

function axis(domain, origin, now, dateWords) {
  const nowPlace = place(new Date(now) - origin, domain);
  const dated = place(0, domain);
  const isNear = Math.abs(clamp(nowPlace) - dated) < 18;
  const edge = nowPlace < 0 ? "◂ now" : nowPlace > 100 ? "now ▸" : "now";
  return h("div", { class: "axis", "aria-hidden": "true" },
    label(dateWords, dated, "date"),
    label(edge, nowPlace, isNear ? "now low" : "now"));
}

export function actionList(activation, { date, now, zone }) {
  return h("ul", { class: "actions" }, activation.actions.map((action) => {
    const isOff = action.outcome === "canceled" || action.outcome === "skipped" || action.outcome === "failed";
    const name = isOff ? h("s", {}, action.name) : h("span", {}, action.name);
    const when = action.at
      ? [time(action.at, zone), ` (${action.outcome === "pending" ? relative(action.at, now) : offset(action.at, date)})`]
      : "no time";
    return h("li", { class: action.outcome },
      h("span", { class: `mark ${action.outcome}`, "aria-hidden": "true" }),
      h("strong", {}, name), " ",
      h("span", { class: "words" }, WORDS[action.outcome], " ", isOff ? h("s", {}, when) : when),
      isOff && activation.reason && [" ", chip("off", activation.reason)],
      action.posted && h("span", { class: "words" }, ` posted: ${action.posted}`),
      action.postedAgainAt && h("span", { class: "words" }, `, again ${relative(action.postedAgainAt, now)}`));
  }));
}

// One event: a lane for each automation, all on one axis.
export function ofEvent(event, now) {
  const zone = event.timeZone;
  const date = event.date ?? event.at;
  const origin = new Date(date).getTime();
  const times = event.activations.flatMap((it) => it.actions.map((action) => action.at)).filter(Boolean);
  const domain = domainOf([0, ...times.map((time) => new Date(time) - origin)]);
  const lanes = event.activations.map((activation) => {
    const to = `#/automations/${encodeURIComponent(activation.triggerKey)}/${encodeURIComponent(activation.automation)}`;
    return h("li", { class: "lane" },
      h("h3", {}, link(to, activation.automation), " ", chip(activation.state)),
      track(activation, domain, origin, now, zone),
      h("p", { class: "why" }, readable(activation.why, zone)),
      actionList(activation, { date, now, zone }));
  });
  const words = `${event.date ? "date" : "reported"} ${full(date, zone)}`;
  return h("div", { class: "timeline" }, axis(domain, origin, now, words), h("ol", { class: "lanes" }, lanes));
}

// One automation: a lane for each event, each on its own date.
export function ofAutomation(lanes, now) {
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
      track(lane, domain, originOf(lane), now, zone),
      h("p", { class: "why" }, readable(lane.why, zone)),
      actionList(lane, { date, now, zone }));
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

const TIMESTAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

// A sentence of the emulator's, its times in the zone, and names of properties as such.
export function readable(text, zone) {
  const sentence = text.replace(TIMESTAMP, (stamp) => full(stamp, zone));
  return sentence.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : part));
}

export function legend() {
  const entry = (kind, text) => h("li", {}, h("span", { class: `mark ${kind}`, "aria-hidden": "true" }), text);
  return h("ul", { class: "legend" }, entry("ran", "ran"), entry("pending", "will run"), entry("canceled", "canceled"), entry("skipped", "skipped or failed"));
}

