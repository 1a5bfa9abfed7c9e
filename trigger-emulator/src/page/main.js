// What is shown, by the address's hash, and what keeps it true.

import { fill, h, link, toast, turns } from "./dom.js";
import { listen, loadWorld } from "./api.js";
import * as clock from "./clock.js";
import * as events from "./events.js";
import * as triggers from "./triggers.js";
import * as automations from "./automations.js";
import * as send from "./send.js";
import * as faults from "./faults.js";
import { keys, showHelp } from "./keys.js";

// Each has `show(element, path, query)`, and `refresh(note)` if what it shows changes.
const VIEWS = { events, triggers, automations, send, faults };
const TITLE = document.title;

// None where the last one could not be shown: it is shown anew then.
let view;
let place;
let isLoaded = false;
const takeTurn = turns();
// What is set up may be another thing once the emulator was away.
let setUp;
const main = document.getElementById("main");
const trouble = document.getElementById("trouble");
const health = document.getElementById("health");

function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { name: Object.hasOwn(VIEWS, name) ? name : "events", rest, query: new URLSearchParams(query) };
}

async function show() {
  const { name, rest, query } = route();
  const isLast = takeTurn();
  const isNew = view !== VIEWS[name];
  view = VIEWS[name];
  for (const item of document.querySelectorAll("#nav a")) {
    const isThis = item.getAttribute("href") === `#/${name}`;
    isThis ? item.setAttribute("aria-current", "page") : item.removeAttribute("aria-current");
  }
  document.title = [rest.at(-1), name[0].toUpperCase() + name.slice(1), TITLE].filter(Boolean).join(" · ");
  if (isNew) {
    // A place of its own: a late answer draws where nobody looks.
    place = h("div", { class: "view" }, h("p", { class: "empty" }, "Loading…"));
    main.replaceChildren(place);
    main.className = name;
    scrollTo(0, 0);
  }
  try {
    if (!isLoaded) await load();
    if (isLast()) await view.show(place, rest, query, isNew);
  } catch (error) {
    if (isLast()) broken(error);
  }
}

async function load() {
  await loadWorld();
  await clock.load();
  isLoaded = true;
}

function broken(error) {
  view = undefined;
  fill(main, h("div", { class: "empty" },
    h("h1", {}, "This cannot be shown"),
    h("p", {}, error.message, "."),
    h("p", {}, link("#/events", "Go to the events"), ". It is tried again when the emulator answers.")));
}

// Asks for all again, once at a time, however many changes are told.
let isBusy = false;
let isAsked;
let lastNote;
async function refresh(note) {
  isAsked = lastNote = note;
  if (isBusy) return;
  isBusy = true;
  while (isAsked) {
    const told = isAsked;
    isAsked = undefined;
    try {
      const nowSetUp = JSON.stringify([told.run, told.setUp]);
      if (setUp !== nowSetUp) await loadWorld();
      setUp = nowSetUp;
      await clock.load();
      isLoaded = true;
      await (view ? view.refresh?.() : show());
    } catch (error) {
      if (error.status !== 0) toast(`Not up to date: ${error.message}.`, "bad");
    }
  }
  isBusy = false;
}

function showHealth(isWell) {
  if (!isWell) setUp = undefined;
  health.textContent = isWell ? "Live" : "Not connected";
  health.className = isWell ? "good" : "bad";
  trouble.hidden = isWell;
  if (!isWell && !trouble.firstChild) {
    fill(trouble, h("strong", {}, "The emulator does not answer. "),
      `Start it again on this address, such as with `, h("code", {}, `trigger-emulator --port ${location.port || 80}`),
      `; this page goes on by itself then.`);
  }
}

document.getElementById("skip").addEventListener("click", () => main.focus());
document.getElementById("help-button").addEventListener("click", showHelp);
keys(() => view);
clock.start(document.getElementById("clock"));
addEventListener("hashchange", show);
await show();
listen(refresh, showHealth);
// What a clock that goes shows of what is to come.
setInterval(() => (clock.isRunning() || !view) && !document.hidden && lastNote && refresh(lastNote), 5000);
