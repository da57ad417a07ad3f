const DEFAULT_MAX_ENTRIES = 100_000;
const DEFAULT_TTL_MS = 24 * 60 * 60 * 1000;
/**
 * Remembers ids in this process: enough for one replica, and forgotten at a restart. Work under way
 * counts towards no bound: the server's open connections bound it.
 */
export class MemoryIdempotencyStore {
    #maxEntries;
    #ttlMs;
    #running = new Map();
    // Expiry times by id. One lifetime for all keeps insertion order and expiry order the same.
    #done = new Map();
    constructor({ maxEntries = DEFAULT_MAX_ENTRIES, ttlMs = DEFAULT_TTL_MS } = {}) {
        this.#maxEntries = maxEntries;
        this.#ttlMs = ttlMs;
    }
    async run(id, work) {
        this.#forgetExpired();
        if (this.#done.has(id))
            return 'duplicate';
        const running = this.#running.get(id);
        if (running !== undefined) {
            await running;
            return 'duplicate';
        }
        await this.#start(id, work);
        return 'ran';
    }
    #start(id, work) {
        const run = work()
            .then(() => this.remember(id))
            .finally(() => this.#running.delete(id));
        this.#running.set(id, run);
        return run;
    }
    /** Takes an id as one whose work succeeded at this time, in milliseconds since 1970; from the oldest to the newest. */
    remember(id, at = Date.now()) {
        this.#done.set(id, at + this.#ttlMs);
        if (this.#done.size > this.#maxEntries)
            this.#done.delete(this.#done.keys().next().value);
    }
    #forgetExpired() {
        const now = Date.now();
        for (const [id, expiry] of this.#done) {
            if (expiry > now)
                return;
            this.#done.delete(id);
        }
    }
}
