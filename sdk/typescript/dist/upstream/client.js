import { setTimeout } from 'node:timers/promises';
import { DeliverLater } from '../deliver-later.js';
import { Temporary, exchange } from './exchange.js';
import { gapAfter } from './retry.js';
import { TokenSource } from './token.js';
/** The upstream refused a call for good: the same call would be refused again. */
export class UpstreamRefused extends Error {
    /** The answer's status. */
    status;
    constructor(message, status) {
        super(message);
        this.name = new.target.name;
        this.status = status;
    }
}
/**
 * Calls the system behind an integration. A call that fails for the moment is made again, a few times,
 * with gaps that grow, and not before the time that the upstream names (`Retry-After`); one that keeps
 * failing throws {@link DeliverLater}. Since a call may be made again after an answer that was lost,
 * only idempotent methods are offered.
 */
export class UpstreamClient {
    #base;
    #tokens;
    #attempts;
    #callMs;
    #totalMs;
    /** No call is made before this time: the upstream limits its rate for all of them. */
    #notBefore = 0;
    constructor({ url, credentials, attempts = 5, callMs = 5_000, totalMs = 10_000 }) {
        this.#base = url.replace(/\/+$/, '');
        this.#tokens = credentials && new TokenSource(credentials);
        this.#attempts = attempts;
        this.#callMs = callMs;
        this.#totalMs = totalMs;
    }
    /** Creates or replaces a resource. */
    async put(path, value) {
        const headers = { 'content-type': 'application/json' };
        const { status } = await this.#call('PUT', path, { headers, body: JSON.stringify(value) });
        requireSuccess('PUT', path, status);
    }
    /** Reads a resource, byte for byte; `undefined` where there is none. */
    async get(path) {
        const { status, body } = await this.#call('GET', path, { headers: {} });
        if (status === 404)
            return undefined;
        requireSuccess('GET', path, status);
        return body;
    }
    async #call(method, path, init) {
        const deadline = Date.now() + this.#totalMs;
        for (let attempt = 1;; attempt += 1) {
            await this.#waitUntilAllowed(deadline);
            try {
                return await this.#authorized(new URL(this.#base + path), { method, ...init }, deadline);
            }
            catch (error) {
                if (!(error instanceof Temporary))
                    throw error;
                this.#notBefore = Math.max(this.#notBefore, Date.now() + (error.retryAfterMs ?? 0));
                const gap = gapAfter(attempt);
                if (attempt === this.#attempts || Date.now() + gap >= deadline)
                    throw later(method, path, error);
                await setTimeout(gap);
            }
        }
    }
    async #waitUntilAllowed(deadline) {
        for (let wait = this.#notBefore - Date.now(); wait > 0; wait = this.#notBefore - Date.now()) {
            if (this.#notBefore >= deadline)
                throw new DeliverLater('the upstream limits its rate', { retryAfterMs: wait });
            await setTimeout(wait);
        }
    }
    /** Calls with a token where there are any. One that is refused is replaced once, and never used again. */
    async #authorized(url, init, deadline) {
        const limit = () => Math.max(1, Math.min(this.#callMs, deadline - Date.now()));
        if (this.#tokens === undefined)
            return exchange(url, init, limit());
        for (let renewed = false;; renewed = true) {
            const authorization = await this.#tokens.header(limit());
            const answer = await exchange(url, { ...init, headers: { ...init.headers, authorization } }, limit());
            if (answer.status !== 401)
                return answer;
            this.#tokens.refused(authorization);
            if (renewed)
                return answer;
        }
    }
}
function requireSuccess(method, path, status) {
    if (status < 200 || status > 299)
        throw new UpstreamRefused(`${method} ${path} was answered with ${status}`, status);
}
function later(method, path, error) {
    const retryAfterMs = error.retryAfterMs;
    const options = { cause: error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    return new DeliverLater(`${method} ${path} keeps failing: ${error.message}`, options);
}
