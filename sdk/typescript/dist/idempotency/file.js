import { mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryIdempotencyStore } from './memory.js';
const DAY_MS = 24 * 60 * 60 * 1000;
const FILE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl$/;
/**
 * Remembers ids across restarts and crashes, in a folder with a file for each day (UTC) and a line for
 * each id. An id is on disk before `run` returns, and it is written after its work is done: where a
 * crash comes between, the work is done again, so that it should be idempotent itself.
 *
 * A line is one append, so that nothing of one process is lost to another; but only one of them at a
 * time knows what is under way, so that a replica needs a store of its own or a database.
 */
export class FileIdempotencyStore {
    #folder;
    #days;
    #memory;
    #file;
    #waiting = [];
    #flush;
    #last = Promise.resolve();
    constructor(folder, maxEntries, days) {
        this.#folder = folder;
        this.#days = days;
        this.#memory = new MemoryIdempotencyStore({ maxEntries, ttlMs: days * DAY_MS });
    }
    /** Opens the store, creates its folder where it is missing, and removes what is too old. */
    static async open(folder, { maxEntries = 1_000_000, days = 3 } = {}) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const store = new FileIdempotencyStore(folder, maxEntries, days);
        await store.#removeOld();
        await store.#load();
        return store;
    }
    run(id, work) {
        return this.#memory.run(id, async () => {
            await work();
            await this.#append(id);
        });
    }
    /** Waits until all is written, and closes the file. */
    async close() {
        await this.#last;
        await this.#file?.handle.close();
        this.#file = undefined;
    }
    /** Ids that come while others are being written go to disk together, in the next turn. */
    #append(id) {
        this.#waiting.push(`${JSON.stringify([Date.now(), id])}\n`);
        if (this.#flush === undefined) {
            const flush = this.#last.then(() => this.#write());
            this.#flush = flush;
            this.#last = flush.catch(() => undefined);
        }
        return this.#flush;
    }
    async #write() {
        const lines = this.#waiting;
        this.#waiting = [];
        this.#flush = undefined;
        const handle = await this.#today();
        try {
            await handle.appendFile(lines.join(''));
            await handle.datasync();
        }
        catch (error) {
            // Opened anew, the file goes on after what may have been written in part.
            this.#file = undefined;
            await handle.close();
            throw error;
        }
    }
    async #today() {
        const day = dayOf(Date.now());
        if (this.#file?.day === day)
            return this.#file.handle;
        await this.#file?.handle.close();
        this.#file = undefined;
        const handle = await open(join(this.#folder, `${day}.jsonl`), 'a', 0o600);
        this.#file = { day, handle };
        // What a crash cut off must not swallow the line that comes next.
        await handle.appendFile('\n');
        await this.#removeOld();
        return handle;
    }
    async #files() {
        return (await readdir(this.#folder)).filter((name) => FILE.test(name)).sort();
    }
    async #removeOld() {
        const oldest = dayOf(Date.now() - this.#days * DAY_MS);
        const old = (await this.#files()).filter((name) => FILE.exec(name)[1] < oldest);
        await Promise.all(old.map((name) => rm(join(this.#folder, name), { force: true })));
    }
    async #load() {
        for (const name of await this.#files()) {
            for (const line of (await readFile(join(this.#folder, name), 'utf8')).split('\n')) {
                const entry = entryIn(line);
                if (entry !== undefined)
                    this.#memory.remember(entry.id, entry.at);
            }
        }
    }
}
function dayOf(time) {
    return new Date(time).toISOString().slice(0, 10);
}
/** Reads a line; one that a crash cut off belongs to a delivery that was never acknowledged. */
function entryIn(line) {
    try {
        const [at, id] = JSON.parse(line);
        return typeof at === 'number' && typeof id === 'string' ? { id, at } : undefined;
    }
    catch {
        return undefined;
    }
}
