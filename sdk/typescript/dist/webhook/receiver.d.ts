import type { ProveniqEvent } from '../events.js';
import type { IdempotencyStore } from '../idempotency/store.js';
import type { Logger } from '../logger.js';
import { type Answer } from './answer.js';
import { type HeaderReader } from './signature.js';
/** Options that every kind of webhook handler shares. */
export interface WebhookOptions {
    /** Signing secrets (`whsec_...`); several while one replaces another. */
    secrets: readonly string[];
    /** Remembers which deliveries were handled; in memory by default. */
    store?: IdempotencyStore;
    /** Takes reports; `console` by default. */
    logger?: Logger;
}
/** The part of an integration that the receiver needs. */
export interface EventDispatcher {
    handles(type: string): boolean;
    dispatch(event: ProveniqEvent): Promise<unknown>;
}
/**
 * Takes one delivery from raw bytes to an answer: verify, parse, deduplicate, dispatch. It knows
 * nothing of an HTTP server, so that each binding under `http/` only moves bytes.
 */
export declare class WebhookReceiver {
    #private;
    constructor(integration: EventDispatcher, { secrets, store, logger }: WebhookOptions);
    /** Handles one delivery; a failing handler becomes an answer too. */
    receive(header: HeaderReader, body: Buffer): Promise<Answer>;
}
