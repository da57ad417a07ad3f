import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'schemas-'));
after(() => rmSync(copy, { recursive: true }));
for (const part of ['src/event/schemas', 'sdk/typescript/scripts', 'sdk/typescript/src']) {
  cpSync(join(root, part), join(copy, part), { recursive: true });
}
const types = join(copy, 'sdk/typescript/src/events.ts');

function generate(...args) {
  const script = join(copy, 'sdk/typescript/scripts/generate-types.mjs');
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

test('the committed types are those of the schemas', () => {
  assert.equal(generate('--check').status, 0);
});

test('drift is found and repaired', () => {
  const committed = readFileSync(types, 'utf8');
  appendFileSync(types, '// changed by hand\n');
  const { status, stderr } = generate('--check');
  assert.equal(status, 1);
  assert.match(stderr, /events\.ts is out of date; run "npm run generate"/);
  assert.equal(generate().status, 0);
  assert.equal(readFileSync(types, 'utf8'), committed);
});

test('a schema keyword without a translation stops the run', () => {
  const schema = join(copy, 'src/event/schemas/webhook.ping.json');
  const changed = { ...JSON.parse(readFileSync(schema, 'utf8')), oneOf: [] };
  writeFileSync(schema, JSON.stringify(changed));
  assert.match(generate().stderr, /no TypeScript translation for the schema keyword "oneOf"/);
});
