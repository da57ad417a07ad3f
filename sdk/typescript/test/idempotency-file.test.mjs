import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FileIdempotencyStore } from '@proveniq/marketplace-sdk';

const scratch = mkdtempSync(join(tmpdir(), 'store-'));
after(() => rmSync(scratch, { recursive: true }));
const folder = () => mkdtempSync(join(scratch, 'a-'));
const dayBefore = (days) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

async function runsAgain(store, id) {
  return (await store.run(id, async () => {})) === 'ran';
}

test('remembers across a crash, without being closed', async () => {
  const path = folder();
  const store = await FileIdempotencyStore.open(path);
  assert.ok(await runsAgain(store, 'a "quoted"\nid'));
  const next = await FileIdempotencyStore.open(path);
  assert.ok(!(await runsAgain(next, 'a "quoted"\nid')));
  await Promise.all([store.close(), next.close()]);
});

test('runs concurrent duplicates once, and many ids at once', async () => {
  const path = folder();
  const store = await FileIdempotencyStore.open(path);
  let runs = 0;
  const work = async () => void (runs += 1);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.run('a', work)));
  assert.equal(outcomes.filter((outcome) => outcome === 'ran').length, 1);
  await Promise.all(Array.from({ length: 500 }, (_, index) => store.run(`id-${index}`, work)));
  assert.equal(runs, 501);
  await store.close();
  const next = await FileIdempotencyStore.open(path);
  for (let index = 0; index < 500; index += 1) assert.ok(!(await runsAgain(next, `id-${index}`)));
  await next.close();
});

test('forgets work that failed', async () => {
  const path = folder();
  const store = await FileIdempotencyStore.open(path);
  await assert.rejects(store.run('a', () => Promise.reject(new Error('down'))));
  await store.close();
  const next = await FileIdempotencyStore.open(path);
  assert.ok(await runsAgain(next, 'a'));
  await next.close();
});

test('a line that a crash cut off loses no other', async () => {
  const path = folder();
  let store = await FileIdempotencyStore.open(path);
  await runsAgain(store, 'a');
  await store.close();
  appendFileSync(join(path, `${dayBefore(0)}.jsonl`), '[17,"b');
  store = await FileIdempotencyStore.open(path);
  assert.ok(await runsAgain(store, 'c'));
  await store.close();
  store = await FileIdempotencyStore.open(path);
  assert.deepEqual([await runsAgain(store, 'a'), await runsAgain(store, 'c')], [false, false]);
  await store.close();
});

test('work whose mark cannot be written is not taken for done', async () => {
  const path = folder();
  const store = await FileIdempotencyStore.open(path);
  rmSync(path, { recursive: true });
  await assert.rejects(store.run('a', async () => {}), { code: 'ENOENT' });
  writeFileSync(path, '');
  await assert.rejects(store.run('a', async () => {}), { code: 'ENOTDIR' });
  await store.close();
});

test('removes what is too old, and leaves other files', async () => {
  const path = folder();
  const line = (days) => `${JSON.stringify([Date.now() - days * 24 * 60 * 60 * 1000, `day-${days}`])}\n`;
  for (const days of [1, 5]) writeFileSync(join(path, `${dayBefore(days)}.jsonl`), line(days));
  writeFileSync(join(path, 'notes.txt'), '');
  const store = await FileIdempotencyStore.open(path);
  assert.deepEqual(readdirSync(path).sort(), [`${dayBefore(1)}.jsonl`, 'notes.txt']);
  assert.ok(!(await runsAgain(store, 'day-1')));
  assert.ok(await runsAgain(store, 'day-5'));
  await store.close();
});
