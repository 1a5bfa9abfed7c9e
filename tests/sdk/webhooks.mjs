// Writes `webhooks.json`: tokens that the SDK takes for webhooks of Wix, and what it makes of them.
// See README.md.

import { createSign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { AppStrategy, createClient } from '@wix/sdk';

const tests = new URL('../../trigger-core/tests/webhook/', import.meta.url);
const read = (name) => readFileSync(new URL(name, tests), 'utf8');
const pem = (name) => read(name).replace(/^[^-]*/, '');

const SITE = '00000000-0000-4000-8000-00000000b001';
const ENTITY = '00000000-0000-4000-8000-00000000c001';
const NEVER = Date.UTC(2100, 0) / 1000;

/** What every event of an entity has beside what happened to it. */
const event = (slug, sequence, happened) => ({
  id: '00000000-0000-4000-8000-00000000e001',
  entityFqdn: 'wix.example.v1.thing',
  slug,
  entityId: ENTITY,
  ...happened,
  eventTime: '2026-03-02T09:00:00.000001Z',
  triggeredByAnonymizeRequest: false,
  originatedFrom: null,
  entityEventSequence: sequence,
});

const thing = { id: ENTITY, name: 'A thing', note: null };
const sample = read('event_published.json');
const published = JSON.parse(sample).actionEvent.bodyAsJson;
const user = { identityType: 'WIX_USER', wixUserId: 'a-user' };

/** The type of a webhook, its inner data in JSON, who caused it, and the times of its token. */
const webhooks = {
  'an action, as the reference prints it': ['wix.events.events.v3.event_published', sample, user, {}],
  'an action': [
    'wix.events.events.v3.event_published',
    event('event_published', '7', { actionEvent: { body: published } }),
    { identityType: 'APP', appId: 'an-app' },
    { iat: 1772442000, exp: NEVER },
  ],
  'an action in JSON': [
    'wix.events.events.v3.event_published',
    event('event_published', '7', { actionEvent: { bodyAsJson: JSON.stringify(published) } }),
    user,
    {},
  ],
  'an entity that was created': [
    'wix.example.v1.thing_created',
    event('created', '1', { createdEvent: { entity: thing } }),
    { identityType: 'MEMBER', memberId: 'a-member' },
    {},
  ],
  'an entity that was created, in JSON': [
    'wix.example.v1.thing_created',
    event('created', '1', { createdEvent: { entityAsJson: JSON.stringify(thing) } }),
    { identityType: 'ANONYMOUS_VISITOR', anonymousVisitorId: 'a-visitor' },
    {},
  ],
  'an entity that was updated': [
    'wix.example.v1.thing_updated',
    event('updated', '2', { updatedEvent: { currentEntity: thing, modifiedFields: {} } }),
    user,
    {},
  ],
  'an entity that was deleted': [
    'wix.example.v1.thing_deleted',
    event('deleted', '3', { deletedEvent: {} }),
    user,
    {},
  ],
  'an entity that was deleted, with its last state': [
    'wix.example.v1.thing_deleted',
    event('deleted', '3', { deletedEvent: { deletedEntity: thing } }),
    user,
    {},
  ],
  'an app that was installed': ['AppInstalled', { appId: 'an-app' }, undefined, {}],
};

function sign([eventType, data, identity, times]) {
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const claims = {
    data: text({ eventType, instanceId: SITE, data: text(data), identity: text(identity) }),
    ...times,
  };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const message = `${part({ kid: 'a-key', alg: 'RS256' })}.${part(claims)}`;
  const signature = createSign('RSA-SHA256').update(message).sign(pem('keys/signer.private.pem'));
  return `${message}.${signature.toString('base64url')}`;
}

const auth = AppStrategy({ appId: 'an-app', publicKey: pem('keys/signer.public.pem') });
const client = createClient({ auth });
const recorded = [];
for (const [name, webhook] of Object.entries(webhooks)) {
  const token = sign(webhook);
  recorded.push({ name, token, parsed: await client.webhooks.parseJWT(token) });
}
const { version } = JSON.parse(readFileSync('node_modules/@wix/sdk/package.json', 'utf8'));
const recording = { sdk: version, webhooks: recorded };
writeFileSync('webhooks.json', `${JSON.stringify(recording, null, 2)}\n`);
