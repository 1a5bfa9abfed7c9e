// The list of events, a window at a time, and the one that is open beside it.

import { button, chip, field, fill, h, json, link, select, short, turns } from "./dom.js";
import { callAs, post, REPORT, reportOf, rowOfAnswer, world } from "./api.js";
import * as clock from "./clock.js";
import { dateOf, dayOf, full, timeOf } from "./time.js";
import * as opened from "./event.js";

const PAGE = 100;
const STATES = ["SCHEDULED", "STARTED", "ENDED", "CANCELLED", "SKIPPED", "FAILED", "REFUSED", "REPEATED", "CONFLICT"];

let parts;
let filter = {};
// Where the windows begin that were left, the newest first: the last one is shown.
let starts = [null];
let shown = { rows: [], events: 0, refused: 0 };
let openId;
const takeTurn = turns();
// How many there were when the newest ones were looked at.
let known = 0;

export async function show(element, [id], query, isNew) {
  const wanted = Object.fromEntries(query);
  const isOther = json(wanted) !== json(filter);
  filter = wanted;
  openId = id;
  if (isNew) build(element);
  fillFilter();
  if (isOther) starts = [null];
  if (isNew || isOther) await load();
  mark();
  await open();
}

export async function refresh() {
  fillTriggers();
  await load();
  await open();
}

const hash = (id) => {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  const text = query.toString();
  return `#/events${id ? `/${id}` : ""}${text ? `?${text}` : ""}`;
};

function build(element) {
  const states = [["", "Any outcome"], ...STATES.map((it) => [it, it])];
  parts = {
    text: h("input", { type: "search", placeholder: "in the payload or the error", oninput: later }),
    trigger: select([], "", { onchange: changed }),
    state: select(states, "", { onchange: changed }),
    entity: h("input", { type: "search", placeholder: "external entity id", oninput: later }),
    body: h("tbody"),
    empty: h("div", { class: "empty", hidden: true }),
    count: h("p", { class: "count", role: "status" }),
    newer: button("Newest", () => go([null])),
    closer: button("Newer", () => go(starts.slice(0, -1))),
    older: button("Older", () => shown.next && go([...starts, shown.next])),
    detail: h("section", { class: "detail", "aria-label": "The open event", hidden: true }),
  };
  const head = h("tr", {}, ["Time", "Trigger", "Entity", "Outcome"].map((text) => h("th", { scope: "col" }, text)));
  const list = h("section", { class: "list", "aria-label": "Events" },
    h("form", { class: "filter", role: "search", onsubmit: (event) => event.preventDefault() },
      field("Text", parts.text), field("Trigger", parts.trigger), field("Outcome", parts.state), field("Entity", parts.entity)),
    h("div", { class: "pager" }, parts.count, parts.newer, parts.closer, parts.older),
    h("table", {}, h("thead", {}, head), parts.body),
    parts.empty);
  fill(element, h("h1", { class: "hidden" }, "Events"), list, parts.detail);
  fillTriggers();
}

function fillTriggers() {
  const { trigger } = parts;
  const keys = ["", ...world.triggers.map((it) => it.key)];
  if (json(keys) === trigger.dataset.keys) return;
  trigger.dataset.keys = json(keys);
  const { value } = trigger;
  fill(trigger, keys.map((key) => h("option", { value: key }, key || "All triggers")));
  trigger.value = value;
}

function fillFilter() {
  const { text, trigger, state, entity } = parts;
  for (const [control, value] of [[text, filter.text], [trigger, filter.trigger], [state, filter.state], [entity, filter.entity]]) {
    if (document.activeElement !== control || control.tagName === "SELECT") control.value = value ?? "";
  }
}

let waiting;
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(changed, 120);
}

function changed() {
  const { text, trigger, state, entity } = parts;
  const said = { text: text.value.trim(), trigger: trigger.value, state: state.value, entity: entity.value.trim() };
  filter = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  history.replaceState(null, "", hash(openId));
  return go([null]);
}

function go(to) {
  starts = to;
  return load().then(mark);
}

// One window. Where few events fit a filter, the emulator looks at so many at a time.
async function load() {
  const isLast = takeTurn();
  let before = starts.at(-1) ?? undefined;
  let rows = [];
  let window;
  do {
    window = await post("rows", {
      before, limit: PAGE - rows.length, triggerKey: filter.trigger, entity: filter.entity, state: filter.state, text: filter.text,
    });
    if (!isLast()) return;
    rows = rows.concat(window.rows);
    before = window.next ?? undefined;
    shown = { ...window, rows };
    if (before && rows.length < PAGE) render(true);
  } while (before && rows.length < PAGE);
  render(false);
}

