import { digestText } from './make-key.js';
import type { StoredFile } from './stored-result.js';

/** The digest of paths and what they hold, in their order: when and by whom they were made changes nothing. */
export function digestFiles(files: readonly StoredFile[]): string {
  return digestText(files.map(describe).join('\n'));
}

function describe(file: StoredFile): string {
  switch (file.kind) {
    case 'file': return `${file.digest}${file.executable ? '*' : ' '}${JSON.stringify(file.path)}`;
    case 'link': return `-> ${JSON.stringify([file.path, file.target])}`;
    case 'folder': return `/ ${JSON.stringify(file.path)}`;
  }
}
