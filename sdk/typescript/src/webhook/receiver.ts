import { DeliverLater } from '../deliver-later.js';
import type { ProveniqEvent } from '../events.js';
import { MemoryIdempotencyStore } from '../idempotency/memory.js';
import type { IdempotencyStore } from '../idempotency/store.js';
import type { Logger } from '../logger.js';
import { acknowledged, problem, type Answer } from './answer.js';
import { MalformedPayload, parsePayload } from './payload.js';
import { InvalidSignature, signatureVerifier, type HeaderReader, type SignatureVerifier } from './signature.js';

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
export class WebhookReceiver {
  readonly #integration: EventDispatcher;
  readonly #verify: SignatureVerifier;
  readonly #store: IdempotencyStore;
  readonly #logger: Logger;

  constructor(integration: EventDispatcher, { secrets, store, logger }: WebhookOptions) {
    this.#integration = integration;
    this.#verify = signatureVerifier(secrets);
    this.#store = store ?? new MemoryIdempotencyStore();
    this.#logger = logger ?? console;
  }

  /** Handles one delivery; a failing handler becomes an answer too. */
  async receive(header: HeaderReader, body: Buffer): Promise<Answer> {
    try {
      const id = this.#verify(header, body);
      return await this.#handle(id, parsePayload(body));
    } catch (error) {
      if (error instanceof InvalidSignature) return this.#refuse('signature-invalid', error.message);
      if (error instanceof MalformedPayload) return this.#refuse('payload-malformed', error.message);
      throw error;
    }
  }

  async #handle(id: string, event: ProveniqEvent): Promise<Answer> {
    const { type } = event;
    if (!this.#integration.handles(type)) {
      this.#logger.info('webhook ignored', { id, type });
      return acknowledged;
    }
    try {
      const outcome = await this.#store.run(id, async () => {
        await this.#integration.dispatch(event);
      });
      this.#logger.info('webhook handled', { id, type, outcome });
      return acknowledged;
    } catch (error) {
      if (error instanceof DeliverLater) return this.#putOff(id, type, error);
      this.#logger.error('webhook failed', { id, type, error });
      return problem('handler-failed', 'The delivery could not be handled; deliver it again later.');
    }
  }

  #putOff(id: string, type: string, error: DeliverLater): Answer {
    this.#logger.warn('webhook put off', { id, type, reason: error.message });
    const seconds = error.retryAfterSeconds;
    const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) };
    return problem('deliver-later', 'The work of the delivery cannot be done now; deliver it again later.', headers);
  }

  #refuse(kind: 'signature-invalid' | 'payload-malformed', detail: string): Answer {
    this.#logger.warn('webhook refused', { reason: detail });
    return problem(kind, detail);
  }
}
