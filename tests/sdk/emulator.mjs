// The official SDK, unmodified, as a client of the emulator: run by tests/emulator_sdk.rs, which
// starts one at WIX_API_SERVER with the trigger below, its clock frozen, and ten calls a minute.

import assert from 'node:assert/strict';
import { activations } from '@wix/automations';
import { AppStrategy, createClient } from '@wix/sdk';
import { app } from './cases.mjs';

const KEY = 'class_starting';
const FIRST = '00000000-0000-4000-8000-00000000c001';
const SECOND = '00000000-0000-4000-8000-00000000c002';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const payload = () => ({ className: 'Pottery', startsAt: '2026-03-30T22:00:00Z' });

const newClient = () => createClient({ modules: { activations }, auth: AppStrategy(app) });
const own = async (path, body) => {
  const request = body && { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`https://www.wixapis.com/_emulator/${path}`, request);
  return response.json();
};
/** The states of the activations of an entity. */
const states = async (entity) =>
  (await own('activations')).filter((it) => it.externalEntityId === entity).map((it) => it.state);

let { activations: wix } = newClient();

/** What a call throws. */
const thrown = async (promise) => promise.then(
  (resolved) => assert.fail(`resolved to ${JSON.stringify(resolved)}`),
  (error) => {
    assert.equal(error.constructor.name, 'SDKError', error.stack);
    assert.match(error.requestId, GUID);
    return error;
  },
);

const checks = {
  async 'a report tells the activations'() {
    const { activationIds } = await wix.reportEvent(KEY, {
      payload: payload(), externalEntityId: FIRST, idempotency: { key: 'first' },
    });
    assert.equal(activationIds.length, 1);
    const again = await wix.reportEvent(KEY, {
      payload: payload(), externalEntityId: FIRST, idempotency: { key: 'first' },
    });
    assert.deepEqual(again.activationIds, activationIds);
    assert.deepEqual(await states(FIRST), ['SCHEDULED', 'SKIPPED']);
  },

  async 'a cancel stops what waits'() {
    await wix.cancelEvent(KEY, FIRST);
    assert.deepEqual(await states(FIRST), ['CANCELLED', 'SKIPPED']);
  },

  async 'of many, some may fail'() {
    const { results, bulkActionMetadata } = await wix.bulkReportEvent(KEY, [
      { payload: payload(), externalEntityId: SECOND },
      { payload: {}, externalEntityId: FIRST },
    ]);
    assert.deepEqual(results.map((it) => it.itemMetadata.originalIndex), [0, 1]);
    assert.deepEqual(results.map((it) => it.itemMetadata.success), [true, false]);
    assert.equal(results[0].activationIds.length, 1);
    assert.equal(results[1].itemMetadata.error.code, 'REQUIRED_PROPERTY');
    const { totalSuccesses, totalFailures } = bulkActionMetadata;
    assert.deepEqual([totalSuccesses, totalFailures], [1, 1]);
  },

  async 'many are canceled'() {
    const { results } = await wix.bulkCancelEvent(KEY, [FIRST, SECOND]);
    assert.deepEqual(results.map((it) => it.externalEntityId), [FIRST, SECOND]);
    assert.ok(results.every((it) => it.itemMetadata.success));
    assert.deepEqual(await states(SECOND), ['CANCELLED']);
  },

  async 'a required property that is missing is told'() {
    const error = await thrown(wix.reportEvent(KEY, { payload: { className: 'Pottery' } }));
    assert.equal(error.status, 400);
    const { code, data } = error.details.applicationError;
    assert.equal(code, 'REQUIRED_PROPERTY');
    assert.deepEqual(data, { missingProperties: ['startsAt'] });
  },

  async 'a payload that breaks the schema is told'() {
    const wrong = { ...payload(), className: 7 };
    const error = await thrown(wix.reportEvent(KEY, { payload: wrong }));
    assert.equal(error.status, 428);
    const { code, data } = error.details.applicationError;
    assert.equal(code, 'SCHEMA_VALIDATION_FAILED');
    assert.equal(data.violations[0].path, '/className');
  },

  async 'a field that breaks the reference is told'() {
    const error = await thrown(wix.reportEvent(KEY, { payload: payload(), externalEntityId: '17' }));
    assert.equal(error.status, 400);
    const [violation] = error.details.validationError.fieldViolations;
    assert.equal(violation.violatedRule, 'FORMAT');
    assert.match(violation.field, /externalEntityId$/);
    assert.equal((await thrown(wix.bulkReportEvent(KEY, []))).status, 400);
  },

  async 'an unknown trigger is told'() {
    const error = await thrown(wix.reportEvent('none_such', { payload: {} }));
    assert.equal(error.status, 404);
    assert.equal(error.details.applicationError.code, 'TRIGGER_NOT_FOUND');
  },

  async 'too many calls are told'() {
    // The ten of this minute are made.
    const error = await thrown(wix.reportEvent(KEY, { payload: payload() }));
    assert.equal(error.status, 429);
    await own('clock', { advance: 'PT1M' });
    await wix.reportEvent(KEY, { payload: payload() });
  },

  async 'a token that has expired is told, and a new one is taken'() {
    await own('clock', { advance: 'PT4H' });
    assert.equal((await thrown(wix.reportEvent(KEY, { payload: payload() }))).status, 401);
    wix = newClient().activations;
    await wix.reportEvent(KEY, { payload: payload() });
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(`ok: ${name}`);
}
console.log('all checks passed');
