import type { StoredFile } from '../../../core/cache/stored-result.js';
import type { PackForm, PackHeader } from '../pack/pack-form.js';
import { findLiar, parseHeader } from '../pack/pack-form.js';
import { findResultFault } from '../store/path-faults.js';
import { isStoredFile } from '../store/stored-file-form.js';

/** Results with all that they are made of, in one file. */
export const resultsForm: PackForm<PackHeader> = { word: 'results', content: 'results', read: readHeader };

const place = /^(?:results\/\d{1,6}|blobs\/[0-9a-f]{64})$/u;

function readHeader(bytes: Uint8Array): { readonly header: PackHeader } | { readonly fault: string } {
  const files = parseHeader(bytes)?.['files'];
  if (!Array.isArray(files) || !files.every(isStoredFile)) return { fault: 'its list of files is none' };
  const fault = findResultFault({ files, folders: [] }, []) ?? findForeign(files) ?? findLiar(files);
  return fault === undefined ? { header: { files } } : { fault };
}

function findForeign(files: readonly StoredFile[]): string | undefined {
  const foreign = files.find((file) => file.kind !== 'file' || !place.test(file.path));
  return foreign === undefined ? undefined : `${foreign.path} is no part of a result`;
}
