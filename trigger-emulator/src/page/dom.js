// Makes elements. Whatever is shown goes in as text, never as markup: payloads are strangers' words.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else if (name === "checked") element.checked = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

export const link = (to, text, props = {}) => h("a", { href: to, ...props }, text);

export const button = (text, onclick, props = {}) => h("button", { type: "button", onclick, ...props }, text);

export const code = (text) => h("code", {}, text);

let ids = 0;
export const newId = () => `id-${++ids}`;

// A control with its label above it, and a word of help below.
export function field(label, control, hint) {
  const id = control.id || newId();
  control.id = id;
  const help = hint && h("p", { class: "hint", id: `${id}-hint` }, hint);
  if (help) control.setAttribute("aria-describedby", help.id);
  return h("div", { class: "field" }, h("label", { for: id }, label), control, help);
}

export function select(options, chosen, props = {}) {
  const list = options.map(([value, text]) => h("option", { value }, text));
  const element = h("select", props, list);
  if (chosen !== undefined && chosen !== null) element.value = chosen;
  return element;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser did not let this be copied: select the text and copy it by hand.", "bad");
  }
}

export function copyButton(text, what, label = "Copy") {
  return button(label, () => copy(typeof text === "function" ? text() : text), {
    class: "small", "aria-label": `${label} ${what}`,
  });
}

export function toast(words, kind = "", to) {
  const note = h("div", { class: `toast ${kind}` }, words, to && [" ", link(to, "Open")]);
  const toasts = document.getElementById("toasts");
  toasts.append(note);
  while (toasts.children.length > 3) toasts.firstChild.remove();
  setTimeout(() => note.remove(), 6000);
}

// What a state is called on the page: a word and a colour, never a colour alone.
const KINDS = {
  ENDED: "good", STARTED: "busy", SCHEDULED: "busy", INITIATED: "busy",
  CANCELLED: "off", SKIPPED: "off", FAILED: "bad", REFUSED: "bad", CONFLICT: "bad",
};

export function chip(state, text = state) {
  return h("span", { class: `chip ${KINDS[state] ?? "off"}` }, text);
}

// Where a list is scrolled, as on a narrow screen, the one that is shown is to be seen.
export const showCurrent = (list) => list.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

export const json = (value) => JSON.stringify(value, null, 2);

export const short = (id) => (id ? `${String(id).slice(0, 4)}…${String(id).slice(-6)}` : "none");

export function openDialog(title, ...content) {
  const heading = h("h2", { id: newId() }, title);
  const dialog = h("dialog", { "aria-labelledby": heading.id }, heading, content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
