import type { UpstreamOptions } from '@proveniq/marketplace-sdk';

/** What the environment sets. */
export interface Config {
  host: string;
  /** 0 lets the system choose a free port. */
  port: number;
  /** Several while one replaces another. */
  secrets: string[];
  dataDir: string;
  /** The system of record. */
  records: UpstreamOptions;
}

/** A setting that is missing or wrong; the message names it and never repeats a secret. */
export class ConfigError extends Error {}

/** Reads `.env` in the current folder, when there is one; what the environment sets already stays. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Turns the environment into a configuration. */
export function configFrom(env: NodeJS.ProcessEnv): Config {
  const secrets = (env.PROVENIQ_WEBHOOK_SECRET ?? '').split(/\s+/).filter(Boolean);
  if (secrets.length === 0) {
    throw new ConfigError('PROVENIQ_WEBHOOK_SECRET is not set: it holds the signing secret of the webhook endpoint');
  }
  return {
    host: env.HOST || '127.0.0.1',
    port: portFrom(env.PORT || '3000'),
    secrets,
    dataDir: env.DATA_DIR || 'data',
    records: recordsFrom(env),
  };
}

/** Tokens come from the system of record itself: what it gave is shown to no other host. */
function recordsFrom(env: NodeJS.ProcessEnv): UpstreamOptions {
  const url = addressFrom(env.SYSTEM_OF_RECORD_URL || 'http://127.0.0.1:4000');
  const { SYSTEM_OF_RECORD_CLIENT_ID: clientId, SYSTEM_OF_RECORD_CLIENT_SECRET: clientSecret } = env;
  if (!clientId && !clientSecret) return { url };
  if (!clientId || !clientSecret) {
    throw new ConfigError('SYSTEM_OF_RECORD_CLIENT_ID and SYSTEM_OF_RECORD_CLIENT_SECRET are set together, or neither');
  }
  return { url, credentials: { tokenUrl: `${url}/oauth/token`, clientId, clientSecret } };
}

function addressFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new ConfigError('SYSTEM_OF_RECORD_URL is not an http or https address without user, query and fragment');
  }
  return text.replace(/\/+$/, '');
}

function portFrom(text: string): number {
  const port = Number(text);
  if (!/^[0-9]+$/.test(text) || port > 65535) throw new ConfigError('PORT is not a number from 0 to 65535');
  return port;
}
