import type { IncomingMessage } from 'node:http';
/** The body has more bytes than the limit allows. */
export declare class BodyTooLarge extends Error {
}
/**
 * Reads a request's body, byte for byte, since the signature covers the raw bytes.
 *
 * Past the limit nothing is kept, and the rest is left for `node:http` to discard: closing the
 * connection instead would often lose the answer, as the sender is still writing.
 *
 * @throws BodyTooLarge when the body, or its declared length, exceeds `limit` bytes.
 */
export declare function readBody(req: IncomingMessage, limit: number): Promise<Buffer>;
