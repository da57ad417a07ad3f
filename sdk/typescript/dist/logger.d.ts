/**
 * Receives what the SDK reports: one line of text and its fields. `console` fits, and so do
 * small wrappers around pino or winston. Secrets, signatures and payloads are never passed.
 */
export interface Logger {
    /** A delivery was handled or ignored. */
    info(message: string, fields: Record<string, unknown>): void;
    /** A delivery was refused. */
    warn(message: string, fields: Record<string, unknown>): void;
    /** A handler failed; `fields.error` holds what it threw. */
    error(message: string, fields: Record<string, unknown>): void;
}
