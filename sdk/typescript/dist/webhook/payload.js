/** A body that is not an event; the message is fit for the sender. */
export class MalformedPayload extends Error {
}
/**
 * Parses a body into an event. Only `type` and `data` are required to be there: a stricter check
 * would refuse events of a later catalogue, which have to be acknowledged.
 *
 * @throws MalformedPayload when the body is not a JSON object with a string `type` and an object `data`.
 */
export function parsePayload(body) {
    const payload = parseJson(body);
    if (!isObject(payload))
        throw new MalformedPayload('The body is not a JSON object.');
    if (typeof payload['type'] !== 'string')
        throw new MalformedPayload('The payload has no string "type".');
    if (!isObject(payload['data']))
        throw new MalformedPayload('The payload has no object "data".');
    return payload;
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
