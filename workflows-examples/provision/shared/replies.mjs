/**
 * @param {object} body
 * @returns {Reply}
 */
export function found(body) {
  return { status: 200, body };
}

/**
 * @param {string} what
 * @returns {Reply}
 */
export function missing(what) {
  return { status: 404, body: { error: `no ${what}` } };
}
