import { removeQuietly } from './remove-quietly.js';
import { layOutStore } from './store-layout.js';

/** Removes every result, those first, so that none is seen without its blobs; answers why something is left. */
export function clearStore(folder: string): string | undefined {
  const { results, blobs, temporary } = layOutStore(folder);
  return [results, blobs, temporary, `${folder}/size`].map(removeQuietly).find((problem) => problem !== undefined);
}
