/**
 * The work of a delivery cannot be done now: a handler throws it, and the delivery is answered with
 * 503, so that the marketplace makes it again.
 */
export class DeliverLater extends Error {
  /** Whole seconds after which it is worth to deliver again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { retryAfterMs, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.retryAfterSeconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
  }
}
