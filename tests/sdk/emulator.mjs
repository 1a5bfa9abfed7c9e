// The official SDK as a client of the emulator: see README.md.

import assert from 'node:assert/strict';
import { activations } from '@wix/automations';
import { AppStrategy, createClient } from '@wix/sdk';
import { app } from './cases.mjs';

const SERVER = process.env.WIX_API_SERVER;
// Scheduled, so that an activation is still pending when its event is canceled.
const KEY = 'appointment_starting';
const TOKEN = 'POST /oauth2/token';
const REPORT = 'POST /automations/v1/events/report';

// The SDK tells neither of what it sends nor of headers: what passes by is noted here, unchanged.
let sent = [];
let lastRequestId;
const aimedFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = input instanceof Request ? input : new Request(input, init);
  const { authorization } = Object.fromEntries(request.headers);
  sent.push({ call: `${request.method} ${new URL(request.url).pathname}`, authorization });
  const response = await aimedFetch(input, init);
  lastRequestId = response.headers.get('x-wix-request-id');
  return response;
};

/** One of the emulator's own calls. */
async function emulator(path, body) {
  const post = { method: 'POST', body: JSON.stringify(body) };
  const response = await aimedFetch(`${SERVER}/_emulator/${path}`, body && post);
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
  return response.json();
}

const guid = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** A client of a site that no other check uses. */
let sites = 0xb000;
function newClient(instanceId = guid(++sites)) {
  const auth = AppStrategy({ ...app, instanceId });
  return { instanceId, ...createClient({ modules: { activations }, auth }).activations };
}

let ids = 0xc000;
const newId = () => guid(++ids);

// A server that has run before is none the worse for it.
await emulator('reset', {});

// The clock may stand at any time: the appointment is a month ahead of it.
const { now } = await emulator('clock', { freeze: true });
const startsAt = new Date(Date.parse(now) + 30 * 24 * 3600 * 1000).toISOString();

function appointment(changes = {}) {
  return {
    appointmentId: newId(),
    contactId: newId(),
    startsAt,
    customerName: 'Zoë',
    serviceName: 'Haircut',
    staffMember: 'Grace Hopper',
    locationType: 'BUSINESS',
    durationMinutes: 45,
    ...changes,
  };
}

function withoutName() {
  const { customerName, ...payload } = appointment();
  return payload;
}

async function activationsOf(entity) {
  const all = await emulator('activations');
  return all.filter(({ externalEntityId }) => externalEntityId === entity);
}

/** States and reasons, in the order of the activations. */
async function statesOf(entity) {
  return (await activationsOf(entity)).map(({ state, reason }) => [state, reason]);
}

/** Reports an appointment, which waits for its time. */
async function pending(client, entity = newId()) {
  await client.reportEvent(KEY, { payload: appointment(), externalEntityId: entity });
  assert.deepEqual(await statesOf(entity), [['SCHEDULED', null]]);
  return entity;
}

/** Holds an error to what the SDK makes of this status and these details. */
async function throws(call, status, details) {
  const error = await call.then(
    (resolved) => assert.fail(`no error, but ${JSON.stringify(resolved)}`),
    (error) => error,
  );
  assert.equal(error.constructor.name, 'SDKError', error.stack);
  assert.equal(error.status, status);
  assert.match(error.requestId, /^[0-9a-f-]{36}$/);
  assert.equal(error.requestId, lastRequestId);
  const { requestId, ...rest } = error.details;
  assert.equal(requestId, lastRequestId);
  if (details) assert.deepEqual(rest, details);
  return rest;
}

/** As `throws`, of an error that has nothing but a message: the SDK puts its own details in. */
async function throwsPlain(call, status) {
  const { applicationError } = await throws(call, status);
  const { code, description, data } = applicationError;
  assert.equal(code, status);
  assert.ok(description);
  assert.deepEqual(data, {
    requestId: lastRequestId,
    details: { message: description, details: {} },
  });
}

const violation = (field, violatedRule, description) => ({
  validationError: { fieldViolations: [{ field, description, violatedRule }] },
});

