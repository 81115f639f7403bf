// An answer before it is sent: `{ status, headers, body }`. Each service says no in its own words.

/** @typedef {{ status: number, headers?: Record<string, string>, body?: Buffer }} Answer */

const statusOfCode = {
  malformed: 400, invalid_argument: 400, unauthenticated: 401, permission_denied: 403, not_found: 404, bad_route: 404,
  already_exists: 409, failed_precondition: 412, resource_exhausted: 429, internal: 500, unavailable: 503,
};

/** @returns {Answer} */
export function answerJson(status, value, headers = {}) {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: Buffer.from(JSON.stringify(value)) };
}

/** @returns {Answer} What a Twirp service says instead of an answer. */
export function refuseTwirp(code, msg, headers = {}) {
  return answerJson(statusOfCode[code] ?? 500, { code, msg, meta: {} }, headers);
}

/** @returns {Answer} */
export function refuseRest(status, message, errors) {
  return answerJson(status, { message, ...(errors === undefined ? {} : { errors }), documentation_url: 'https://docs.github.com/rest', status: String(status) });
}

/** @returns {Answer} */
export function refuseBlob(status, code, message = code) {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml', 'x-ms-error-code': code }, body: Buffer.from(body) };
}
