import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** Where the marketplace delivers; the same path stands in proveniq.toml. */
export const WEBHOOK_PATH = '/webhooks/proveniq';

/** Serves deliveries and the two health routes. */
export function serverFor(webhook: RequestListener): Server {
  const server = createServer((req, res) => {
    switch (req.url?.split('?', 1)[0]) {
      case WEBHOOK_PATH:
        return webhook(req, res);
      case '/healthz':
        return send(res, 200, 'application/json', { status: 'ok' });
      case '/readyz':
        // Once it stops listening, only connections that are still open get here.
        return server.listening
          ? send(res, 200, 'application/json', { status: 'ready' })
          : send(res, 503, 'application/json', { status: 'stopping' });
      default:
        return send(res, 404, 'application/problem+json', {
          type: 'about:blank',
          title: 'Not found',
          status: 404,
          detail: 'No such route.',
        });
    }
  });
  return server;
}

function send(res: ServerResponse, status: number, contentType: string, body: unknown): void {
  res.writeHead(status, { 'content-type': contentType }).end(JSON.stringify(body));
}
