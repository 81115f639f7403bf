/**
 * The place of the colon, among those that may end a key, that is the `most`-th and one more; nothing when there are
 * fewer. Colons in text and comments count too: as many as that no workflow has.
 */
export function findColonBeyond(text: string, most: number): number | undefined {
  if (text.length <= most * 2) return undefined;
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if ((next === 32 || next === 10 || next === 13) && ++count > most) return at;
  }
  return undefined;
}
