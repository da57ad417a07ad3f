import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock, test } from 'node:test';
import { OTHER_SECRET, SECRET, ledgerEvent, nowSeconds, post, serving, sign, signedHeaders, silent } from './support/delivery.mjs';
import { Recorder } from './support/recorder.mjs';

const fixture = new URL('./fixtures/standard-webhooks.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(fixture, 'utf8'));
const body = ledgerEvent();

function deliver(request, secrets = [SECRET]) {
  const integration = new Recorder();
  return serving(integration.handler({ secrets, logger: silent }), async (url) => {
    const response = await post(url, request);
    return { status: response.status, problem: response.status === 204 ? null : await response.json(), integration };
  });
}

async function assertRefused(request, secrets) {
  const { status, problem, integration } = await deliver(request, secrets);
  assert.equal(status, 401);
  assert.equal(problem.type, 'urn:proveniq:problem:signature-invalid');
  assert.equal(integration.events.length, 0);
}

for (const vector of vectors.filter(({ scheme }) => scheme === 'v1')) {
  test(`verifies the published vector ${vector.id}`, async () => {
    mock.timers.enable({ apis: ['Date'], now: vector.timestamp * 1000 });
    const headers = {
      'webhook-id': vector.id,
      'webhook-timestamp': String(vector.timestamp),
      'webhook-signature': vector.signature,
    };
    try {
      // Not events, so what follows the verification refuses them: 400, where a forgery gets 401.
      assert.equal((await deliver({ headers, body: vector.body }, [vector.secret])).status, 400);
      await assertRefused({ headers, body: `${vector.body} ` }, [vector.secret]);
    } finally {
      mock.timers.reset();
    }
  });
}

test('takes a delivery signed with its secret', async () => {
  const { status, integration } = await deliver({ headers: signedHeaders({ body }), body });
  assert.equal(status, 204);
  assert.deepEqual(integration.events, [JSON.parse(body)]);
});

test('refuses a wrong secret', () =>
  assertRefused({ headers: signedHeaders({ body, secret: OTHER_SECRET }), body }));

test('refuses a changed body', () =>
  assertRefused({ headers: signedHeaders({ body }), body: body.replace('claim.opened', 'claim.closed') }));

test('refuses an id with a dot, signed or not', () =>
  assertRefused({ headers: signedHeaders({ body, id: 'msg_1.2' }), body }));

test('refuses a changed id', () =>
  assertRefused({ headers: { ...signedHeaders({ body }), 'webhook-id': 'msg_2' }, body }));

for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
  test(`refuses a delivery without ${name}`, () => {
    const { [name]: _, ...headers } = signedHeaders({ body });
    return assertRefused({ headers, body });
  });
}

for (const offset of [-310, 310]) {
  test(`refuses a timestamp ${offset} seconds from now`, () =>
    assertRefused({ headers: signedHeaders({ body, timestamp: nowSeconds() + offset }), body }));
}

for (const offset of [-290, 290]) {
  test(`takes a timestamp ${offset} seconds from now`, async () => {
    const { status } = await deliver({ headers: signedHeaders({ body, timestamp: nowSeconds() + offset }), body });
    assert.equal(status, 204);
  });
}

for (const suffix of ['.5', 'abc', 'e0', '-', ' 1']) {
  test(`refuses a timestamp that ends in "${suffix}", signed either way`, async () => {
    const timestamp = nowSeconds();
    const headers = { ...signedHeaders({ body, timestamp }), 'webhook-timestamp': `${timestamp}${suffix}` };
    await assertRefused({ headers, body });
    await assertRefused({ headers: signedHeaders({ body, timestamp: `${timestamp}${suffix}` }), body });
  });
}

test('takes each of several secrets', async () => {
  for (const secret of [SECRET, OTHER_SECRET]) {
    const { status } = await deliver({ headers: signedHeaders({ body, secret }), body }, [SECRET, OTHER_SECRET]);
    assert.equal(status, 204);
  }
});

test('takes a delivery when one of several signatures matches', async () => {
  const headers = signedHeaders({ body });
  const forged = sign({ id: 'msg_1', timestamp: 0, body });
  headers['webhook-signature'] = `v1a,AAAA v1 ${forged} ${headers['webhook-signature']}`;
  assert.equal((await deliver({ headers, body })).status, 204);
});

test('refuses a signature of another scheme', () => {
  const headers = signedHeaders({ body });
  headers['webhook-signature'] = headers['webhook-signature'].replace('v1,', 'v1a,');
  return assertRefused({ headers, body });
});

test('refuses unusable secrets without repeating them', () => {
  const short = 'whsec_c2hvcnQ=';
  for (const secrets of [[], [''], ['plain'], [short], [SECRET, `${SECRET}!`], [`${SECRET} ${OTHER_SECRET}`]]) {
    assert.throws(
      () => new Recorder().handler({ secrets }),
      (error) => error instanceof TypeError && !secrets.some((secret) => secret && error.message.includes(secret)),
    );
  }
});
