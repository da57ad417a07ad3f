import type { Logger } from '@proveniq/marketplace-sdk';

/** Writes one JSON object a line to standard output. */
export const log: Logger = {
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, fields) => write('error', message, fields),
};

function write(level: keyof Logger, message: string, fields: Record<string, unknown>): void {
  const record = { time: new Date().toISOString(), level, message, ...fields };
  process.stdout.write(`${JSON.stringify(record, errorsAsText)}\n`);
}

function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}
