/** A call that says nothing about the next one: it may be made again. */
export declare class Temporary extends Error {
    /** How long the upstream wants to be left alone, where it said so. */
    readonly retryAfterMs: number | undefined;
    constructor(message: string, retryAfterMs?: number, cause?: unknown);
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
export declare function exchange(url: URL, init: RequestInit, limitMs: number): Promise<Exchanged>;
