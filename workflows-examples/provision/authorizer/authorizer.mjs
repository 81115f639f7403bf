/**
 * @param {string} header
 * @param {object} keys
 * @returns {Verdict}
 */
export function authorize(header, keys) {
  const key = /^Bearer (\S+)$/.exec(header)?.[1] ?? '';
  const user = Object.hasOwn(keys, key) ? keys[key] : '';
  return { allowed: user !== '', user };
}
