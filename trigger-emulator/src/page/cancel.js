// Cancels, after it has shown what that would stop.

import { button, code, copy, h, openDialog, toast, turnOff } from "./dom.js";
import { callAs, CANCEL, curl, post } from "./api.js";
import { full } from "./time.js";
import { ago } from "./clock.js";

export async function askToCancel({ triggerKey, externalEntityId, appId, instanceId, timeZone }) {
  let reach;
  try {
    reach = await post("cancel-reach", { triggerKey, externalEntityId, appId, instanceId });
  } catch (error) {
    return toast(`What a cancel would stop is not known: ${error.message}.`, "bad");
  }
  const app = { appId, instanceId };
  const body = { triggerKey, externalEntityId };
  const count = reach.events.length;
  const dialog = openDialog(count ? `Cancel ${count} event${count === 1 ? "" : "s"}?` : "A cancel would stop nothing",
    h("p", {}, "Trigger ", code(triggerKey), ", external entity id ", code(externalEntityId), ". ",
      count === 0 && "All that had this id is over, or was never reported for this app and site."),
    reach.warnings.map((warning) => h("p", { class: "banner bad" }, warning, ".")),
    h("ul", { class: "reach" }, reach.events.map((event) => reached(event, timeZone))));
  const close = button("Keep them", () => dialog.close());
  const go = button("Cancel them", async () => {
    turnOff(go, true);
    try {
      await callAs(app, CANCEL, body);
      toast("Canceled.", "good");
    } catch (error) {
      toast(`It was not canceled: ${error.message}.`, "bad");
    }
    dialog.close();
  }, { class: "danger" });
  if (count === 0) close.textContent = "Close";
  dialog.append(h("div", { class: "buttons" }, count > 0 && go, close,
    button("Copy as curl", () => copy(curl(app, CANCEL, body)))));
  close.focus();
}

function reached(event, zone) {
  const actions = event.actions.map((action) =>
    h("li", {}, h("strong", {}, action.action), ` of ${action.automation} `,
      h("span", { class: "words" }, action.at ? [full(action.at, zone), ", ", ago(action.at)] : "at no time")));
  return h("li", {}, "Reported ", full(event.reportedAt, zone), ": ",
    actions.length ? h("ul", {}, actions) : h("span", { class: "words" }, "it waits to end"));
}
