// The emulator as an app calls it, without the page.

import { server } from "./browser.mjs";

export const SITE = "00000000-0000-4000-8000-00000000b001";
export const REPORT = "/automations/v1/events/report";
export const BULK_REPORT = "/automations/v1/events/bulk-report";

export async function call(path, body, token) {
  const headers = { "content-type": "application/json", ...(token && { authorization: token }) };
  const response = await fetch(server + path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

export async function token() {
  const { body } = await call("/oauth2/token", {
    grant_type: "client_credentials", client_id: "an-app", client_secret: "not-a-secret", instance_id: SITE,
  });
  return body.access_token;
}

export async function report(triggerKey, payload, externalEntityId) {
  return call(REPORT, { triggerKey, payload, externalEntityId }, await token());
}

export const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

// An invoice that is due so many days after the emulator's first day.
export const invoice = (number, days = 28) => ({
  invoiceId: id(number), contactId: id(7), number: `INV-${number}`, customerName: "Ada Lovelace", issuedOn: "2026-03-02",
  dueAt: new Date(Date.parse("2026-03-02T22:00:00Z") + days * 86_400_000).toISOString(),
  amount: "120.50", currency: "EUR", status: "SENT",
  lines: [{ description: "Piano lesson", quantity: 4, unitPrice: "30.00" }],
});
