import { lstatSync, mkdirSync, symlinkSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { describeFileProblem } from '../describe-file-problem.js';
import type { CopiedBlob } from '../store/copy-blob.js';
import { copyLargeBlob, copySmallBlob, mostAtOnce } from '../store/copy-blob.js';
import { eachOf } from '../store/side-by-side.js';

/** The stats of every file that was copied, by its path. */
export type Staged = { readonly kind: 'staged'; readonly stats: ReadonlyMap<string, Stats> } | { readonly kind: 'damaged' | 'unavailable'; readonly reason: string };

/** Copies files of an artifact to a fresh folder, each verified as it is written. */
export async function stageArtifact(source: string, target: string, files: readonly StoredFile[]): Promise<Staged> {
  const stats = new Map<string, Stats>();
  let fault: Staged | undefined;
  mkdirSync(target, { mode: 0o755 });
  await eachOf(files, async (file) => {
    if (fault !== undefined) return;
    const path = `${target}/${file.path}`;
    mkdirSync(file.kind === 'folder' ? path : dirname(path), { recursive: true, mode: 0o755 });
    if (file.kind === 'folder') return;
    if (file.kind === 'link') {
      symlinkSync(file.target, path);
      stats.set(file.path, lstatSync(path));
      return;
    }
    const order = { blob: `${source}/${file.path}`, content: file, target: path, mode: file.executable ? 0o755 : 0o644 };
    const copied = file.size > mostAtOnce ? await copyLargeBlob(order) : copySmallBlob(order);
    if (copied.kind === 'copied') stats.set(file.path, copied.stats);
    else fault ??= describeFault(file.path, copied);
  });
  return fault ?? { kind: 'staged', stats };
}

function describeFault(path: string, copied: Exclude<CopiedBlob, { readonly kind: 'copied' }>): Staged {
  switch (copied.kind) {
    case 'absent': return { kind: 'damaged', reason: `its ${path} is gone` };
    case 'damaged': return { kind: 'damaged', reason: `its ${path} is another: ${copied.reason}` };
    case 'unreadable': return { kind: 'unavailable', reason: `its ${path} cannot be read: ${describeFileProblem(copied.error)}` };
  }
}
