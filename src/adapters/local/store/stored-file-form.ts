import type { Content, StoredFile } from '../../../core/cache/stored-result.js';
import { isDigest } from './digest.js';

/** Whether something that was read is a file of a result. */
export function isStoredFile(value: unknown): value is StoredFile {
  if (!isFields(value) || typeof value['path'] !== 'string') return false;
  switch (value['kind']) {
    case 'file':
      return typeof value['executable'] === 'boolean' && isContent(value);
    case 'link':
      return typeof value['target'] === 'string';
    default:
      return value['kind'] === 'folder';
  }
}

export function isContent(value: unknown): value is Content {
  return isFields(value) && isDigest(value['digest']) && Number.isSafeInteger(value['size']) && (value['size'] as number) >= 0;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
