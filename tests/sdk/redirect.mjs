// Aims an app of the official SDK, token call included, at a server on this machine:
//
//     WIX_API_SERVER=http://127.0.0.1:8080 node --import ./redirect.mjs app.mjs
//
// The SDK has no setting for a host without TLS, and its token call takes no `fetch` of the
// caller's. So the global one is replaced, before the app loads. It calls that server only.

const WIX_API = 'https://www.wixapis.com';
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

const networkFetch = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const wanted = new URL(input instanceof Request ? input.url : input);
  // Read at each call: a recorder learns its server's port only once it listens.
  const { WIX_API_SERVER } = process.env;
  if (!WIX_API_SERVER) throw new Error('WIX_API_SERVER says at which server to aim; it is not set');
  const server = new URL(WIX_API_SERVER);
  // Nothing is to leave this machine: what an app holds may be its real secret.
  const isAllowed = [WIX_API, server.origin].includes(wanted.origin);
  if (!isAllowed || !LOOPBACK.includes(server.hostname)) {
    throw new Error(`refused: ${wanted.origin}, aimed at ${server.origin}`);
  }
  const target = server.origin + wanted.pathname + wanted.search;
  const request = input instanceof Request ? new Request(target, input) : target;
  return networkFetch(request, { ...init, redirect: 'error' });
};
