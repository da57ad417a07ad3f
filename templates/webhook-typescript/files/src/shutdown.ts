import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/**
 * Returns a function that stops the server: no new connections, up to `graceMs` milliseconds for
 * the requests in hand, and then every connection is closed. `server.close()` alone would also
 * wait for connections on which nothing was ever asked.
 */
export function stopperOf(server: Server): (graceMs: number) => Promise<void> {
  const inHand = new Set<ServerResponse>();
  server.on('request', (_req, res: ServerResponse) => {
    inHand.add(res);
    res.once('close', () => inHand.delete(res));
  });
  return async (graceMs) => {
    const closed = once(server, 'close');
    server.close();
    const answered = Promise.all([...inHand].map((res) => once(res, 'close')));
    await Promise.race([answered, setTimeout(graceMs, undefined, { ref: false })]);
    server.closeAllConnections();
    await closed;
  };
}
