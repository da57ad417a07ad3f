import { handlersOf } from './event-handler.js';
import { nodeHandler } from './http/node.js';
/**
 * Base class of every integration: methods marked with `EventHandler` receive the marketplace's
 * events, and {@link ProveniqIntegration.handler} turns the whole into a webhook endpoint.
 */
export class ProveniqIntegration {
    /** The external system; an integration sets it before events arrive. */
    externalApi = {
        sync: () => {
            throw new Error(`${this.constructor.name}: set "externalApi" to an object with a sync(event) method`);
        },
    };
    /**
     * Makes the proof that was asked for and hands it on; an integration overrides it. The answer
     * to a webhook has no body, so a proof that is only returned reaches the method's caller alone.
     */
    generateProof(proof) {
        throw new Error(`${this.constructor.name}: override generateProof(proof) to answer the request "${proof.data.id}"`);
    }
    /** Tells whether any method handles events of this type. */
    handles(type) {
        return handlersOf(this, type).length > 0;
    }
    /**
     * Runs the methods that handle the event, one after the other, and returns what they returned.
     * Stops at the first that throws.
     */
    async dispatch(event) {
        const methods = this;
        const results = [];
        for (const name of handlersOf(this, event.type))
            results.push(await methods[name](event));
        return results;
    }
    /**
     * Returns a `node:http` request listener that verifies, deduplicates and dispatches deliveries.
     *
     * @throws TypeError when no secret is given, or one is not a `whsec_` secret.
     */
    handler(options) {
        return nodeHandler(this, options);
    }
}
