/** `ran`: the work was done by this call. `duplicate`: it had been done, or was under way. */
export type RunOutcome = 'ran' | 'duplicate';

/**
 * Makes the handling of a delivery idempotent. Deliveries are at least once, and their
 * `webhook-id` is the same across retries (Standard Webhooks, "Idempotency").
 */
export interface IdempotencyStore {
  /**
   * Runs `work` unless it has succeeded for this id before. A call for an id whose work is under
   * way waits for that run and shares its result, so that no duplicate is acknowledged early.
   * When the work rejects, the call rejects with the same error and the id is forgotten: a retry
   * runs the work again.
   */
  run(id: string, work: () => Promise<void>): Promise<RunOutcome>;
}
