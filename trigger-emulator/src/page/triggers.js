// The triggers: what the automation builder shows of them, and how they get into the dashboard.

import { chip, code, copyButton, fill, h, link, showCurrent } from "./dom.js";
import { triggerOf, world } from "./api.js";

let shown;

// A schema may be another one when its file was changed.
export async function refresh() {
  if (shown.as !== JSON.stringify(world.triggers)) await show(shown.element, [shown.key]);
}

export async function show(element, [key]) {
  shown = { element, key, as: JSON.stringify(world.triggers) };
  const trigger = triggerOf(key ?? world.triggers[0]?.key);
  const names = h("nav", { class: "side", "aria-label": "Triggers" },
    h("ul", {}, world.triggers.map((it) => h("li", {},
      link(`#/triggers/${encodeURIComponent(it.key)}`, [h("span", {}, it.name), code(it.key)],
        { "aria-current": it.key === trigger?.key && "page" })))));
  fill(element, names, h("article", {}, trigger ? one(trigger) : nothing(key)));
  showCurrent(names);
}

const nothing = (key) => h("div", { class: "empty" },
  h("h1", {}, "There is no such trigger"),
  h("p", {}, code(key ?? ""), " has no payload schema here. Put one beside the others, as ", code(`${key}.json`), ", or choose one of the list."));

function one(trigger) {
  const schema = JSON.parse(trigger.document);
  return [
    h("div", { class: "title" }, h("h1", {}, trigger.name), " ",
      chip(trigger.scheduledAt ? "SCHEDULED" : "real-time", trigger.scheduledAt ? "scheduled" : "real-time")),
    trigger.description && h("p", { class: "lead" }, trigger.description),
    h("dl", { class: "facts" },
      h("div", {}, h("dt", {}, "Key"), h("dd", {}, code(trigger.key), " ", copyButton(trigger.key, "the trigger key"))),
      trigger.scheduledAt && h("div", {}, h("dt", {}, "Date"), h("dd", {}, code(trigger.scheduledAt))),
      trigger.contact && h("div", {}, h("dt", {}, "Contact"), h("dd", {}, code(trigger.contact))),
      trigger.entityId && h("div", {}, h("dt", {}, "Canceled by"), h("dd", {}, trigger.entityId.property
        ? code(trigger.entityId.property) : [code(trigger.entityId.field), " (not in the payload)"])),
      trigger.cancels.length > 0 && h("div", {}, h("dt", {}, "Cancels"), h("dd", {}, trigger.cancels.map((it) => [link(`#/triggers/${encodeURIComponent(it)}`, it), " "])))),
    h("div", { class: "buttons" },
      link(`#/send/${encodeURIComponent(trigger.key)}`, "Send an event", { class: "button primary" }),
      link(`#/events?trigger=${encodeURIComponent(trigger.key)}`, "Its events", { class: "button" })),
    h("section", {}, h("h2", {}, "Properties, as the automation builder shows them"), properties(schema, trigger)),
    h("section", {}, h("h2", {}, "In the app dashboard"), steps(trigger)),
    h("section", {}, h("h2", {}, "Payload schema ", copyButton(trigger.document, "the schema", "Copy schema")),
      h("p", { class: "hint" }, "What is copied is the file ", code(`${trigger.key}.json`), ", to the byte."),
      h("pre", { tabindex: "0", "aria-label": "Payload schema", id: "schema" }, trigger.document)),
  ];
}

function properties(schema, trigger) {
  const rows = listed(schema, "");
  const head = ["Property", "Type", "Example", "In automations"].map((text) => h("th", { scope: "col" }, text));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Properties" },
    h("table", { class: "properties" }, h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, rows.map(({ name, property, depth, isRequired }) => {
        const sample = property.examples?.[0];
        const text = sample === undefined ? "" : typeof sample === "string" ? sample : JSON.stringify(sample);
        return h("tr", {},
          h("th", { scope: "row", class: depth ? "nested" : "" }, h("span", {}, property.title ?? name), " ", code(name),
            property.description && h("p", { class: "hint" }, property.description)),
          h("td", {}, kindOf(property)),
          h("td", { class: "placeholder" }, text || "–"),
          h("td", {}, notes(name, property, depth, isRequired, trigger)));
      }))));
}

function listed(schema, prefix) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const inner = property.type === "array" ? property.items : property;
    const own = { name: prefix + name, property, depth: prefix ? 1 : 0, isRequired: (schema.required ?? []).includes(name) };
    const place = `${prefix}${name}${property.type === "array" ? "[]" : ""}.`;
    return [own, ...(inner?.properties ? listed(inner, place) : [])];
  });
}

// The values that a property may have, each with its title, if they are listed.
export function choicesOf({ oneOf, enum: values }) {
  const listed = oneOf?.every((it) => Object.hasOwn(it, "const")) ? oneOf : values?.map((value) => ({ const: value }));
  return listed?.map(({ const: value, title = String(value) }) => ({ value, title }));
}

// As the builder sorts them: dates first, then numeric strings, then choices, then the plain type.
export function kindOf(property) {
  if (property.wixCustomType) return property.wixCustomType.toLowerCase().replaceAll("_", " ");
  if (property.format === "date") return "date";
  if (property.format === "date-time") return "date and time";
  if (property.type === "string" && property.format === "number") return "number (as text)";
  const choices = choicesOf(property);
  if (choices) return `one of ${choices.map(({ value, title }) => (title === String(value) ? title : `${title} (${value})`)).join(", ")}`;
  if (property.type === "string") return property.format ? `text (${property.format})` : "text";
  return { integer: "whole number", boolean: "yes or no", array: "list", object: "group" }[property.type] ?? property.type ?? "anything";
}

function notes(name, property, depth, isRequired, trigger) {
  const said = [isRequired ? "required" : "optional"];
  if (!depth && name === trigger.contact) said.push("links to the contact");
  else if (property.identityType) said.push(`id of a ${property.identityType}`);
  if (!depth && name === trigger.scheduledAt) said.push("the event's date");
  if (property.hidden) said.push("hidden in pickers");
  return said.map((text, place) => [place > 0 && " ", chip(text === "required" ? "STARTED" : text.startsWith("links") || text.startsWith("the event") ? "ENDED" : "off", text)]);
}

function steps(trigger) {
  return h("ol", { class: "steps" }, trigger.steps.map((parts) => h("li", {}, parts.map((part) => {
    if (part.strong) return h("strong", {}, part.strong);
    if (part.emphasis) return h("em", {}, part.emphasis);
    if (part.code) return [code(part.code), " ", copyButton(part.code, part.code)];
    if (part.file) return [code(part.file), " ", copyButton(trigger.document, `the whole of ${part.file}`)];
    return part.text;
  }))));
}
