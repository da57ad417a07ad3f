import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { MemoryIdempotencyStore } from '@proveniq/marketplace-sdk';

async function runsAgain(store, id) {
  return (await store.run(id, async () => {})) === 'ran';
}

test('a failed run is shared by those who waited, and then forgotten', async () => {
  const store = new MemoryIdempotencyStore();
  let runs = 0;
  const work = async () => {
    runs++;
    throw new Error('down');
  };
  const results = await Promise.allSettled([store.run('a', work), store.run('a', work)]);
  assert.deepEqual(results.map(({ reason }) => reason?.message), ['down', 'down']);
  assert.equal(runs, 1);
  assert.ok(await runsAgain(store, 'a'));
  assert.ok(!(await runsAgain(store, 'a')));
});

test('forgets the oldest beyond the number of entries', async () => {
  const store = new MemoryIdempotencyStore({ maxEntries: 2 });
  for (const id of ['a', 'b', 'c']) await store.run(id, async () => {});
  assert.ok(!(await runsAgain(store, 'b')));
  assert.ok(!(await runsAgain(store, 'c')));
  assert.ok(await runsAgain(store, 'a'));
});

test('forgets after 24 hours', async () => {
  mock.timers.enable({ apis: ['Date'], now: 0 });
  try {
    const store = new MemoryIdempotencyStore();
    await store.run('a', async () => {});
    mock.timers.tick(24 * 60 * 60 * 1000 - 1);
    assert.ok(!(await runsAgain(store, 'a')));
    mock.timers.tick(1);
    assert.ok(await runsAgain(store, 'a'));
  } finally {
    mock.timers.reset();
  }
});
