import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../webhook/answer.js';
import { problem } from '../webhook/answer.js';
import { WebhookReceiver, type EventDispatcher, type WebhookOptions } from '../webhook/receiver.js';
import { BodyTooLarge, readBody } from './body.js';

/** Options of the `node:http` handler. */
export interface NodeHandlerOptions extends WebhookOptions {
  /** Largest body that is read, in bytes; 1 MiB by default. A larger one is answered with 413. */
  maxBodyBytes?: number;
}

/** A `node:http` request listener. */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => void;

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

/** Binds the webhook receiver to `node:http`. */
export function nodeHandler(integration: EventDispatcher, options: NodeHandlerOptions): NodeHandler {
  const receiver = new WebhookReceiver(integration, options);
  const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  return (req, res) => {
    answerTo(req, receiver, maxBodyBytes).then(
      (answer) => send(res, answer),
      () => res.destroy(), // the sender went away before its body was complete
    );
  };
}

async function answerTo(req: IncomingMessage, receiver: WebhookReceiver, maxBodyBytes: number): Promise<Answer> {
  if (req.method !== 'POST') {
    return problem('method-not-allowed', 'Webhooks are delivered with POST.', { allow: 'POST' });
  }
  try {
    const body = await readBody(req, maxBodyBytes);
    return await receiver.receive((name) => header(req, name), body);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return problem('body-too-large', `The body is larger than ${maxBodyBytes} bytes.`);
  }
}

function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function send(res: ServerResponse, { status, headers, body }: Answer): void {
  res.writeHead(status, headers).end(body);
}
