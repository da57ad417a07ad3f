/** What the environment sets. */
export interface Config {
  host: string;
  /** 0 lets the system choose a free port. */
  port: number;
  /** Several while one replaces another. */
  secrets: string[];
  dataDir: string;
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
  };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (!/^[0-9]+$/.test(text) || port > 65535) throw new ConfigError('PORT is not a number from 0 to 65535');
  return port;
}
