// The keys, and the help that tells of them.

import { button, h, openDialog } from "./dom.js";

const KEYS = [
  ["/", "filter the events"],
  ["j", "open the next event"],
  ["k", "open the event before"],
  ["r", "send the open event again"],
  ["Esc", "close what is open"],
  ["?", "this help"],
];

const areOn = () => localStorage.getItem("keys") !== "off";

export function showHelp() {
  if (document.querySelector("dialog[open]")) return;
  const rows = KEYS.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)));
  const dialog = openDialog("Keys", h("dl", { class: "keys" }, rows),
    h("h3", {}, "What is what"),
    h("p", {}, "An event is what an app reports. Each automation that uses its trigger makes an activation of it, which runs actions: at once, or around the event's date. The clock above is the emulator's: turn it, and what is due happens."),
    h("p", {}, "Each event, trigger and automation has an address of its own: copy it from the browser."));
  const isOn = h("input", { type: "checkbox", id: "keys", checked: areOn(), onchange: () => localStorage.setItem("keys", isOn.checked ? "on" : "off") });
  dialog.append(h("p", { class: "check" }, isOn, h("label", { for: "keys" }, "Single keys act (Esc does always)")));
  const close = button("Close", () => dialog.close());
  dialog.append(h("div", { class: "buttons" }, close));
  close.focus();
}

export function keys(view) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const isTyping = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && isTyping) return event.target.blur();
    if (isTyping) return;
    if (event.key.length === 1 && !areOn() || event.repeat && !"jk".includes(event.key)) return;
    const act = actionOf(event.key, view()?.actions, view);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function actionOf(key, actions, view) {
  if (key === "?") return showHelp;
  if (key === "/" && !actions) {
    return () => {
      // Behind the listener that shows them.
      addEventListener("hashchange", () => view()?.actions?.filter(), { once: true });
      location.hash = "#/events";
    };
  }
  return actions && { "/": actions.filter, j: () => actions.move(1), k: () => actions.move(-1), r: actions.again, Escape: actions.close }[key];
}
