import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ledgerEvent, newSecret, proofRequest, start } from './support/integration.mjs';

let integration;
beforeEach(async () => {
  integration = await start();
});
afterEach(async () => {
  await integration.stop();
});

test('journals a ledger event', async () => {
  assert.equal(await integration.deliver(ledgerEvent()), 204);
  const [line] = integration.journal('events.jsonl');
  assert.deepEqual(JSON.parse(line), { id: ledgerEvent().data.id, entry: ledgerEvent() });
});

test('refuses a forged delivery', async () => {
  assert.equal(await integration.deliver(ledgerEvent(), { secret: newSecret() }), 401);
  assert.deepEqual(integration.journal('events.jsonl'), []);
});

test('journals a duplicate once, also when it comes at the same time', async () => {
  const deliver = () => integration.deliver(ledgerEvent(), { id: 'msg_1' });
  assert.deepEqual(await Promise.all([deliver(), deliver()]), [204, 204]);
  assert.equal(await deliver(), 204);
  assert.equal(integration.journal('events.jsonl').length, 1);
});

test('proves a journaled event by the SHA-256 of its line', async () => {
  const { id } = ledgerEvent().data;
  await integration.deliver(ledgerEvent());
  assert.equal(await integration.deliver(proofRequest(id)), 204);
  const [line] = integration.journal('events.jsonl');
  const [proof] = integration.journal('proofs.jsonl');
  assert.deepEqual(JSON.parse(proof).entry, {
    event_id: id,
    proof_type: 'inclusion',
    algorithm: 'sha256',
    digest: createHash('sha256').update(line).digest('hex'),
  });
});

test('records that an event is unknown', async () => {
  assert.equal(await integration.deliver(proofRequest('evt_00000000000000000009')), 204);
  const [proof] = integration.journal('proofs.jsonl');
  assert.equal(JSON.parse(proof).entry.digest, null);
});

test('acknowledges an event that it does not take', async () => {
  const ping = { type: 'webhook.ping', timestamp: '2026-01-15T09:30:00Z', data: { endpoint: '/webhooks/proveniq' } };
  assert.equal(await integration.deliver(ping), 204);
});

test('continues its journal after a restart, and drops a line that a crash cut off', async () => {
  await integration.deliver(ledgerEvent());
  await integration.stop();
  appendFileSync(join(integration.folder, 'data/events.jsonl'), '{"id":"evt_0000');
  integration = await start({ folder: integration.folder });
  assert.equal(await integration.deliver(ledgerEvent()), 204);
  assert.equal(await integration.deliver(ledgerEvent('evt_00000000000000000002')), 204);
  const ids = integration.journal('events.jsonl').map((line) => JSON.parse(line).id);
  assert.deepEqual(ids, ['evt_00000000000000000001', 'evt_00000000000000000002']);
});
