/** A body that is not an event; the message is fit for the sender. */
export class MalformedPayload extends Error {
}
const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = Buffer.from('"\\[]{}');
/** Deepest payload that is taken: code that walks or writes deeper ones runs out of stack. */
const MAX_DEPTH = 64;
/**
 * Parses a body into an event. Only `type` and `data` are required to be there: a stricter check
 * would refuse events of a later catalogue, which have to be acknowledged.
 *
 * @throws MalformedPayload when the body is not a JSON object with a string `type` and an object `data`.
 */
export function parsePayload(body) {
    if (isDeeperThan(body, MAX_DEPTH))
        throw new MalformedPayload('The body is nested too deeply.');
    const payload = parseJson(body);
    if (!isObject(payload))
        throw new MalformedPayload('The body is not a JSON object.');
    if (typeof payload['type'] !== 'string')
        throw new MalformedPayload('The payload has no string "type".');
    if (!isObject(payload['data']))
        throw new MalformedPayload('The payload has no object "data".');
    return payload;
}
/** Counts brackets outside of strings, so that nothing is built for a body that is refused. */
function isDeeperThan(body, most) {
    let depth = 0;
    let inString = false;
    for (let index = 0; index < body.length; index += 1) {
        const byte = body[index];
        if (inString) {
            if (byte === BACKSLASH)
                index += 1;
            else if (byte === QUOTE)
                inString = false;
        }
        else if (byte === QUOTE)
            inString = true;
        else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
            depth += 1;
            if (depth > most)
                return true;
        }
        else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE)
            depth -= 1;
    }
    return false;
}
function parseJson(body) {
    try {
        return JSON.parse(body.toString('utf8'));
    }
    catch {
        throw new MalformedPayload('The body is not valid JSON.');
    }
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
