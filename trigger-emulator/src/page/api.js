// The emulator's calls, and what it tells of changes.

const ORIGIN = location.origin;
export const REPORT = "/automations/v1/events/report";
export const CANCEL = "/automations/v1/events/cancel";

// What is set up, read anew when it changes.
export const world = { triggers: [], automations: [], apps: [], timeZone: "UTC" };

export const triggerOf = (key) => world.triggers.find((it) => it.key === key);

export class CallError extends Error {
  constructor(message, status, answer) {
    super(message);
    Object.assign(this, { status, answer });
  }
}

export async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
      credentials: "omit",
    });
  } catch {
    throw new CallError("no answer: the connection was cut, or the emulator has ended", 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new CallError(answer.message || answer.error_description || `status ${response.status}`, response.status, answer);
  return answer;
}

export const get = (what) => call("GET", `/_emulator/${what}`);
export const post = (what, body) => call("POST", `/_emulator/${what}`, body);

export async function loadWorld() {
  Object.assign(world, await get("overview"));
}

// Calls as the app would: with a token of its own, through all of the emulator's checks.
export async function callAs(app, path, body) {
  const { access_token } = await post("token", { appId: app.appId, instanceId: app.instanceId });
  return call("POST", path, body, { authorization: access_token });
}

// The apps and sites that may send for a trigger.
export function senders(key) {
  const may = world.apps.filter((app) => !app.triggers || app.triggers.includes(key));
  return may.flatMap((app) =>
    app.instances.map((site) => ({ appId: app.id, instanceId: site.id, timeZone: site.timeZone })));
}

// A report's body. The payload goes in as text where that is known: numbers may have more digits than fit here.
export function reportOf({ triggerKey, externalEntityId, idempotency, payload, payloadText }) {
  const rest = JSON.stringify({ triggerKey, externalEntityId: externalEntityId ?? undefined, idempotency });
  return `${rest.slice(0, -1)},"payload":${payloadText ?? JSON.stringify(payload)}}`;
}

// The row of what a report was answered with, or else the newest one of its trigger.
export async function rowOfAnswer(triggerKey, { activationIds = [] } = {}) {
  try {
    if (activationIds.length) return await post("row", { activation: activationIds[0] });
  } catch {
    // One that was refused, or is over and forgotten.
  }
  return (await post("rows", { limit: 1, triggerKey })).rows[0];
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// The same call for a shell. The page knows no secret: the shell is to have it.
export function curl(app, path, body) {
  const credentials = {
    grant_type: "client_credentials", client_id: app.appId, client_secret: "SECRET", instance_id: app.instanceId,
  };
  const [before, after] = JSON.stringify(credentials).split("SECRET");
  return [
    "# APP_SECRET is the secret of the app; where no app is listed, any will do.",
    `TOKEN=$(curl -sS ${ORIGIN}/oauth2/token -H 'content-type: application/json' \\`,
    `  -d ${quoted(before)}"\${APP_SECRET:?}"${quoted(after)} \\`,
    `  | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')`,
    `curl -sS ${ORIGIN}${path} -H 'content-type: application/json' -H "authorization: $TOKEN" \\`,
    `  -d ${quoted(typeof body === "string" ? body : JSON.stringify(body))}`,
    "",
  ].join("\n");
}

// Tells of each change, while the page is looked at: a browser has few connections for one address.
export function listen(onNote, onHealth) {
  let source;
  let lost;
  const open = () => {
    if (source) return;
    source = new EventSource("/_emulator/live");
    source.onmessage = (message) => {
      clearTimeout(lost);
      lost = undefined;
      onHealth(true);
      onNote(JSON.parse(message.data));
    };
    source.onerror = () => {
      // It connects again every now and then by design, and at once.
      lost ??= setTimeout(() => onHealth(false), 2000);
      // A browser gives up where the answer was none of this kind, such as from another program.
      if (source?.readyState === EventSource.CLOSED) {
        source = undefined;
        setTimeout(open, 2000);
      }
    };
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  open();
}
