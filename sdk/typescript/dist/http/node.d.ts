import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EventDispatcher, type WebhookOptions } from '../webhook/receiver.js';
/** Options of the `node:http` handler. */
export interface NodeHandlerOptions extends WebhookOptions {
    /** Largest body that is read, in bytes; 1 MiB by default. A larger one is answered with 413. */
    maxBodyBytes?: number;
}
/** A `node:http` request listener. */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => void;
/** Binds the webhook receiver to `node:http`. */
export declare function nodeHandler(integration: EventDispatcher, options: NodeHandlerOptions): NodeHandler;
