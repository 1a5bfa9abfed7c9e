// A form for a payload, made from its schema and filled with its examples.

import { field, h, select } from "./dom.js";
import * as clock from "./clock.js";
import { choicesOf, kindOf } from "./triggers.js";
import { DAY } from "./time.js";

// What a form is filled with: the examples, and a date to come in the place of one that has passed.
export function examples(trigger) {
  const schema = JSON.parse(trigger.document);
  return Object.fromEntries(Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const value = sample(property, name === trigger.scheduledAt);
    return value === undefined ? [] : [[name, value]];
  }));
}

function sample(property, isDate) {
  if (isDate) return new Date(new Date(clock.now()).getTime() + 3 * DAY).toISOString().replace(/\.\d+Z$/, "Z");
  if (property.examples?.length) return property.examples[0];
  if (property.default !== undefined) return property.default;
  const choices = choicesOf(property);
  if (choices) return choices[0]?.value;
  if (property.type === "object") return members(property);
  if (property.type === "array") return property.items?.properties ? [members(property.items)] : [];
  return { string: "text", integer: 1, number: 1.5, boolean: true }[property.type];
}

const members = (schema) =>
  Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sample(inner, false)]));

// Whether a form can hold a payload: it has a control for each property.
export function fits(trigger, payload) {
  const { properties = {} } = JSON.parse(trigger.document);
  const isPlain = typeof payload === "object" && payload !== null && !Array.isArray(payload);
  return isPlain && Object.entries(payload).every(([name, value]) => Object.hasOwn(properties, name) && holds(properties[name], value));
}

// Digits of a whole number beyond are lost where it is read.
const isExact = (value) => (typeof value === "object" && value !== null
  ? Object.values(value).every(isExact) : !Number.isInteger(value) || Number.isSafeInteger(value));

function holds(property, value) {
  const { type } = property;
  if (!isExact(value)) return false;
  const choices = choicesOf(property);
  if (choices) return choices.some((it) => it.value === value);
  if (type === "array" || type === "object") return true;
  // A control has line breaks of one kind.
  if (type === "string") return typeof value === "string" && value !== "" && !value.includes("\r");
  return type === "boolean" ? typeof value === "boolean" : typeof value === "number";
}

// The controls, and what reads a payload's JSON from them. What is left empty is left out.
export function form(trigger, payload, onchange) {
  const schema = JSON.parse(trigger.document);
  const readers = [];
  const controls = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const [control, read] = controlOf(property, Object.hasOwn(payload, name) ? payload[name] : undefined);
    control.name = name;
    control.addEventListener("input", onchange);
    readers.push(() => {
      const text = read();
      return text === undefined ? [] : `${JSON.stringify(name)}:${text}`;
    });
    const isRequired = (schema.required ?? []).includes(name);
    const kind = `${name} · ${kindOf(property)}${isRequired ? "" : " · optional"}${name === trigger.scheduledAt ? " · the event's date" : ""}`;
    return field(property.title ?? name, control, kind);
  });
  return { controls, read: () => `{${readers.flatMap((read) => read())}}` };
}

function controlOf(property, value) {
  const { type } = property;
  const choices = choicesOf(property);
  if (choices) {
    const options = [["", "left out"], ...choices.map((it) => [JSON.stringify(it.value), it.title])];
    const control = select(options, value === undefined ? "" : JSON.stringify(value));
    return [control, () => control.value || undefined];
  }
  if (type === "boolean") {
    const control = select([["", "left out"], ["true", "true"], ["false", "false"]], value === undefined ? "" : String(value));
    return [control, () => control.value || undefined];
  }
  if (type === "array" || type === "object") {
    const control = h("textarea", { rows: 4, spellcheck: "false", value: value === undefined ? "" : JSON.stringify(value, null, 2) });
    return [control, () => (control.value.trim() ? jsonOf(control.value) : undefined)];
  }
  const placeholder = property.examples?.[0];
  const isNumber = type === "integer" || type === "number";
  const control = h(String(value).includes("\n") ? "textarea" : "input", {
    type: "text", inputmode: isNumber ? "decimal" : undefined, placeholder, value: value === undefined ? "" : String(value),
  });
  // What is no number is sent as it stands: the emulator is to say what Wix would.
  return [control, () => (control.value === "" ? undefined : isNumber ? jsonOf(control.value) : JSON.stringify(control.value))];
}

function jsonOf(text) {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
