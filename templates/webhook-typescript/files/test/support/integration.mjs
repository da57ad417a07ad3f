// Starts the built program as it runs in production, and signs deliveries with node:crypto.
import { spawn } from 'node:child_process';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'integration-'));
process.once('exit', () => rmSync(scratch, { recursive: true }));

export function newSecret() {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

export function newFolder() {
  return mkdtempSync(join(scratch, 'run-'));
}

/**
 * Starts a system of record that keeps what is put and remembers each call. `answer` may take a call
 * over: it answers it itself, and says so by returning true.
 */
export async function startRecords() {
  const records = { calls: [], resources: new Map(), answer: () => false };
  const server = createServer(async (req, res) => {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    records.calls.push(`${req.method} ${req.url}`);
    if (records.answer(req, res)) return;
    if (req.method === 'PUT') {
      records.resources.set(req.url, Buffer.concat(chunks));
      res.writeHead(200).end();
    } else {
      const resource = records.resources.get(req.url);
      res.writeHead(resource ? 200 : 404).end(resource);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  records.url = `http://127.0.0.1:${server.address().port}`;
  records.at = (path) => records.resources.has(path) && JSON.parse(records.resources.get(path));
  records.stop = () => (server.closeAllConnections(), server.close());
  return records;
}

/** Spawns the program in `folder`, which holds its data and its `.env`, with nothing but `env` set. */
export function spawnIn(folder, env) {
  return spawn(process.execPath, [main], { cwd: folder, env: { PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts the program and waits until it listens. Without a system of record, calls to it fail. */
export async function start({ folder = newFolder(), records, secret = newSecret(), env = { PROVENIQ_WEBHOOK_SECRET: secret } } = {}) {
  const child = spawnIn(folder, { SYSTEM_OF_RECORD_URL: records?.url ?? 'http://127.0.0.1:1', ...env });
  const exited = once(child, 'exit').then(([code]) => code);
  const [line] = await once(createInterface(child.stdout), 'line');
  const { port, path } = JSON.parse(line);
  const origin = `http://127.0.0.1:${port}`;
  return {
    folder,
    secret,
    origin,
    deliver: (event, options) => deliver(`${origin}${path}`, event, { secret, ...options }),
    stop: (signal = 'SIGTERM') => (child.kill(signal), exited),
  };
}

async function deliver(url, event, { secret, id = `msg_${randomUUID()}` }) {
  const body = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  return response.status;
}

export function ledgerEvent(id = 'evt_00000000000000000001') {
  return {
    type: 'ledger.event.created',
    timestamp: '2026-01-15T09:30:01Z',
    data: {
      id,
      sequence: 1,
      kind: 'claim.opened',
      carrier_id: 'car_00000000000000000001',
      subject: { type: 'claim', id: 'CLM-2026-004417' },
      occurred_at: '2026-01-15T09:30:00Z',
      recorded_at: '2026-01-15T09:30:01Z',
      payload: { loss_type: 'water' },
      hash: 'a'.repeat(64),
      previous_hash: 'b'.repeat(64),
    },
  };
}

export function ping() {
  return { type: 'webhook.ping', timestamp: '2026-01-15T09:30:00Z', data: { endpoint: '/webhooks/proveniq' } };
}

export function proofRequest(eventId, id = 'prf_00000000000000000001') {
  return {
    type: 'ledger.proof.requested',
    timestamp: '2026-01-15T10:00:00Z',
    data: {
      id,
      event_id: eventId,
      carrier_id: 'car_00000000000000000001',
      proof_type: 'inclusion',
      requested_by: 'auditor:north-region',
      requested_at: '2026-01-15T10:00:00Z',
    },
  };
}
