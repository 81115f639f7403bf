/** GitHub takes every key it is asked for as a prefix: what it returned is an answer only if it was asked for. */
export function acceptsKey(wish: { readonly key: string; readonly prefixes: readonly string[] }, returned: string): boolean {
  return returned === wish.key || wish.prefixes.some((prefix) => returned.startsWith(prefix));
}
