import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { newFolder, newSecret, ping, spawnIn, start } from './support/integration.mjs';

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`serves its health routes, and ends with 0 on ${signal}`, async () => {
    const integration = await start();
    for (const [route, status] of [['/healthz', 200], ['/readyz', 200], ['/elsewhere', 404]]) {
      assert.equal((await fetch(`${integration.origin}${route}`)).status, status);
    }
    const idle = connect(new URL(integration.origin).port, '127.0.0.1');
    await once(idle, 'connect');
    const asked = Date.now();
    assert.equal(await integration.stop(signal), 0);
    assert.ok(Date.now() - asked < 2000, 'stops at once, with idle connections open');
  });
}

test('takes both secrets while they rotate', async () => {
  const [before, after] = [newSecret(), newSecret()];
  const integration = await start({ env: { PROVENIQ_WEBHOOK_SECRET: `${before} ${after}` } });
  assert.equal(await integration.deliver(ping(), { secret: before }), 204);
  assert.equal(await integration.deliver(ping(), { secret: after }), 204);
  await integration.stop();
});

test('reads .env, and lets the environment win', async () => {
  const folder = newFolder();
  const [fromFile, fromEnvironment] = [newSecret(), newSecret()];
  writeFileSync(join(folder, '.env'), `PROVENIQ_WEBHOOK_SECRET=${fromFile}\n`);
  let integration = await start({ folder, env: {} });
  assert.equal(await integration.deliver(ping(), { secret: fromFile }), 204);
  await integration.stop();
  integration = await start({ folder, env: { PROVENIQ_WEBHOOK_SECRET: fromEnvironment } });
  assert.equal(await integration.deliver(ping(), { secret: fromFile }), 401);
  await integration.stop();
});

for (const [what, env, message] of [
  ['no secret', {}, /^error: PROVENIQ_WEBHOOK_SECRET is not set/],
  ['an unusable secret', { PROVENIQ_WEBHOOK_SECRET: 'whsec_short' }, /^error: PROVENIQ_WEBHOOK_SECRET: .*24 to 64 bytes/],
  ['an address that is none', { PROVENIQ_WEBHOOK_SECRET: newSecret(), SYSTEM_OF_RECORD_URL: 'ftp://x' }, /^error: SYSTEM_OF_RECORD_URL is not/],
  ['half a client', { PROVENIQ_WEBHOOK_SECRET: newSecret(), SYSTEM_OF_RECORD_CLIENT_ID: 'x' }, /^error: .* together, or neither/],
  ['an unusable port', { PROVENIQ_WEBHOOK_SECRET: newSecret(), PORT: 'http' }, /^error: PORT is not a number/],
]) {
  test(`ends with 2 and says why, given ${what}`, async () => {
    const child = spawnIn(newFolder(), env);
    const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}
