/** Tells whether a call that was answered with this status may be made again. */
export declare function isTemporary(status: number): boolean;
/**
 * Returns the gap after the attempt with this number, from 1 on, in milliseconds: each is twice the
 * one before, give or take a quarter, so that clients that failed together do not come back together.
 */
export declare function gapAfter(attempt: number): number;
/** Reads `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from `now`. */
export declare function retryAfter(value: string | null, now: number): number | undefined;
