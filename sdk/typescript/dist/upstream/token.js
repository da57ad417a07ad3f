import { exchange } from './exchange.js';
/** The upstream gives no token; the message is fit for a log. */
export class TokenRefused extends Error {
}
/** Tokens are fetched anew this long before they expire. */
const EARLY_MS = 30_000;
/** Fetches tokens by client credentials (RFC 6749 section 4.4), one for all calls, and again when it is due. */
export class TokenSource {
    #client;
    #current;
    #fetching;
    constructor(client) {
        this.#client = client;
    }
    /** Returns the `Authorization` header. Calls that need a token at once share one request for it. */
    async header(limitMs) {
        if (this.#current !== undefined && this.#current.expires > Date.now())
            return this.#current.header;
        this.#fetching ??= this.#fetch(limitMs).finally(() => (this.#fetching = undefined));
        return this.#fetching;
    }
    /** Forgets a header that was refused, unless it has been replaced already. */
    refused(header) {
        if (this.#current?.header === header)
            this.#current = undefined;
    }
    async #fetch(limitMs) {
        const { tokenUrl, clientId, clientSecret } = this.#client;
        const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
        const { status, body } = await exchange(new URL(tokenUrl), {
            method: 'POST',
            headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
            body: 'grant_type=client_credentials',
        }, limitMs);
        if (status !== 200)
            throw new TokenRefused(`the token endpoint answered ${status}`);
        return this.#keep(body);
    }
    #keep(body) {
        const { token, lifetime } = tokenIn(body);
        const header = `Bearer ${token}`;
        this.#current = { header, expires: Date.now() + lifetime * 1000 - EARLY_MS };
        return header;
    }
}
function tokenIn(body) {
    let answer;
    try {
        answer = JSON.parse(body.toString('utf8'));
    }
    catch {
        answer = null;
    }
    if (typeof answer?.access_token !== 'string')
        throw new TokenRefused('the token endpoint answered without a token');
    return { token: answer.access_token, lifetime: typeof answer.expires_in === 'number' ? answer.expires_in : 60 };
}
