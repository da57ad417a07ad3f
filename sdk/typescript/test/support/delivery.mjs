// Signs deliveries with node:crypto rather than with the library that verifies them, so that one
// misunderstanding cannot hide on both sides.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const OTHER_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

export const silent = { info() {}, warn() {}, error() {} };

export function nowSeconds() {
  return Math.floor(Date.now() / 1000);
}

export function sign({ id, timestamp, body, secret = SECRET }) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

export function signedHeaders({ id = 'msg_1', timestamp = nowSeconds(), body, secret }) {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign({ id, timestamp, body, secret }),
  };
}

export function ledgerEvent() {
  return JSON.stringify({
    type: 'ledger.event.created',
    timestamp: '2026-11-23T08:00:00Z',
    data: { id: 'evt_00000000000000000001', sequence: 1, kind: 'claim.opened' },
  });
}

/** Serves the listener on a free port while `use` runs with its URL. */
export async function serving(listener, use) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export function post(url, { headers, body }) {
  return fetch(url, { method: 'POST', headers, body });
}
