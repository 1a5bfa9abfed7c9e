// One event, opened: what was sent, what was checked, and what became of it.

import { button, chip, code, copy, copyButton, fill, h, json, link, toast } from "./dom.js";
import { curl, post, REPORT } from "./api.js";
import * as clock from "./clock.js";
import { askToCancel } from "./cancel.js";
import { legend, ofEvent, readable } from "./timeline.js";
import { full, time } from "./time.js";

let current;
let shownAs;

export function close() {
  current = shownAs = undefined;
}

export async function show(element, id, { back, send }) {
  let row;
  try {
    row = await post("row", { id });
  } catch (error) {
    if (error.status === 0) throw error;
    close();
    fill(element, h("div", { class: "empty" },
      h("h2", {}, "This event is not there"),
      h("p", {}, "The emulator has been started anew since, or has forgotten it: it remembers what is under way and so many lines of history."),
      h("p", {}, link(back(), "Back to all events"))));
    return;
  }
  const as = json(row) + clock.now();
  if (shownAs === as && element.firstChild) return;
  const isSame = current?.id === row.id;
  const unfolded = isSame ? [...element.querySelectorAll("details")].map((it) => it.open) : [];
  const focused = isSame && element.contains(document.activeElement) ? document.activeElement.dataset.name : undefined;
  current = row;
  shownAs = as;
  fill(element, ...parts(row, back, send));
  element.querySelectorAll("details").forEach((it, place) => (it.open = unfolded[place] ?? it.open));
  if (focused) element.querySelector(`[data-name="${focused}"]`)?.focus({ preventScroll: true });
  if (!isSame) element.scrollTop = 0;
}

function parts(row, back, send) {
  const isReport = !row.refused || row.refused.call.endsWith("report");
  const isSent = isReport && row.appId !== null && row.instanceId !== null && typeof row.payload === "object";
  const app = { appId: row.appId, instanceId: row.instanceId };
  const name = (text) => ({ "data-name": text });
  const body = { triggerKey: row.triggerKey, payload: row.payload, externalEntityId: row.externalEntityId ?? undefined };
  return [
    h("p", { class: "crumbs" }, link(back(), "← All events", name("back"))),
    h("div", { class: "title" },
      h("h2", {}, `${row.refused ? `Refused ${row.refused.call}` : "Event"} ${row.id}`), " ",
      row.refused && chip("REFUSED")),
    h("dl", { class: "facts" },
      fact("Trigger", row.triggerKey ? link(`#/triggers/${encodeURIComponent(row.triggerKey)}`, row.triggerKey, name("trigger")) : "none"),
      fact("Entity", row.externalEntityId ? code(row.externalEntityId) : row.refused ? "none" : "none: it cannot be canceled"),
      fact("Reported", time(row.at, row.timeZone), ` ${row.timeZone}`),
      !row.refused && row.date && fact("Date", time(row.date, row.timeZone)),
      row.appId && fact("App and site", code(row.appId), " ", code(row.instanceId))),
    h("div", { class: "buttons" },
      isSent && button("Send again", () => again(send), { ...name("again"), "aria-keyshortcuts": "r" }),
      isSent && link(`#/send/${encodeURIComponent(row.triggerKey)}?from=${row.id}`, "Edit and send again", { class: "button", ...name("edit") }),
      isSent && button("Copy as curl", () => copy(curl(app, REPORT, body)), name("curl")),
      !row.refused && row.externalEntityId && button("Cancel…", () => askToCancel(row), { class: "danger", ...name("cancel") }),
      button("Copy link", () => copy(location.href), name("link"))),
    row.why && h("p", { class: `banner ${row.refused ? "bad" : ""}` }, readable(row.why, row.timeZone)),
    row.activations.length > 0 && h("section", {}, h("h2", {}, "Timeline"), legend(), ofEvent(row, clock.now())),
    h("section", {}, h("h2", {}, "Checks"), checks(row)),
    h("section", {},
      h("h2", {}, row.refused && typeof row.payload !== "object" ? "What was sent" : "Payload ", copyButton(json(row.payload), "the payload")),
      h("pre", { tabindex: "0", "aria-label": "Payload" }, typeof row.payload === "string" ? row.payload : json(row.payload))),
    row.refused && h("section", {}, h("h2", {}, "Answer"),
      h("pre", { tabindex: "0", "aria-label": "Answer" }, json({ message: row.refused.message, details: row.refused.details }))),
    row.repeats.length > 0 && h("section", {}, h("h2", {}, "Reports that were ignored"),
      h("ul", {}, row.repeats.map((it) => h("li", {}, time(it.at, row.timeZone),
        it.differs.length ? [" had the same idempotency key and was another event; it differs in ", it.differs.join(", ")] : " had the same idempotency key")))),
    row.activations.length > 0 && h("section", {}, h("h2", {}, "Activations"), row.activations.map((it) => activation(it, row.timeZone))),
  ];
}

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

export async function again(send) {
  if (!current) return toast("Open an event first: j moves down the list.");
  const isReport = !current.refused || current.refused.call.endsWith("report");
  if (!isReport || current.appId === null || typeof current.payload !== "object") {
    return toast("This cannot be sent again: it is no report, had no token that is known, or no JSON.", "bad");
  }
  try {
    const id = await send(current);
    toast("Sent again.", "good", id !== undefined ? `#/events/${id}` : undefined);
  } catch (error) {
    toast(error.status ? `It was not taken: ${error.message}.` : `It may have been taken or not: ${error.message}.`, "bad");
  }
}
