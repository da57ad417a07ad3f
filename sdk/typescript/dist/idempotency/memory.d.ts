import type { IdempotencyStore, RunOutcome } from './store.js';
/** Bounds of a {@link MemoryIdempotencyStore}. */
export interface MemoryIdempotencyStoreOptions {
    /** Largest number of ids that are remembered; 100,000 by default. The oldest goes first. */
    maxEntries?: number;
    /** How long an id is remembered after its work succeeded, in milliseconds; 24 hours by default. */
    ttlMs?: number;
}
/**
 * Remembers ids in this process: enough for one replica, and forgotten at a restart. Work under way
 * counts towards no bound: the server's open connections bound it.
 */
export declare class MemoryIdempotencyStore implements IdempotencyStore {
    #private;
    constructor({ maxEntries, ttlMs }?: MemoryIdempotencyStoreOptions);
    run(id: string, work: () => Promise<void>): Promise<RunOutcome>;
    /** Takes an id as one whose work succeeded at this time, in milliseconds since 1970; from the oldest to the newest. */
    remember(id: string, at?: number): void;
}
