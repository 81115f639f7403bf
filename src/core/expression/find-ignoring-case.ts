/** What stands under a name: as it is written, or else whatever its case. */
export function findIgnoringCase<T>(name: string, find: (name: string) => T | undefined, names: () => Iterable<string>): T | undefined {
  const found = find(name);
  if (found !== undefined) return found;
  const wanted = name.toLowerCase();
  for (const candidate of names()) {
    if (candidate.length === name.length && candidate.toLowerCase() === wanted) return find(candidate);
  }
  return undefined;
}
