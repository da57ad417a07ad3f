import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliverLater, UpstreamClient, UpstreamRefused } from '@proveniq/marketplace-sdk';
import { serving } from './support/delivery.mjs';

/** Serves `replies`, one for each call and the last for all others; gives a client of them, and the calls. */
function upstream(replies, use, options = {}) {
  const calls = [];
  const listener = async (req, res) => {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method, url, headers } = req;
    calls.push({ method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString(), at: Date.now() });
    const reply = replies[Math.min(calls.length, replies.length) - 1];
    if (typeof reply === 'function') reply(req, res);
    else res.writeHead(reply, { 'content-type': 'application/json' }).end('{}');
  };
  return serving(listener, (url) => {
    const credentials = options.credentials && { tokenUrl: `${url}oauth/token`, clientId: 'me', clientSecret: 'a b' };
    return use(new UpstreamClient({ url, ...options, credentials }), calls);
  });
}

const gaps = (calls) => calls.slice(1).map(({ at }, index) => at - calls[index].at);
const put = (client) => client.put('/events/1', { n: 1 });

test('puts and gets', () =>
  upstream([201, (_req, res) => res.end('{"n": 1}'), 404], async (client, calls) => {
    await put(client);
    assert.deepEqual([calls[0].method, calls[0].url, calls[0].body], ['PUT', '/events/1', '{"n":1}']);
    assert.equal((await client.get('/events/1')).toString(), '{"n": 1}');
    assert.equal(await client.get('/events/2'), undefined);
  }));

test('tries again with gaps that grow', () =>
  upstream([503, 502, 500, 200], async (client, calls) => {
    await put(client);
    const [first, second, third] = gaps(calls);
    assert.ok(first >= 149 && second > first && third > second, `${gaps(calls)}`);
  }));

test('gives up after a few attempts', () =>
  upstream([503], async (client, calls) => {
    await assert.rejects(put(client), DeliverLater);
    assert.equal(calls.length, 3);
  }, { attempts: 3 }));

for (const status of [400, 401, 403, 404, 409, 422, 302]) {
  test(`never repeats a call that was answered with ${status}`, () =>
    upstream([(_req, res) => res.writeHead(status, { location: '/elsewhere' }).end()], async (client, calls) => {
      await assert.rejects(put(client), (error) => error instanceof UpstreamRefused && error.status === status);
      assert.equal(calls.length, 1);
    }));
}

for (const [what, value, least] of [
  ['seconds', () => '1', 1000],
  ['a date', () => new Date(Date.now() + 2000).toUTCString(), 900],
]) {
  test(`waits for Retry-After in ${what}, with every call`, () => {
    const limited = (_req, res) => res.writeHead(429, { 'retry-after': value() }).end();
    return upstream([limited, 200], async (client, calls) => {
      const first = put(client);
      while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await Promise.all([first, put(client)]);
      assert.ok(calls[1].at - calls[0].at >= least, `${gaps(calls)}`);
      assert.equal(calls.length, 3);
    });
  });
}

test('leaves a delivery to later where Retry-After is too long, and says when', () =>
  upstream([(_req, res) => res.writeHead(503, { 'retry-after': '60' }).end()], async (client, calls) => {
    await assert.rejects(put(client), (error) => error instanceof DeliverLater && error.retryAfterSeconds === 60);
    assert.equal(calls.length, 1);
  }));

for (const [what, fault] of [
  ['a reset connection', (req) => req.socket.resetAndDestroy()],
  ['an answer that is cut off', (req, res) => (res.writeHead(200, { 'content-length': 100 }).write('{'), setTimeout(() => req.socket.destroy(), 20))],
  ['no answer', () => {}],
]) {
  test(`tries again after ${what}`, () =>
    upstream([fault, 200], async (client, calls) => {
      await put(client);
      assert.equal(calls.length, 2);
    }, { callMs: 300 }));
}

test('all attempts together have a time limit', () =>
  upstream([() => {}], async (client) => {
    const started = Date.now();
    await assert.rejects(put(client), DeliverLater);
    assert.ok(Date.now() - started < 3000);
  }, { callMs: 400, totalMs: 1000 }));

test('fetches one token for calls at once, and a new one where it is refused', () => {
  let tokens = 0;
  let refused = 'Bearer token-1';
  const serve = (req, res) => {
    if (req.url === '/oauth/token') {
      tokens += 1;
      return res.end(JSON.stringify({ access_token: `token-${tokens}`, expires_in: 3600 }));
    }
    return res.writeHead(req.headers.authorization === refused ? 401 : 200).end();
  };
  return upstream([serve], async (client, calls) => {
    refused = '';
    await Promise.all([put(client), put(client)]);
    assert.equal(tokens, 1);
    assert.equal(calls[0].authorization, `Basic ${Buffer.from('me:a%20b').toString('base64')}`);
    assert.equal(calls[0].body, 'grant_type=client_credentials');
    refused = 'Bearer token-1';
    await put(client);
    const credentials = calls.filter(({ method }) => method === 'PUT').map(({ authorization }) => authorization);
    assert.deepEqual(credentials, ['Bearer token-1', 'Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  }, { credentials: true });
});

test('renews a token once', () => {
  const serve = (req, res) =>
    req.url === '/oauth/token' ? res.end('{"access_token":"t"}') : res.writeHead(401).end();
  return upstream([serve], async (client, calls) => {
    await assert.rejects(put(client), UpstreamRefused);
    assert.equal(calls.filter(({ method }) => method === 'PUT').length, 2);
  }, { credentials: true });
});

for (const [what, reply, kind] of [
  ['refuses the client', (_req, res) => res.writeHead(401).end(), 'TokenRefused'],
  ['answers without a token', (_req, res) => res.end('[]'), 'TokenRefused'],
  ['fails for the moment', (_req, res) => res.writeHead(503).end(), 'DeliverLater'],
]) {
  test(`makes no call where the token endpoint ${what}`, () =>
    upstream([reply], async (client, calls) => {
      await assert.rejects(put(client), (error) => error.constructor.name === kind);
      assert.ok(calls.every(({ url }) => url === '/oauth/token'));
    }, { credentials: true, attempts: 2 }));
}
