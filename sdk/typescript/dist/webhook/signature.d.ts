/** Reads a request header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;
/** Verifies a delivery; returns its id, or throws {@link InvalidSignature}. */
export type SignatureVerifier = (header: HeaderReader, body: Buffer) => string;
/** A delivery that does not prove where it comes from; the message is fit for the sender. */
export declare class InvalidSignature extends Error {
}
/**
 * Makes a verifier of Standard Webhooks signatures, scheme `v1` (HMAC-SHA256), with a tolerance
 * of 300 seconds both ways. A delivery is good when any of the secrets verifies it, which is how
 * a secret rotates without an outage.
 *
 * @throws TypeError when there is no secret, or one is not `whsec_` and base64 of 24 to 64 bytes.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export declare function signatureVerifier(secrets: readonly string[]): SignatureVerifier;
