import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { DeliverLater } from '@proveniq/marketplace-sdk';
import { SECRET, ledgerEvent, post, serving, signedHeaders, silent } from './support/delivery.mjs';
import { Recorder } from './support/recorder.mjs';

const body = ledgerEvent();

function signed(text, id) {
  return { headers: signedHeaders({ body: text, id }), body: text };
}

function serve(integration, use, options = {}) {
  return serving(integration.handler({ secrets: [SECRET], logger: silent, ...options }), use);
}

async function assertProblem(response, status, kind) {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = await response.json();
  assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'detail']);
  assert.equal(problem.type, `urn:proveniq:problem:${kind}`);
  assert.equal(problem.status, status);
  return problem;
}

test('allows POST only', () =>
  serve(new Recorder(), async (url) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(url, { method });
      assert.equal(response.headers.get('allow'), 'POST');
      await assertProblem(response, 405, 'method-not-allowed');
    }
  }));

test('takes a body at the limit and refuses one byte more', () =>
  serve(
    new Recorder(),
    async (url) => {
      assert.equal((await post(url, signed(body))).status, 204);
      await assertProblem(await post(url, signed(`${body} `)), 413, 'body-too-large');
    },
    { maxBodyBytes: Buffer.byteLength(body) },
  ));

test('refuses 1 MiB and a byte by default, and answers while the sender is still writing', () =>
  serve(new Recorder(), async (url) => {
    await assertProblem(await post(url, signed('x'.repeat(1024 * 1024 + 1))), 413, 'body-too-large');
    await assertProblem(await post(url, signed('x'.repeat(16 * 1024 * 1024))), 413, 'body-too-large');
  }));

test('limits a body of undeclared length', () =>
  serve(new Recorder(), async (url) => {
    const sending = request(url, { method: 'POST' });
    const answered = once(sending, 'response');
    for (let i = 0; i < 20; i++) sending.write(Buffer.alloc(64 * 1024));
    const [response] = await answered;
    assert.equal(response.statusCode, 413);
    sending.destroy();
  }));

test('survives a sender that goes away', () =>
  serve(new Recorder(), async (url) => {
    const sending = request(url, { method: 'POST', headers: { 'content-length': 100 } });
    sending.on('error', () => {});
    sending.write('half');
    setTimeout(() => sending.destroy(), 20);
    await new Promise((resolve) => sending.once('close', resolve));
    assert.equal((await post(url, signed(body))).status, 204);
  }));

for (const [what, text] of [
  ['malformed JSON', '{"type":'],
  ['an empty body', ''],
  ['an array', '[]'],
  ['null', 'null'],
  ['a missing type', '{"data":{}}'],
  ['a type that is no string', '{"type":1,"data":{}}'],
  ['missing data', '{"type":"ledger.event.created"}'],
  ['data that is no object', '{"type":"ledger.event.created","data":[]}'],
]) {
  test(`refuses ${what}`, () =>
    serve(new Recorder(), async (url) => {
      await assertProblem(await post(url, signed(text)), 400, 'payload-malformed');
    }));
}

test('acknowledges and ignores events that nothing handles', async () => {
  const integration = new Recorder();
  await serve(integration, async (url) => {
    for (const type of ['ledger.event.deleted', 'webhook.ping', '__proto__']) {
      assert.equal((await post(url, signed(JSON.stringify({ type, data: {} })))).status, 204);
    }
  });
  assert.equal(integration.events.length, 0);
});

test('runs duplicates in sequence once', async () => {
  const integration = new Recorder();
  await serve(integration, async (url) => {
    for (let i = 0; i < 3; i++) assert.equal((await post(url, signed(body))).status, 204);
    assert.equal((await post(url, signed(body, 'msg_2'))).status, 204);
  });
  assert.equal(integration.events.length, 2);
});

test('runs concurrent duplicates once, and answers none before the first is done', async () => {
  const integration = new Recorder();
  let finish;
  integration.work = () => new Promise((resolve) => (finish = resolve));
  await serve(integration, async (url) => {
    let answers = 0;
    const sent = [1, 2, 3].map(() => post(url, signed(body)).then(({ status }) => (answers++, status)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(answers, 0);
    finish();
    assert.deepEqual(await Promise.all(sent), [204, 204, 204]);
  });
  assert.equal(integration.events.length, 1);
});

test('answers a failing handler with 500 and no internals, and runs the retry', async () => {
  const integration = new Recorder();
  const reported = [];
  const logger = { ...silent, error: (message, fields) => reported.push({ message, ...fields }) };
  await serve(
    integration,
    async (url) => {
      integration.work = () => Promise.reject(new Error('database password is hunter2'));
      const problem = await assertProblem(await post(url, signed(body)), 500, 'handler-failed');
      assert.doesNotMatch(JSON.stringify(problem), /hunter2|\.js|Error/);
      integration.work = async () => {};
      assert.equal((await post(url, signed(body))).status, 204);
      assert.equal((await post(url, signed(body))).status, 204);
    },
    { logger },
  );
  assert.equal(integration.events.length, 2);
  assert.equal(reported.length, 1);
  assert.equal(reported[0].id, 'msg_1');
  assert.match(reported[0].error.message, /hunter2/);
});

test('answers work that cannot be done now with 503 and Retry-After, and runs the retry', async () => {
  const integration = new Recorder();
  await serve(integration, async (url) => {
    integration.work = () => Promise.reject(new DeliverLater('db.internal is down', { retryAfterMs: 1500 }));
    const response = await post(url, signed(body));
    assert.equal(response.headers.get('retry-after'), '2');
    assert.doesNotMatch(JSON.stringify(await assertProblem(response, 503, 'deliver-later')), /db\.internal/);
    integration.work = () => Promise.reject(new DeliverLater('down'));
    assert.equal((await post(url, signed(body))).headers.get('retry-after'), null);
    integration.work = async () => {};
    assert.equal((await post(url, signed(body))).status, 204);
  });
});

test('says what to set when the base class has no answer', async () => {
  const integration = new Recorder();
  assert.throws(() => integration.externalApi.sync({}), /Recorder: set "externalApi"/);
  assert.throws(() => integration.generateProof({ data: { id: 'prf_1' } }), /Recorder: override generateProof/);
});

test('refuses a body that is nested too deeply, and counts no brackets inside of strings', () =>
  serve(new Recorder(), async (url) => {
    const nested = (depth) => JSON.stringify({ ...JSON.parse(body), extra: 'x' }).replace('"x"', '['.repeat(depth) + ']'.repeat(depth));
    await assertProblem(await post(url, signed(nested(100_000), 'msg_deep')), 400, 'payload-malformed');
    await assertProblem(await post(url, signed(nested(64), 'msg_65')), 400, 'payload-malformed');
    assert.equal((await post(url, signed(nested(63), 'msg_64'))).status, 204);
    const text = JSON.stringify({ ...JSON.parse(body), extra: `\\"${'['.repeat(200)}` });
    assert.equal((await post(url, signed(text, 'msg_text'))).status, 204);
  }));
