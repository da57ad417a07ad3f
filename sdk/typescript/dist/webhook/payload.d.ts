import type { ProveniqEvent } from '../events.js';
/** A body that is not an event; the message is fit for the sender. */
export declare class MalformedPayload extends Error {
}
/**
 * Parses a body into an event. Only `type` and `data` are required to be there: a stricter check
 * would refuse events of a later catalogue, which have to be acknowledged.
 *
 * @throws MalformedPayload when the body is not a JSON object with a string `type` and an object `data`.
 */
export declare function parsePayload(body: Buffer): ProveniqEvent;
