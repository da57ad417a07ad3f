import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * An append-only file of JSON lines, `{"id": ..., "entry": ...}`, with one line for each id.
 *
 * Holds the SHA-256 of every line in memory, about 200 bytes an entry. One process at a time may
 * have the file open.
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #digests: Map<string, string>;
  #size: number;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, digests: Map<string, string>, size: number) {
    this.#file = file;
    this.#digests = digests;
    this.#size = size;
  }

  /** Opens the journal, and creates it and its folder when they are missing. */
  static async open(path: string): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+');
    const content = await file.readFile();
    // What follows the last newline was cut off by a crash, before its delivery was acknowledged.
    const size = content.lastIndexOf('\n') + 1;
    await file.truncate(size);
    const lines = content.toString('utf8', 0, size).split('\n').slice(0, -1);
    const digests = new Map(lines.map((line) => [JSON.parse(line).id as string, sha256(line)]));
    return new Journal(file, digests, size);
  }

  /** Returns the SHA-256 of the line with this id, in lower-case hexadecimal. */
  digest(id: string): string | undefined {
    return this.#digests.get(id);
  }

  /** Appends an entry and waits until it is on disk. An id that is there already changes nothing. */
  append(id: string, entry: unknown): Promise<void> {
    const written = this.#last.then(() => this.#write(id, entry));
    this.#last = written.catch(() => undefined);
    return written;
  }

  /** Closes the file once all that was appended is written. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  async #write(id: string, entry: unknown): Promise<void> {
    if (this.#digests.has(id)) return;
    const line = JSON.stringify({ id, entry });
    try {
      await this.#file.appendFile(`${line}\n`);
      await this.#file.datasync();
    } catch (error) {
      await this.#file.truncate(this.#size);
      throw error;
    }
    this.#size += Buffer.byteLength(line) + 1;
    this.#digests.set(id, sha256(line));
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