function render(isSearching) {
  const { rows, events, refused } = shown;
  const focused = document.activeElement?.closest?.("tr")?.id;
  const kept = new Map([...parts.body.children].map((row) => [row.id, row]));
  const made = rows.map((row) => {
    const text = json(row) + dateOf(clock.now());
    const old = kept.get(`row-${row.id}`);
    if (old?.shows === text) return old;
    const element = rowOf(row);
    element.shows = text;
    return element;
  });
  const isSame = made.length === kept.size && made.every((row, place) => row === parts.body.children[place]);
  if (!isSame) parts.body.replaceChildren(...made);
  if (focused && !isSame) document.getElementById(focused)?.querySelector("a").focus({ preventScroll: true });
  mark();
  const isFirst = starts.length === 1;
  if (isFirst) known = events + refused;
  const more = events + refused - known;
  parts.newer.hidden = isFirst;
  parts.newer.textContent = more > 0 ? `Newest (${more.toLocaleString("en")} more)` : "Newest";
  parts.closer.hidden = starts.length < 3;
  parts.older.hidden = !shown.next;
  parts.empty.hidden = rows.length > 0 || isSearching;
  if (!parts.empty.hidden) showEmpty(events + refused);
  const all = `${events.toLocaleString("en")} event${events === 1 ? "" : "s"}`;
  const refusals = refused ? `, ${refused.toLocaleString("en")} refused` : "";
  parts.count.textContent = isSearching ? "Looking…" : `${rows.length} shown of ${all}${refusals}`;
}

function showEmpty(all) {
  if (all === 0) {
    fill(parts.empty,
      h("h2", {}, "Nothing was reported yet"),
      h("p", {}, link("#/send", "Send an event from here"), ", or have your app call ", h("code", {}, location.origin),
        " in the place of ", h("code", {}, "www.wixapis.com"), "."),
      h("p", {}, "It shows up here at once."));
    return;
  }
  fill(parts.empty,
    h("h2", {}, "No event fits this filter"),
    h("p", {}, button("Clear the filter", () => {
      for (const control of [parts.text, parts.trigger, parts.state, parts.entity]) control.value = "";
      return changed();
    })));
}

function rowOf(row) {
  const isToday = dateOf(row.at) === dateOf(clock.now());
  const when = h("a", { href: hash(row.id), onclick: (event) => (event.currentTarget.href = hash(row.id)) },
    h("time", { datetime: row.at, title: full(row.at) }, isToday ? timeOf(row.at) : `${dayOf(row.at, clock.now())}, ${timeOf(row.at)}`));
  return h("tr", { id: `row-${row.id}` },
    h("td", {}, when),
    h("td", {}, h("code", { title: row.triggerKey }, row.triggerKey || "unknown")),
    h("td", { class: "entity" }, h("code", { title: row.externalEntityId }, short(row.externalEntityId))),
    h("td", {}, outcome(row)));
}

function outcome(row) {
  if (row.refused) {
    const { call, status, code, fault } = row.refused;
    const what = call === "report" ? "" : `${call}: `;
    return [chip("REFUSED"), " ", h("span", { class: "words" }, what, fault ? "by a fault" : code ?? status)];
  }
  const states = Object.entries(row.states);
  return [
    states.map(([state, count]) => [chip(state, count > 1 ? `${count} ${state}` : state), " "]),
    states.length === 0 && h("span", { class: "words" }, "no automation "),
    row.repeats > 0 && [chip(row.conflict ? "CONFLICT" : "REPEATED", row.conflict ? "CONFLICT" : `repeated ${row.repeats}×`), " "],
    row.next && h("span", { class: "words" }, clock.ago(row.next)),
  ];
}

function mark() {
  for (const row of parts.body.children) {
    const isOpen = row.id === `row-${openId}`;
    row.classList.toggle("open", isOpen);
    const anchor = row.querySelector("a");
    isOpen ? anchor.setAttribute("aria-current", "true") : anchor.removeAttribute("aria-current");
  }
}

async function open() {
  parts.detail.hidden = !openId;
  parts.detail.parentElement.classList.toggle("has-detail", Boolean(openId));
  if (openId) await opened.show(parts.detail, openId, { back: () => hash(), send: sendAgain });
  else opened.close();
}

// What the keys do here.
export const actions = {
  filter: () => parts.text.focus(),
  move(by) {
    const ids = shown.rows.map((row) => row.id);
    const place = ids.indexOf(openId);
    const to = ids[place === -1 ? 0 : Math.min(Math.max(place + by, 0), ids.length - 1)];
    if (to === undefined) return;
    // The address is replaced: the way back leads out of the list, not through it.
    history[openId ? "replaceState" : "pushState"](null, "", hash(to));
    dispatchEvent(new Event("hashchange"));
    document.getElementById(`row-${to}`)?.scrollIntoView({ block: "nearest" });
  },
  again: () => opened.again(sendAgain),
  close: () => openId && (location.hash = hash()),
};

// Sends what was sent: the same payload and entity, and no idempotency key, which would have it ignored.
export async function sendAgain(event) {
  const app = { appId: event.appId, instanceId: event.instanceId };
  const { triggerKey, payload, payloadText, externalEntityId } = event;
  const answer = await callAs(app, REPORT, reportOf({ triggerKey, payload, payloadText, externalEntityId }));
  return (await rowOfAnswer(triggerKey, answer))?.id;
}
