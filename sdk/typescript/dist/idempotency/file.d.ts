import type { IdempotencyStore, RunOutcome } from './store.js';
/** Options of a {@link FileIdempotencyStore}. */
export interface FileIdempotencyStoreOptions {
    /** Largest number of ids that are remembered; 1,000,000 by default. The oldest goes first. */
    maxEntries?: number;
    /** How long an id is remembered, in days; 3 by default, more than a delivery is tried for. */
    days?: number;
}
/**
 * Remembers ids across restarts and crashes, in a folder with a file for each day (UTC) and a line for
 * each id. An id is on disk before `run` returns, and it is written after its work is done: where a
 * crash comes between, the work is done again, so that it should be idempotent itself.
 *
 * A line is one append, so that nothing of one process is lost to another; but only one of them at a
 * time knows what is under way, so that a replica needs a store of its own or a database.
 */
export declare class FileIdempotencyStore implements IdempotencyStore {
    #private;
    private constructor();
    /** Opens the store, creates its folder where it is missing, and removes what is too old. */
    static open(folder: string, { maxEntries, days }?: FileIdempotencyStoreOptions): Promise<FileIdempotencyStore>;
    run(id: string, work: () => Promise<void>): Promise<RunOutcome>;
    /** Waits until all is written, and closes the file. */
    close(): Promise<void>;
}
