import { closeSync, openSync, readSync } from 'node:fs';
import { findDenied } from '../../../core/artifact/deny-list.js';
import { openTokenScan } from '../../../core/artifact/find-tokens.js';
import type { StoredResult } from '../../../core/cache/stored-result.js';

const pieceBytes = 1024 * 1024;

/** Which file of a result may not leave the job in an artifact, which others may read, by its name or by what it holds; nothing where all may. */
export function findWithheldFile({ files }: StoredResult, { pathOf, tokens }: { readonly pathOf: (digest: string) => string; readonly tokens: readonly string[] }): string | undefined {
  return files.find((file) => file.kind !== 'folder' && (findDenied(file.path) !== undefined || (file.kind === 'file' && holdsToken(pathOf(file.digest), tokens))))?.path;
}

/** What cannot be read is not packed either. */
function holdsToken(path: string, tokens: readonly string[]): boolean {
  const scan = openTokenScan(tokens);
  const piece = Buffer.alloc(pieceBytes);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) scan.push(Buffer.from(piece.subarray(0, length)));
    return scan.end().length > 0;
  } catch {
    return true;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
