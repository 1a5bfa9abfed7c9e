// A report or a cancel, sent as an app would.

import { button, code, copy, field, fill, h, indented, json, link, select, toast, turns } from "./dom.js";
import { callAs, curl, post, REPORT, reportOf, rowOfAnswer, senders, triggerOf, world } from "./api.js";
import { askToCancel } from "./cancel.js";
import { examples, fits, form } from "./fields.js";

let element;
let state;
const takeTurn = turns();

export async function show(main, [key], query) {
  element = main;
  const isLast = takeTurn();
  const from = query.get("from");
  const trigger = triggerOf(key) ?? (key ? undefined : world.triggers[0]);
  if (!trigger) return fill(element, nothing(key));
  const earlier = from && (await post("row", { id: from }).catch(() => undefined));
  if (!isLast()) return;
  if (from && !earlier) toast(`Event ${from} is not remembered; the form has the examples.`, "bad");
  const payload = earlier ? earlier.payload ?? {} : examples(trigger);
  const entity = earlier ? earlier.externalEntityId : payload[trigger.entityId?.property];
  state = {
    trigger, payload,
    text: earlier?.payloadText ? indented(earlier.payloadText) : json(payload),
    asText: !fits(trigger, payload),
    entity: typeof entity === "string" ? entity : earlier || trigger.entityId === null ? "" : crypto.randomUUID?.() ?? "",
    ...senderOf(trigger, earlier),
  };
  build();
}

const nothing = (key) => h("div", { class: "empty" },
  h("h1", {}, "There is no such trigger"),
  h("p", {}, code(key), " has no payload schema here. ", link("#/send", "Choose another one"), "."));

function senderOf(trigger, earlier) {
  const all = senders(trigger.key);
  if (!earlier?.appId || !earlier.instanceId) return { all, app: all[0] };
  const { appId, instanceId, timeZone } = earlier;
  const known = all.find((it) => it.appId === appId && it.instanceId === instanceId);
  // One that is not configured may have sent it all the same: it is sent as the same one.
  const app = known ?? { appId, instanceId, timeZone };
  return { all: known ? all : [app, ...all], app };
}

function build() {
  const { trigger, all } = state;
  const names = world.triggers.map((it) => [it.key, `${it.name} (${it.key})`]);
  const choose = select(names, trigger.key, { onchange: () => (location.hash = `#/send/${encodeURIComponent(choose.value)}`) });
  const sites = all.map((it, place) => [place, `${it.appId}, site ${it.instanceId}`]);
  const site = select(sites, Math.max(all.indexOf(state.app), 0), { onchange: () => (state.app = all[site.value]) });
  const body = h("fieldset", {});
  state.entityInput = h("input", { type: "text", value: state.entity, spellcheck: "false" });
  state.keyInput = h("input", { type: "text", maxlength: 80 });
  state.answer = h("section", { class: "answer", "aria-label": "Answer", role: "status" });
  const way = button("", () => {
    const text = read();
    if (text === undefined) return;
    state.text = indented(text);
    state.payload = JSON.parse(text);
    state.asText = !state.asText;
    fillPayload(body, way);
  }, { class: "small" });
  fill(element,
    h("div", { class: "title" }, h("h1", {}, "Send an event")),
    h("form", { class: "send", onsubmit: (event) => (event.preventDefault(), report()) },
      field("Trigger", choose),
      all.length === 0 && h("p", { class: "banner bad" }, "No app of the configuration may report this trigger: add it to the ", code("triggers"), " of an app."),
      all.length > 0 && field("App and site", site),
      body,
      field("External entity id", state.entityInput, "A GUID, by which the event can be canceled. May be empty."),
      field("Idempotency key", state.keyInput, "Optional. A report with a key that was used before is ignored."),
      h("div", { class: "buttons sticky" },
        h("button", { type: "submit", class: "primary", id: "report" }, "Report"),
        button("Cancel…", cancel, { class: "danger" }),
        button("Copy as curl", () => { const asked = request(); return asked && state.app && copy(curl(state.app, REPORT, reportOf(asked))); }),
        way)),
    state.answer);
  fillPayload(body, way);
}

function fillPayload(body, way) {
  const { trigger, payload } = state;
  if (state.asText && typeof payload === "object" || !fits(trigger, payload)) {
    const text = h("textarea", { rows: 16, spellcheck: "false", value: state.text });
    state.read = () => (JSON.parse(text.value), text.value.trim());
    fill(body, h("legend", {}, "Payload"), field("Payload as JSON", text, "Anything may be sent, as it stands here: the emulator answers as Wix would."));
    way.textContent = "Edit as a form";
    way.disabled = !fits(trigger, payload);
    text.addEventListener("input", () => {
      try {
        way.disabled = !fits(trigger, JSON.parse(text.value));
      } catch {
        way.disabled = true;
      }
    });
    state.asText = true;
    return;
  }
  const { controls, read } = form(trigger, payload, () => {});
  state.read = read;
  fill(body, h("legend", {}, "Payload"), controls);
  way.textContent = "Edit as JSON";
  way.disabled = false;
  state.asText = false;
}

function read() {
  try {
    return state.read();
  } catch (error) {
    toast(`The payload is no JSON: ${error.message}`, "bad");
    return undefined;
  }
}

function request() {
  const payloadText = read();
  if (payloadText === undefined) return undefined;
  const body = { triggerKey: state.trigger.key, payloadText };
  const entity = state.entityInput.value.trim();
  const key = state.keyInput.value.trim();
  if (entity) body.externalEntityId = entity;
  if (key) body.idempotency = { key };
  return body;
}

let isReporting = false;
async function report() {
  const body = request();
  if (!body || !state.app) return;
  const { answer } = state;
  // A fault may have it wait for long.
  if (isReporting) return;
  isReporting = true;
  let told;
  let isTaken = false;
  try {
    told = await callAs(state.app, REPORT, reportOf(body));
    isTaken = true;
  } catch (error) {
    told = error;
  }
  isReporting = false;
  const row = await rowOfAnswer(body.triggerKey, isTaken ? told : undefined).catch(() => undefined);
  const to = row && link(`#/events/${row.id}`, isTaken ? "See what became of it" : told.status ? "See what was checked" : "See the last event of this trigger");
  fill(answer,
    h("h2", {}, isTaken ? "Taken" : told.status ? `Not taken: status ${told.status}` : "No answer came: it may have been taken all the same"),
    h("p", { class: `banner ${isTaken ? "good" : "bad"}` }, isTaken ? words(told, body.idempotency && row?.repeats?.length > 0) : told.message, " ", to),
    h("pre", { tabindex: "0", "aria-label": "Answer" }, json(isTaken ? told : told.answer ?? {})));
  answer.scrollIntoView({ block: "nearest" });
}

function words({ activationIds = [] }, isRepeat) {
  if (isRepeat) return "Ignored: its idempotency key was used before.";
  const count = activationIds.length;
  return count === 0 ? "No automation was activated." : `${count} automation${count === 1 ? " was" : "s were"} activated.`;
}

function cancel() {
  const externalEntityId = state.entityInput.value.trim();
  if (!externalEntityId) return toast("Enter the external entity id of the events to cancel.", "bad");
  if (!state.app) return undefined;
  return askToCancel({ triggerKey: state.trigger.key, externalEntityId, ...state.app });
}
