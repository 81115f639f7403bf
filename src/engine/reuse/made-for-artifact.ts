import type { KeySheet } from '../../core/cache/key-sheet.js';
import type { WorkspaceReader } from '../../core/expression/workspace-reader.js';

/**
 * Of what an artifact holds, that which the step has made: it is kept with the result, so that a hit has it too. An input that is
 * only put beside it is none: its content is in the key, and nobody brings an older one back over it.
 */
export function findMadeForArtifact(paths: readonly string[], { files }: KeySheet, reader: WorkspaceReader): readonly string[] {
  const inputs = new Set(files.map(({ path }) => path));
  return paths.flatMap((path) => {
    if (reader.kindOf(path) === 'folder' && ![...inputs].some((input) => input.startsWith(`${path}/`))) return [path];
    return reader.glob([path]).filter((file) => !inputs.has(file));
  });
}
