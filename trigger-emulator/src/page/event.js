// One event, opened: what was sent, what was checked, and what became of it.

import { button, chip, code, copy, copyButton, fill, h, indented, json, link, refill, toast, turns } from "./dom.js";
import { curl, post, REPORT, reportOf } from "./api.js";
import { askToCancel } from "./cancel.js";
import { legend, ofEvent, readable } from "./timeline.js";
import { full, time } from "./time.js";

let current;
let shownAs;
const takeTurn = turns();

export function close() {
  takeTurn();
  current = shownAs = undefined;
}

export async function show(element, id, { back, send }) {
  const isLast = takeTurn();
  let row;
  try {
    row = await post("row", { id });
    if (!isLast()) return;
  } catch (error) {
    if (!isLast()) return;
    if (error.status === 0) throw error;
    close();
    fill(element, h("div", { class: "empty" },
      h("h2", {}, "This event is not there"),
      h("p", {}, "The emulator has been started anew since, or has forgotten it: it remembers what is under way and so many lines of history."),
      h("p", {}, link(back(), "Back to all events"))));
    return;
  }
  const as = json(row);
  if (shownAs === as && element.firstChild) return;
  const isSame = current?.id === row.id;
  current = row;
  shownAs = as;
  (isSame ? refill : fill)(element, ...parts(row, back, send));
  if (!isSame) element.scrollTop = 0;
}

// A bulk report has payloads, and no one of them was refused.
const canBeSent = (row) =>
  (!row.refused || row.refused.call === "report") && row.appId !== null && row.instanceId !== null && typeof row.payload === "object" && row.payload !== null;

function parts(row, back, send) {
  const isSent = canBeSent(row);
  const app = { appId: row.appId, instanceId: row.instanceId };
  const isPayload = row.payload !== undefined && row.payload !== null && (!row.refused || typeof row.payload === "object");
  const words = isPayload ? "Payload" : "What was sent";
  const text = isPayload && row.payloadText ? indented(row.payloadText) : textOf(row.payload ?? row.sent ?? null);
  return [
    h("p", { class: "crumbs" }, link(back(), "← All events")),
    h("div", { class: "title" },
      h("h2", {}, `${row.refused ? `Refused ${row.refused.call}` : "Event"} ${row.id}`), " ",
      row.refused && chip("REFUSED")),
    h("dl", { class: "facts" },
      fact("Trigger", row.triggerKey ? link(`#/triggers/${encodeURIComponent(row.triggerKey)}`, row.triggerKey) : "none"),
      fact("Entity", row.externalEntityId ? code(row.externalEntityId) : row.refused ? "none" : "none: it cannot be canceled"),
      fact("Reported", time(row.at, row.timeZone), ` ${row.timeZone}`),
      !row.refused && row.date && fact("Date", time(row.date, row.timeZone)),
      row.appId && fact("App and site", code(row.appId), " ", code(row.instanceId))),
    h("div", { class: "buttons" },
      isSent && button("Send again", () => again(send), { "aria-keyshortcuts": "r" }),
      isSent && link(`#/send/${encodeURIComponent(row.triggerKey)}?from=${row.id}`, "Edit and send again", { class: "button" }),
      isSent && button("Copy as curl", () => copy(curl(app, REPORT, reportOf(row)))),
      !row.refused && row.externalEntityId && button("Cancel…", () => askToCancel(row), { class: "danger" }),
      button("Copy link", () => copy(location.href))),
    row.why && h("p", { class: `banner ${row.refused ? "bad" : ""}` }, readable(row.why, row.timeZone)),
    row.activations.length > 0 && h("section", {}, h("h2", {}, "Timeline"), legend(), ofEvent(row)),
    h("section", {}, h("h2", {}, "Checks"), checks(row)),
    h("section", {},
      h("h2", {}, words, " ", copyButton(text, isPayload ? "the payload" : "what was sent")),
      cut(words, text)),
    row.refused && h("section", {}, h("h2", {}, "Answer"),
      h("pre", { tabindex: "0", "aria-label": "Answer" }, json({ message: row.refused.message, details: row.refused.details }))),
    row.repeats.length > 0 && h("section", {}, h("h2", {}, "Reports that were ignored"),
      h("ul", {}, row.repeats.map((it) => h("li", {}, time(it.at, row.timeZone),
        it.differs.length ? [" had the same idempotency key and was another event; it differs in ", it.differs.join(", ")] : " had the same idempotency key")))),
    row.activations.length > 0 && h("section", {}, h("h2", {}, "Activations"), row.activations.map((it) => activation(it, row.timeZone))),
  ];
}

const MOST_SHOWN = 65_536;

// A long text takes the browser long to lay out: its start, until all of it is asked for.
function cut(words, text) {
  const pre = h("pre", { tabindex: "0", "aria-label": words }, text.slice(0, MOST_SHOWN));
  const all = button("Show all of it", () => {
    pre.textContent = text;
    pre.focus();
    all.remove();
  }, { class: "small" });
  return [pre, text.length > MOST_SHOWN && all];
}

const textOf = (value) => (typeof value === "string" ? value : json(value));

const fact = (name, ...value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

function checks(row) {
  const SIGNS = { passed: "✓", failed: "✗", noted: "!", "not reached": "–" };
  return h("ul", { class: "checks" }, row.checks.map(({ name, outcome, words }) =>
    h("li", { class: outcome.replace(" ", "-") },
      h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[outcome]),
      h("strong", {}, name), " ", h("span", { class: "hidden" }, `${outcome}: `),
      h("span", { class: "words" }, words ? readable(words, row.timeZone) : "not reached"))));
}

function activation(it, zone) {
  return h("details", {},
    h("summary", {}, it.automation, " ", chip(it.state), " ", h("span", { class: "words" }, it.reason ?? "")),
    h("p", {}, "Activation ", code(it.id), " ", copyButton(it.id, "the activation id")),
    h("ol", { class: "history" }, it.history.map((line) => h("li", {}, time(line.at, zone, full(line.at, zone)), " ", line.words))));
}

let isSending = false;
export async function again(send) {
  if (isSending) return;
  if (!current) return toast("Open an event first: j moves down the list.");
  if (!canBeSent(current)) {
    return toast("This cannot be sent again: it is no report of one event, had no token that is known, or no JSON.", "bad");
  }
  isSending = true;
  try {
    const id = await send(current);
    toast("Sent again.", "good", id !== undefined ? `#/events/${id}` : undefined);
  } catch (error) {
    toast(error.status ? `It was not taken: ${error.message}.` : `It may have been taken or not: ${error.message}.`, "bad");
  }
  isSending = false;
}
