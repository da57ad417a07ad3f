/** Statuses that say "not now" (RFC 9110, RFC 6585); every other error says "not like this". */
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

const FIRST_GAP_MS = 200;

/** Longest time that an upstream is left alone because it said so. */
const LONGEST_MS = 15 * 60 * 1000;

/** Tells whether a call that was answered with this status may be made again. */
export function isTemporary(status: number): boolean {
  return TEMPORARY.has(status);
}

/**
 * Returns the gap after the attempt with this number, from 1 on, in milliseconds: each is twice the
 * one before, give or take a quarter, so that clients that failed together do not come back together.
 */
export function gapAfter(attempt: number): number {
  return FIRST_GAP_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}

/** Reads `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from `now`. */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const wait = /^[0-9]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_MS);
}
