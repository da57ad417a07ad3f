import { type ClientCredentials } from './token.js';
/** Options of an {@link UpstreamClient}. */
export interface UpstreamOptions {
    /** Base address; paths are added behind it. */
    url: string;
    /** Who the integration is at the upstream; without it, calls carry no credential. */
    credentials?: ClientCredentials | undefined;
    /** Attempts at one call; 5 by default. */
    attempts?: number;
    /** Longest that one attempt may take, in milliseconds; 5 seconds by default. */
    callMs?: number;
    /** Longest that all attempts at a call may take, in milliseconds; 10 seconds by default, since the marketplace waits 15. */
    totalMs?: number;
}
/** The upstream refused a call for good: the same call would be refused again. */
export declare class UpstreamRefused extends Error {
    /** The answer's status. */
    readonly status: number;
    constructor(message: string, status: number);
}
/**
 * Calls the system behind an integration. A call that fails for the moment is made again, a few times,
 * with gaps that grow, and not before the time that the upstream names (`Retry-After`); one that keeps
 * failing throws {@link DeliverLater}. Since a call may be made again after an answer that was lost,
 * only idempotent methods are offered.
 */
export declare class UpstreamClient {
    #private;
    constructor({ url, credentials, attempts, callMs, totalMs }: UpstreamOptions);
    /** Creates or replaces a resource. */
    put(path: string, value: unknown): Promise<void>;
    /** Reads a resource, byte for byte; `undefined` where there is none. */
    get(path: string): Promise<Buffer | undefined>;
}
