import { hash } from 'node:crypto';
import type { InputFile } from '../../../core/cache/key-sheet.js';
import { unreadable } from './read-fingerprint.js';
import type { Seen, WorkspaceView } from './workspace-view.js';

/** The fingerprint of what has been seen, under the path by which it was reached; nothing for what never counts. */
export function takeFingerprint(view: WorkspaceView, path: string, seen: Seen | undefined): InputFile | undefined {
  switch (seen?.kind) {
    case 'file': return seen.file.path === path ? seen.file : { ...seen.file, path };
    case 'link': return ofLink(view, path, seen);
    case 'hidden': return { path, digest: unreadable, executable: false };
    default: return undefined;
  }
}

/** Where it leads as it is written, and what the file that it leads to contains: `link:<digest>` or `link:<digest>:<digest>`. */
function ofLink(view: WorkspaceView, path: string, { target, leadsTo }: Extract<Seen, { kind: 'link' }>): InputFile {
  const end = leadsTo === undefined ? undefined : takeFingerprint(view, path, view.see(leadsTo));
  const text = `link:${hash('sha256', target)}`;
  return { path, digest: end === undefined ? text : `${text}:${end.digest}`, executable: end?.executable ?? false };
}
