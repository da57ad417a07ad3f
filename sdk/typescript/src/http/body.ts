import type { IncomingMessage } from 'node:http';

/** The body has more bytes than the limit allows. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's body, byte for byte, since the signature covers the raw bytes.
 *
 * Past the limit nothing is kept, and the rest is left for `node:http` to discard: closing the
 * connection instead would often lose the answer, as the sender is still writing.
 *
 * @throws BodyTooLarge when the body, or its declared length, exceeds `limit` bytes.
 */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > limit) {
      reject(new BodyTooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        reject(new BodyTooLarge());
      }
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
  });
}
