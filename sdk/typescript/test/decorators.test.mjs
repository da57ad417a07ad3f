// Compiles integrations as their authors would, in a project of its own that depends on this
// package, once per decorator mode, and runs what comes out.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EventHandler } from '@proveniq/marketplace-sdk';
import { SECRET, ledgerEvent, post, serving, signedHeaders, silent } from './support/delivery.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'integration-'));
after(() => rmSync(project, { recursive: true }));

mkdirSync(join(project, 'node_modules/@proveniq'), { recursive: true });
symlinkSync(root, join(project, 'node_modules/@proveniq/marketplace-sdk'));
symlinkSync(join(root, 'node_modules/@types'), join(project, 'node_modules/@types'));
cpSync(join(root, 'test/fixtures/product'), project, { recursive: true });
cpSync(join(root, 'test/fixtures/typing'), project, { recursive: true });
writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));

const modes = {
  'standard decorators': { target: 'ES2022' },
  experimentalDecorators: { target: 'ES2022', experimentalDecorators: true },
  'experimentalDecorators with metadata, old class fields': {
    target: 'ES2021',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
  },
};

for (const [mode, options] of Object.entries(modes)) {
  test(`the documented integration compiles and runs under ${mode}`, async () => {
    const output = compile(mode, options);
    const { default: MyIntegration } = await import(output('my-integration.js'));
    const integration = new MyIntegration();
    const synced = [];
    const proven = [];
    integration.externalApi = { sync: async (event) => synced.push(event.data.id) };
    integration.generateProof = async (proof) => proven.push(proof.data.id);
    await serving(integration.handler({ secrets: [SECRET], logger: silent }), async (url) => {
      const proof = JSON.stringify({ type: 'ledger.proof.requested', data: { id: 'prf_1' } });
      for (const [id, body] of [['msg_1', ledgerEvent()], ['msg_2', proof], ['msg_2', proof]]) {
        assert.equal((await post(url, { headers: signedHeaders({ id, body }), body })).status, 204);
      }
    });
    assert.deepEqual(synced, ['evt_00000000000000000001']);
    assert.deepEqual(proven, ['prf_1']);
  });

  test(`inherited handlers run in order under ${mode}`, async () => {
    const output = compile(mode, options);
    const { default: Derived } = await import(output('accepted.js'));
    const integration = new Derived();
    await integration.dispatch({ type: 'integration.installed' });
    assert.deepEqual(integration.seen, ['base', 'derived']);
    await integration.dispatch({ type: 'webhook.ping' });
    assert.deepEqual(integration.seen, ['base', 'derived', 'derived']);
  });
}

test('an unknown event is refused at run time too', () => {
  assert.throws(() => EventHandler('ledger.event.deleted'), /unknown event "ledger.event.deleted"; known are/);
});

function compile(mode, options) {
  const outDir = join(project, 'out', String(Object.keys(modes).indexOf(mode)));
  const config = join(project, 'tsconfig.json');
  const compilerOptions = { module: 'NodeNext', strict: true, noImplicitOverride: true, outDir, ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
  return (file) => pathToFileURL(join(outDir, file)).href;
}
