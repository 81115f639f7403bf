import { createReadStream, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findDenied } from '../../../core/artifact/deny-list.js';
import type { UploadFault } from '../../../core/artifact/describe-refused-upload.js';
import { findTokens, openTokenScan } from '../../../core/artifact/find-tokens.js';
import type { UploadingJob } from './artifact-parts.js';

export type UploadFile = { readonly kind: 'file' | 'folder'; readonly path: string } | { readonly kind: 'link'; readonly path: string; readonly target: string };

/** All that lies below a folder, as `examineUpload` wants it. */
export function listForUpload(folder: string): readonly UploadFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry): readonly UploadFile[] => {
    const path = relative(folder, join(entry.parentPath, entry.name));
    if (entry.isSymbolicLink()) return [{ kind: 'link', path, target: readlinkSync(join(folder, path)) }];
    return entry.isFile() ? [{ kind: 'file', path }] : [];
  });
}

/** What of a folder may not leave the job, by name or by content: every file of it, so that all is mended at once. */
export async function examineUpload(folder: string, files: readonly UploadFile[], { tokens, runnerFolders }: Pick<UploadingJob, 'tokens' | 'runnerFolders'>): Promise<readonly UploadFault[]> {
  const faults: UploadFault[] = [];
  for (const file of files) {
    const { path } = file;
    const denied = findDenied(path, runnerFolders);
    if (denied !== undefined) {
      faults.push({ path, what: denied.what, from: 'name' });
      continue;
    }
    const inName = findInText(file.kind === 'link' ? `${path}\n${file.target}` : path, tokens);
    // The path would say the value.
    if (inName.length > 0) faults.push({ path: '(a name)', what: inName.join(', '), from: 'content' });
    else if (file.kind === 'file') for (const what of await findTokens(readPieces(join(folder, path)), tokens)) faults.push({ path, what, from: 'content' });
  }
  return faults;
}

function findInText(text: string, tokens: readonly string[]): readonly string[] {
  const scan = openTokenScan(tokens);
  scan.push(Buffer.from(text));
  return scan.end();
}

/** Opened when it is asked for, and closed by whoever stops asking. */
async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}
