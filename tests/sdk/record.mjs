// Writes `recorded.json`: see README.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { activations } from '@wix/automations';
import { AppStrategy, createClient } from '@wix/sdk';
import * as cases from './cases.mjs';

const TOKEN_PATH = '/oauth2/token';
const USUAL = { token: cases.token, call: { status: 200, headers: {}, body: {} } };

// What the server was sent since the last call began, and what it is to answer once instead of
// the usual.
let requests = [];
let unusual = {};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({
    method: request.method,
    path: request.url,
    headers: keep(request.headers),
    body: JSON.parse(body),
  });

  const kind = request.url === TOKEN_PATH ? 'token' : 'call';
  const answer = unusual[kind] ?? USUAL[kind];
  delete unusual[kind];
  if (answer === 'cut') return request.socket.destroy();
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
});

// The other headers are the connection's, and differ from Node to Node.
function keep(headers) {
  const kept = ['accept', 'authorization', 'content-type', 'user-agent'];
  const entries = Object.entries(headers)
    .filter(([name]) => kept.includes(name) || name.startsWith('x-wix-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

function newClient() {
  return createClient({ modules: { activations }, auth: AppStrategy(cases.app) });
}

/** Makes a call, and tells what was sent and what came of it. */
async function make(client, [call, ...args], answer = {}) {
  requests = [];
  unusual = answer;
  const outcome = await client.activations[call](...args).then(
    (resolved) => ({ resolved: resolved === undefined ? '(undefined)' : resolved }),
    (error) => ({ thrown: describe(error) }),
  );
  return { requests, outcome };
}

// Without the stack, which names paths and lines, and `response`, of which `details` is made.
function describe(error) {
  const { response, ...own } = error;
  if (own.runtimeError === error) own.runtimeError = '(the error itself)';
  return { class: error.constructor.name, message: error.message, ...own };
}

const inShort = ({ method, path }) => `${method} ${path}`;

async function recordCalls() {
  const client = newClient();
  const [, ...call] = cases.calls[0];
  const { requests: [tokenRequest] } = await make(client, call);
  const calls = [];
  for (const [name, call, ...args] of cases.calls) {
    // The SDK renames keys in the very objects that it is given.
    const given = structuredClone(args);
    const { requests: [request, ...more] } = await make(client, [call, ...args]);
    if (more.length > 0) throw new Error(`${name}: more than one request`);
    const changed = JSON.stringify(args) !== JSON.stringify(given);
    calls.push({
      case: name,
      call,
      arguments: given,
      ...(changed && { argumentsAfter: args }),
      request,
    });
  }
  return { tokenRequest, calls };
}

// The call after it shows what the SDK remembers of the answer.
async function recordAnswers() {
  const recorded = [];
  for (const [name, answer, call] of cases.answers) {
    const client = newClient();
    const { requests: [, before] } = await make(client, call);
    const { requests, outcome } = await make(client, call, { call: answer });
    const next = await make(client, call);
    const newHeaders = Object.entries(next.requests.at(-1).headers)
      .filter(([header]) => !(header in before.headers));
    recorded.push({
      case: name,
      call: call[0],
      answer,
      ...outcome,
      requests: requests.map(inShort),
      nextRequests: next.requests.map(inShort),
      ...(newHeaders.length > 0 && { nextHasNewHeaders: Object.fromEntries(newHeaders) }),
    });
  }
  return recorded;
}

async function recordTokenAnswers() {
  const [, ...call] = cases.calls[0];
  const recorded = [];
  for (const [name, answer] of cases.tokenAnswers) {
    const client = newClient();
    const { requests, outcome } = await make(client, call, { token: answer });
    const next = await make(client, call);
    recorded.push({
      case: name,
      answer,
      ...outcome,
      requests: requests.map(inShort),
      nextRequests: next.requests.map(inShort),
    });
  }
  return recorded;
}

/** How many tokens a new client asks for when its first two calls are made at once. */
async function recordTwoAtOnce() {
  const [, call, ...args] = cases.calls[0];
  const { activations: api } = newClient();
  requests = [];
  await Promise.all([api[call](...args), api[call](...args)]);
  return { tokenRequests: requests.filter(({ path }) => path === TOKEN_PATH).length };
}

function versions() {
  const names = [
    '@wix/automations',
    '@wix/auto_sdk_automations_activations',
    '@wix/sdk',
    '@wix/sdk-runtime',
  ];
  const version = (name) => {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return JSON.parse(readFileSync(file)).version;
  };
  return {
    ...Object.fromEntries(names.map((name) => [name, version(name)])),
    node: process.versions.node.split('.')[0],
  };
}

await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
process.env.WIX_API_SERVER = `http://127.0.0.1:${server.address().port}`;

const { tokenRequest, calls } = await recordCalls();
const recording = {
  recordedWith: versions(),
  tokenRequest,
  calls,
  answers: await recordAnswers(),
  tokenAnswers: await recordTokenAnswers(),
  twoCallsAtOnce: await recordTwoAtOnce(),
};
writeFileSync(new URL('recorded.json', import.meta.url), `${JSON.stringify(recording, null, 2)}\n`);
server.close();
server.closeAllConnections();
