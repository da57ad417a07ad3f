import type { IdempotencyStore, RunOutcome } from './store.js';

/** Bounds of a {@link MemoryIdempotencyStore}. */
export interface MemoryIdempotencyStoreOptions {
  /** Largest number of ids that are remembered; 100,000 by default. The oldest goes first. */
  maxEntries?: number;
  /** How long an id is remembered after its work succeeded, in milliseconds; 24 hours by default. */
  ttlMs?: number;
}

const DEFAULT_MAX_ENTRIES = 100_000;
const DEFAULT_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers ids in this process: enough for one replica, and forgotten at a restart. Work under way
 * counts towards no bound: the server's open connections bound it.
 */
export class MemoryIdempotencyStore implements IdempotencyStore {
  readonly #maxEntries: number;
  readonly #ttlMs: number;
  readonly #running = new Map<string, Promise<void>>();
  // Expiry times by id. One lifetime for all keeps insertion order and expiry order the same.
  readonly #done = new Map<string, number>();

  constructor({ maxEntries = DEFAULT_MAX_ENTRIES, ttlMs = DEFAULT_TTL_MS }: MemoryIdempotencyStoreOptions = {}) {
    this.#maxEntries = maxEntries;
    this.#ttlMs = ttlMs;
  }

  async run(id: string, work: () => Promise<void>): Promise<RunOutcome> {
    this.#forgetExpired();
    if (this.#done.has(id)) return 'duplicate';
    const running = this.#running.get(id);
    if (running !== undefined) {
      await running;
      return 'duplicate';
    }
    await this.#start(id, work);
    return 'ran';
  }

  #start(id: string, work: () => Promise<void>): Promise<void> {
    const run = work()
      .then(() => this.remember(id))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, run);
    return run;
  }

  /** Takes an id as one whose work succeeded at this time, in milliseconds since 1970; from the oldest to the newest. */
  remember(id: string, at: number = Date.now()): void {
    this.#done.set(id, at + this.#ttlMs);
    if (this.#done.size > this.#maxEntries) this.#done.delete(this.#done.keys().next().value!);
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [id, expiry] of this.#done) {
      if (expiry > now) return;
      this.#done.delete(id);
    }
  }
}
