import { isTemporary, retryAfter } from './retry.js';

/** Largest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** A call that says nothing about the next one: it may be made again. */
export class Temporary extends Error {
  /** How long the upstream wants to be left alone, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number, cause?: unknown) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that came whole. */
export interface Exchanged {
  status: number;
  body: Buffer;
}

/**
 * Makes one call and reads its answer, within `limitMs` from the first byte to the last. Redirects
 * are not followed: they could take a credential to another host.
 *
 * @throws Temporary when there was no whole answer, or one that says "not now".
 */
export async function exchange(url: URL, init: RequestInit, limitMs: number): Promise<Exchanged> {
  let answer: Response;
  let body: Buffer;
  try {
    answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    body = await bodyOf(answer);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Temporary('no whole answer', undefined, error);
  }
  if (isTemporary(answer.status)) {
    throw new Temporary(`answered ${answer.status}`, retryAfter(answer.headers.get('retry-after'), Date.now()));
  }
  return { status: answer.status, body };
}

async function bodyOf(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new RangeError(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
