import { DeliverLater } from '../deliver-later.js';
import { MemoryIdempotencyStore } from '../idempotency/memory.js';
import { acknowledged, problem } from './answer.js';
import { MalformedPayload, parsePayload } from './payload.js';
import { InvalidSignature, signatureVerifier } from './signature.js';
/**
 * Takes one delivery from raw bytes to an answer: verify, parse, deduplicate, dispatch. It knows
 * nothing of an HTTP server, so that each binding under `http/` only moves bytes.
 */
export class WebhookReceiver {
    #integration;
    #verify;
    #store;
    #logger;
    constructor(integration, { secrets, store, logger }) {
        this.#integration = integration;
        this.#verify = signatureVerifier(secrets);
        this.#store = store ?? new MemoryIdempotencyStore();
        this.#logger = logger ?? console;
    }
    /** Handles one delivery; a failing handler becomes an answer too. */
    async receive(header, body) {
        try {
            const id = this.#verify(header, body);
            return await this.#handle(id, parsePayload(body));
        }
        catch (error) {
            if (error instanceof InvalidSignature)
                return this.#refuse('signature-invalid', error.message);
            if (error instanceof MalformedPayload)
                return this.#refuse('payload-malformed', error.message);
            throw error;
        }
    }
    async #handle(id, event) {
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
        }
        catch (error) {
            if (error instanceof DeliverLater)
                return this.#putOff(id, type, error);
            this.#logger.error('webhook failed', { id, type, error });
            return problem('handler-failed', 'The delivery could not be handled; deliver it again later.');
        }
    }
    #putOff(id, type, error) {
        this.#logger.warn('webhook put off', { id, type, reason: error.message });
        const seconds = error.retryAfterSeconds;
        const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) };
        return problem('deliver-later', 'The work of the delivery cannot be done now; deliver it again later.', headers);
    }
    #refuse(kind, detail) {
        this.#logger.warn('webhook refused', { reason: detail });
        return problem(kind, detail);
    }
}
