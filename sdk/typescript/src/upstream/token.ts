import { exchange } from './exchange.js';

/** An OAuth client of the upstream. */
export interface ClientCredentials {
  /** Token endpoint. */
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
}

/** The upstream gives no token; the message is fit for a log. */
export class TokenRefused extends Error {}

/** Tokens are fetched anew this long before they expire. */
const EARLY_MS = 30_000;

/** Fetches tokens by client credentials (RFC 6749 section 4.4), one for all calls, and again when it is due. */
export class TokenSource {
  readonly #client: ClientCredentials;
  #current: { header: string; expires: number } | undefined;
  #fetching: Promise<string> | undefined;

  constructor(client: ClientCredentials) {
    this.#client = client;
  }

  /** Returns the `Authorization` header. Calls that need a token at once share one request for it. */
  async header(limitMs: number): Promise<string> {
    if (this.#current !== undefined && this.#current.expires > Date.now()) return this.#current.header;
    this.#fetching ??= this.#fetch(limitMs).finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  /** Forgets a header that was refused, unless it has been replaced already. */
  refused(header: string): void {
    if (this.#current?.header === header) this.#current = undefined;
  }

  async #fetch(limitMs: number): Promise<string> {
    const { tokenUrl, clientId, clientSecret } = this.#client;
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
    const { status, body } = await exchange(
      new URL(tokenUrl),
      {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      },
      limitMs,
    );
    if (status !== 200) throw new TokenRefused(`the token endpoint answered ${status}`);
    return this.#keep(body);
  }

  #keep(body: Buffer): string {
    const { token, lifetime } = tokenIn(body);
    const header = `Bearer ${token}`;
    this.#current = { header, expires: Date.now() + lifetime * 1000 - EARLY_MS };
    return header;
  }
}

function tokenIn(body: Buffer): { token: string; lifetime: number } {
  let answer: { access_token?: unknown; expires_in?: unknown } | null;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    answer = null;
  }
  if (typeof answer?.access_token !== 'string') throw new TokenRefused('the token endpoint answered without a token');
  return { token: answer.access_token, lifetime: typeof answer.expires_in === 'number' ? answer.expires_in : 60 };
}