const checks = {
  async 'token: one call serves the calls after it, without `Bearer`'() {
    const client = newClient();
    sent = [];
    await client.reportEvent(KEY, { payload: appointment() });
    await client.reportEvent(KEY, { payload: appointment() });
    assert.deepEqual(sent.map(({ call }) => call), [TOKEN, REPORT, REPORT]);
    const [, first, second] = sent.map(({ authorization }) => authorization);
    assert.match(first, /^[0-9a-zA-Z]+$/);
    assert.equal(second, first);
  },

  async 'token: it says which site an event is of'() {
    for (const client of [newClient(), newClient()]) {
      const [activation] = await activationsOf(await pending(client));
      assert.equal(activation.instanceId, client.instanceId);
    }
  },

  async 'token: a refused one ends the call'() {
    sent = [];
    const call = newClient('no-guid').reportEvent(KEY, { payload: appointment() });
    await assert.rejects(call, { code: 'UNKNOWN' });
    assert.deepEqual(sent.map(({ call }) => call), [TOKEN]);
  },

  async 'report: answers with the activation that waits for the date'() {
    const entity = newId();
    const payload = appointment();
    const options = { payload, externalEntityId: entity };
    const { activationIds } = await newClient().reportEvent(KEY, options);
    const [{ id, state, next }, ...more] = await activationsOf(entity);
    assert.deepEqual(activationIds, [id]);
    assert.deepEqual(more, []);
    assert.equal(state, 'SCHEDULED');
    assert.equal(Date.parse(next), Date.parse(startsAt));
    const events = await emulator('events');
    const event = events.find(({ externalEntityId }) => externalEntityId === entity);
    assert.deepEqual(event.payload, payload);
  },

  async 'report: a repeated idempotency key gives the first ids and no second event'() {
    const client = newClient();
    const entity = newId();
    const report = (key, ttlInMilliseconds) => client.reportEvent(KEY, {
      payload: appointment(),
      externalEntityId: entity,
      idempotency: { key, ttlInMilliseconds },
    });
    const first = await report('once', '60000');
    assert.equal(first.activationIds.length, 1);
    assert.deepEqual(await report('once', '60000'), first);
    assert.notDeepEqual(await report('another'), first);
    const skipped = ['SKIPPED', 'EVENT_ALREADY_PROCESSED'];
    const scheduled = ['SCHEDULED', null];
    assert.deepEqual(await statesOf(entity), [scheduled, skipped, scheduled]);
    await emulator('clock', { advance: 'PT1M' });
    assert.notDeepEqual(await report('once'), first);
  },

  async 'bulk report: a bad item does not stop the good one'() {
    const [good, bad] = [newId(), newId()];
    const payload = appointment({ _id: 'a' });
    const { triggerKey, results, bulkActionMetadata } = await newClient().bulkReportEvent(KEY, [
      { payload, externalEntityId: good },
      { payload: withoutName(), externalEntityId: bad },
    ]);
    assert.equal(triggerKey, KEY);
    const metadata = { totalSuccesses: 1, totalFailures: 1, undetailedFailures: 0 };
    assert.deepEqual(bulkActionMetadata, metadata);
    assert.equal(results.length, 2);

    const [succeeded, failed] = results;
    assert.deepEqual(succeeded.itemMetadata, { originalIndex: 0, success: true });
    // The SDK sent `_id` as `id`, and has named it back.
    assert.equal(succeeded.eventInfo.payload._id, 'a');
    assert.equal(succeeded.eventInfo.externalEntityId, good);
    const [{ id }] = await activationsOf(good);
    assert.deepEqual(succeeded.activationIds, [id]);

    const { error, ...item } = failed.itemMetadata;
    assert.deepEqual(item, { originalIndex: 1, success: false });
    assert.equal(error.code, 'REQUIRED_PROPERTY');
    assert.deepEqual(error.data, { missingProperties: ['customerName'] });
    assert.deepEqual(await statesOf(bad), []);
  },

  async 'cancel: stops the events of its id, and no other'() {
    const client = newClient();
    const entity = await pending(client);
    const other = await pending(client);
    await client.reportEvent(KEY, { payload: appointment(), externalEntityId: entity });
    assert.equal(await client.cancelEvent(KEY, entity), undefined);
    const cancelled = ['CANCELLED', 'EVENT_CANCELLED'];
    assert.deepEqual(await statesOf(entity), [cancelled, cancelled]);
    assert.deepEqual(await statesOf(other), [['SCHEDULED', null]]);
  },

  async 'bulk cancel: stops the events of all its ids'() {
    const client = newClient();
    const ids = [await pending(client), await pending(client)];
    const answer = await client.bulkCancelEvent(KEY, ids);
    const result = (externalEntityId, originalIndex) => ({
      itemMetadata: { originalIndex, success: true },
      externalEntityId,
    });
    assert.deepEqual(answer, {
      triggerKey: KEY,
      results: ids.map(result),
      bulkActionMetadata: { totalSuccesses: 2, totalFailures: 0, undetailedFailures: 0 },
    });
    for (const id of ids) {
      assert.deepEqual(await statesOf(id), [['CANCELLED', 'EVENT_CANCELLED']]);
    }
  },

  async '400 REQUIRED_PROPERTY: a required property is missing'() {
    await throws(newClient().reportEvent(KEY, { payload: withoutName() }), 400, {
      applicationError: {
        code: 'REQUIRED_PROPERTY',
        description: 'required and not there: customerName',
        data: { missingProperties: ['customerName'] },
      },
    });
  },

  async '428 SCHEMA_VALIDATION_FAILED: a property of another type'() {
    const payload = appointment({ durationMinutes: 'long' });
    const { applicationError } = await throws(newClient().reportEvent(KEY, { payload }), 428);
    assert.equal(applicationError.code, 'SCHEMA_VALIDATION_FAILED');
    assert.match(applicationError.description, /^\/durationMinutes: /);
    const [{ path, message }, ...more] = applicationError.data.violations;
    assert.equal(path, '/durationMinutes');
    assert.match(message, /integer/);
    assert.deepEqual(more, []);
  },

  async '404: no trigger has the key'() {
    const client = newClient();
    const details = {
      applicationError: {
        code: 'TRIGGER_NOT_FOUND',
        description: 'no trigger has the key `unknown_key`',
        data: {},
      },
    };
    await throws(client.reportEvent('unknown_key', { payload: {} }), 404, details);
    await throws(client.bulkReportEvent('unknown_key', [{ payload: {} }]), 404, details);
    await throws(client.cancelEvent('unknown_key', newId()), 404, details);
    await throws(client.bulkCancelEvent('unknown_key', [newId()]), 404, details);
  },

  // The SDK names the fields as its own functions take them.
  async '400 validationError: an id that is no GUID'() {
    const client = newClient();
    const bad = { payload: appointment(), externalEntityId: 'appointment-17' };
    const details = (field) => violation(field, 'FORMAT', 'must be a GUID');
    await throws(client.reportEvent(KEY, bad), 400, details('options.externalEntityId'));
    await throws(client.cancelEvent(KEY, 'appointment-17'), 400, details('externalEntityId'));
    const bulk = client.bulkReportEvent(KEY, [{ payload: appointment() }, bad]);
    await throws(bulk, 400, details('eventsInfo[1].externalEntityId'));
    const bulkCancel = client.bulkCancelEvent(KEY, ['appointment-17']);
    await throws(bulkCancel, 400, details('externalEntityIds[0]'));
  },

  async '400 validationError: a bulk of nothing'() {
    const client = newClient();
    const details = (field) => violation(field, 'MIN_SIZE', 'must have at least 1 item');
    await throws(client.bulkReportEvent(KEY, []), 400, details('eventsInfo'));
    await throws(client.bulkCancelEvent(KEY, []), 400, details('externalEntityIds'));
  },

  // The SDK goes by the time of its own machine, which the emulator's clock does not turn: it has a
  // token that it takes for a good one.
  async '401: the token has expired, and the SDK asks for no other'() {
    const client = newClient();
    await client.reportEvent(KEY, { payload: appointment() });
    await emulator('clock', { advance: 'PT4H' });
    sent = [];
    await throwsPlain(client.reportEvent(KEY, { payload: appointment() }), 401);
    assert.deepEqual(sent.map(({ call }) => call), [REPORT]);
    await newClient(client.instanceId).reportEvent(KEY, { payload: appointment() });
  },

  async '429: the 201st call of a site in a minute, and the SDK does not repeat it'() {
    const client = newClient();
    const report = () => client.reportEvent(KEY, { payload: appointment() });
    for (let calls = 0; calls < 200; calls += 1) await report();
    sent = [];
    await throwsPlain(report(), 429);
    assert.deepEqual(sent.map(({ call }) => call), [REPORT]);
    await newClient().reportEvent(KEY, { payload: appointment() });
    await emulator('clock', { advance: 'PT1M' });
    await report();
  },
};

let failures = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`passed  ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
if (failures > 0) {
  console.log(`${failures} of ${Object.keys(checks).length} checks failed`);
  process.exitCode = 1;
} else {
  console.log('all checks passed');
}
