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

// Fills anew, and keeps what is focused, unfolded and scrolled.
export function refill(element, ...children) {
  const all = (what) => [...element.querySelectorAll(what)];
  const named = () => all("a, button, summary, [tabindex]");
  const nameOf = (it) => it.getAttribute("aria-label") ?? it.getAttribute("href") ?? it.textContent;
  const place = named().indexOf(document.activeElement);
  const name = place >= 0 && nameOf(document.activeElement);
  const unfolded = all("details").map((it) => it.open);
  const scrolled = all("pre, .side").map((it) => [it.scrollLeft, it.scrollTop]);
  const { scrollTop } = element;
  fill(element, ...children);
  all("details").forEach((it, at) => (it.open = unfolded[at] ?? it.open));
  all("pre, .side").forEach((it, at) => it.scrollTo(...(scrolled[at] ?? [0, 0])));
  if (place >= 0) (named().find((it) => nameOf(it) === name) ?? named()[place])?.focus({ preventScroll: true });
  element.scrollTop = scrollTop;
}

// Takes turns: an answer is to change nothing where it is not the one to the last question.
export function turns() {
  let last = 0;
  return () => {
    const mine = ++last;
    return () => mine === last;
  };
}

export const link = (to, text, props = {}) => h("a", { href: to, ...props }, text);

// One that is disabled would lose the focus: it says so, and does nothing.
export const isOff = (control) => control.getAttribute("aria-disabled") === "true";
export const turnOff = (control, isNow) => control.setAttribute("aria-disabled", isNow);

export const button = (text, onclick, props = {}) =>
  h("button", { type: "button", onclick: (event) => isOff(event.currentTarget) || onclick(event), ...props }, text);

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
    const area = h("textarea", { readonly: true, rows: 12, "aria-label": "The text", value: text });
    const dialog = openDialog("Copy this by hand", area);
    dialog.append(h("div", { class: "buttons" }, button("Close", () => dialog.close())));
    area.focus();
    area.select();
  }
}

export function copyButton(text, what, label = "Copy") {
  return button(label, () => copy(typeof text === "function" ? text() : text), {
    class: "small", "aria-label": `${label} ${what}`,
  });
}

export function toast(words, kind = "", to) {
  const isBad = kind === "bad";
  const note = h("div", { class: `toast ${kind}`, role: isBad && "alert" }, words, to && [" ", link(to, "Open")],
    isBad && [" ", button("×", () => note.remove(), { class: "small", "aria-label": "Close" })]);
  const toasts = document.getElementById("toasts");
  toasts.append(note);
  while (toasts.children.length > 3) toasts.firstChild.remove();
  if (!isBad) setTimeout(() => note.remove(), 6000);
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

// JSON text on lines of its own, each value as it stands.
export function indented(text) {
  let depth = 0;
  const line = (by) => `\n${"  ".repeat((depth += by))}`;
  return text.replace(/"(?:\\.|[^"\\])*"|\s+|\{\s*\}|\[\s*\]|[{}[\],:]/g, (found) => {
    if (found.trim() === "") return "";
    if (found === "{" || found === "[") return found + line(1);
    if (found === "}" || found === "]") return line(-1) + found;
    return found === "," ? found + line(0) : found === ":" ? ": " : found;
  });
}

export const short = (id) => (!id ? "none" : id.length > 13 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id);

export function openDialog(title, ...content) {
  const heading = h("h2", { id: newId() }, title);
  const dialog = h("dialog", { "aria-labelledby": heading.id }, heading, content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
