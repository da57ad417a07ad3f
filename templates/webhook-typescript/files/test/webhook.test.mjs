import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { ledgerEvent, newSecret, ping, proofRequest, start, startRecords } from './support/integration.mjs';

const EVENT = '/ledger-events/evt_00000000000000000001';
const PROOF = '/proofs/prf_00000000000000000001';

let records;
let integration;
beforeEach(async () => {
  records = await startRecords();
  integration = await start({ records });
});
afterEach(async () => {
  await integration.stop();
  records.stop();
});

test('records a ledger event', async () => {
  assert.equal(await integration.deliver(ledgerEvent()), 204);
  assert.deepEqual(records.at(EVENT), ledgerEvent().data);
});

test('refuses a forged delivery before it does anything', async () => {
  assert.equal(await integration.deliver(ledgerEvent(), { secret: newSecret() }), 401);
  assert.deepEqual(records.calls, []);
});

test('does the work of duplicates once, also when they come at the same time', async () => {
  const deliver = () => integration.deliver(ledgerEvent(), { id: 'msg_1' });
  assert.deepEqual(await Promise.all([deliver(), deliver()]), [204, 204]);
  assert.equal(await deliver(), 204);
  assert.deepEqual(records.calls, [`PUT ${EVENT}`]);
});

for (const signal of ['SIGTERM', 'SIGKILL']) {
  test(`knows after ${signal} what it did before`, async () => {
    assert.equal(await integration.deliver(ledgerEvent(), { id: 'msg_1' }), 204);
    await integration.stop(signal);
    integration = await start({ records, folder: integration.folder, secret: integration.secret });
    assert.equal(await integration.deliver(ledgerEvent(), { id: 'msg_1' }), 204);
    assert.deepEqual(records.calls, [`PUT ${EVENT}`]);
  });
}

test('proves an event by the SHA-256 of what the system of record answers', async () => {
  await integration.deliver(ledgerEvent());
  assert.equal(await integration.deliver(proofRequest(ledgerEvent().data.id)), 204);
  assert.deepEqual(records.at(PROOF), {
    event_id: ledgerEvent().data.id,
    proof_type: 'inclusion',
    algorithm: 'sha256',
    digest: createHash('sha256').update(records.resources.get(EVENT)).digest('hex'),
  });
});

test('records that an event is unknown', async () => {
  assert.equal(await integration.deliver(proofRequest('evt_00000000000000000009')), 204);
  assert.equal(records.at(PROOF).digest, null);
});

test('tries again while the system of record has a fault', async () => {
  records.answer = (_req, res) => records.calls.length < 3 && res.writeHead(503).end();
  assert.equal(await integration.deliver(ledgerEvent()), 204);
  assert.equal(records.calls.length, 3);
});

test('leaves a delivery to later where the system of record asks for it, and does its work then', async () => {
  records.answer = (_req, res) => res.writeHead(429, { 'retry-after': '3600' }).end();
  assert.equal(await integration.deliver(ledgerEvent(), { id: 'msg_1' }), 503);
  assert.equal(records.calls.length, 1);
  records.answer = () => false;
  await integration.stop();
  integration = await start({ records, folder: integration.folder, secret: integration.secret });
  assert.equal(await integration.deliver(ledgerEvent(), { id: 'msg_1' }), 204);
  assert.deepEqual(records.at(EVENT), ledgerEvent().data);
});

test('does not repeat what the system of record refuses', async () => {
  records.answer = (_req, res) => res.writeHead(400).end();
  assert.equal(await integration.deliver(ledgerEvent()), 500);
  assert.equal(records.calls.length, 1);
});

test('acknowledges an event that it does not take', async () => {
  assert.equal(await integration.deliver(ping()), 204);
  assert.deepEqual(records.calls, []);
});
