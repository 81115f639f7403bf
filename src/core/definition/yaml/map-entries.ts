import type { MapEntry } from './source-node.js';

/** The entries of one map, with an eye on keys that are there already. */
export interface EntryList {
  readonly entries: MapEntry[];
  /** Adds the entry unless its key is there: then the first entry is returned. */
  readonly add: (entry: MapEntry) => MapEntry | undefined;
}

/** Below this, looking through the entries beats a table of them. */
const fewEntries = 8;

export function createEntryList(): EntryList {
  const entries: MapEntry[] = [];
  let table: Map<string, MapEntry> | undefined;
  const find = (key: string): MapEntry | undefined => {
    if (entries.length < fewEntries) return entries.find((entry) => entry.key === key);
    table ??= new Map(entries.map((entry) => [entry.key, entry]));
    return table.get(key);
  };
  return {
    entries,
    add: (entry) => {
      const first = find(entry.key);
      if (first !== undefined) return first;
      entries.push(entry);
      table?.set(entry.key, entry);
      return undefined;
    },
  };
}
