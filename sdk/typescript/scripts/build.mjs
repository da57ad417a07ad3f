// Compiles src/ to dist/. With --check it compiles to a temporary folder instead and exits 1
// when the committed dist/ differs, so that what is embedded is what the sources say.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

function compile(outDir) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', root, '--outDir', outDir], { stdio: 'inherit' });
}

function contents(folder) {
  const names = readdirSync(folder, { recursive: true });
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

function differences(built, committed) {
  const names = new Set([...built.keys(), ...committed.keys()]);
  return [...names].filter((name) => built.get(name) !== committed.get(name)).sort();
}

if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'marketplace-sdk-'));
  try {
    compile(fresh);
    const changed = differences(contents(fresh), contents(dist));
    if (changed.length > 0) {
      console.error(`dist/ is out of date: ${changed.join(', ')}; run "npm run build"`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
} else {
  rmSync(dist, { recursive: true, force: true });
  compile(dist);
}
