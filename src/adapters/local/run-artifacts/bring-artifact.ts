import { existsSync, mkdirSync, renameSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import type { Bringing, Destination } from '../../../ports/artifact-store.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { placeFiles } from '../store/place-files.js';
import { removeQuietly } from '../store/remove-quietly.js';
import { lookAt, type Ground } from '../store/site.js';
import { sweepTemporary } from '../store/sweep-temporary.js';
import type { TemporaryNames } from '../store/temporary-names.js';
import { createWays } from '../store/way-to.js';
import { holdsExactly, isThere } from './holds-exactly.js';
import { stageArtifact } from './stage-artifact.js';

export interface BringingFrom {
  /** Where the files of the artifact lie. */
  readonly source: string;
  readonly names: TemporaryNames;
}

/** Verifies everything beside the destination, and then places all of it. */
export async function bringArtifact(from: BringingFrom, artifact: Artifact, { folder, manner }: Destination): Promise<Bringing> {
  try {
    return manner === 'mirror' ? await mirror(from, artifact, folder) : await lay(from, artifact, { folder, manner });
  } catch (error) {
    return { kind: 'unavailable', reason: `${folder} cannot be written: ${describeFileProblem(error)}` };
  }
}

async function mirror({ source, names }: BringingFrom, { files }: Artifact, folder: string): Promise<Bringing> {
  if (await holdsExactly(folder, files)) return touched(folder);
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  sweepTemporary(parent);
  const [staging, aside] = [join(parent, names.next()), join(parent, names.next())];
  try {
    const staged = await stageArtifact(source, staging, files);
    if (staged.kind !== 'staged') return staged;
    if (existsSync(folder)) renameSync(folder, aside);
    renameSync(staging, folder);
    return { kind: 'brought', written: files.length };
  } catch (error) {
    // Another process has brought the same meanwhile.
    if (await holdsExactly(folder, files)) return touched(folder);
    throw error;
  } finally {
    removeQuietly(staging);
    removeQuietly(aside);
  }
}

/** Whoever clears up sees that it is used. */
function touched(folder: string): Bringing {
  const now = Date.now() / 1000;
  utimesSync(folder, now, now);
  return { kind: 'brought', written: 0 };
}

async function lay({ source, names }: BringingFrom, { files }: Artifact, { folder, manner }: Destination): Promise<Bringing> {
  mkdirSync(folder, { recursive: true });
  const ground: Ground = { root: folder, reserved: [] };
  const survey = await findWanted(ground, files, manner);
  if ('conflict' in survey) return { kind: 'conflict', reason: survey.conflict };
  const { wanted } = survey;
  const staging = names.next();
  try {
    const staged = await stageArtifact(source, join(folder, staging), wanted);
    if (staged.kind !== 'staged') return staged;
    const ready = new Map([...staged.stats].map(([path, stats]) => [path, { path, temporary: `${staging}/${path}`, stats }]));
    placeFiles(ground, { wanted, staged: ready, cleared: [], asideOf: (path) => join(dirname(path), names.next()) });
    return { kind: 'brought', written: wanted.length };
  } finally {
    removeQuietly(join(folder, staging));
  }
}

/** What is not there yet, or another. */
async function findWanted(ground: Ground, files: readonly StoredFile[], manner: Destination['manner']): Promise<{ readonly wanted: readonly StoredFile[] } | { readonly conflict: string }> {
  const wanted: StoredFile[] = [];
  const wayTo = createWays(ground);
  for (const file of files) {
    const way = wayTo(file.path);
    if (way.kind === 'blocked') return { conflict: `${way.by} is ${way.byLink ? 'a link' : 'no folder'}` };
    const stats = lookAt(ground, file.path);
    if (stats === undefined) wanted.push(file);
    else if (stats.isDirectory() !== (file.kind === 'folder')) return { conflict: `${file.path} is ${stats.isDirectory() ? 'a folder' : stats.isSymbolicLink() ? 'a link' : 'no folder'}` };
    else if (!(await isThere(`${ground.root}/${file.path}`, file))) {
      if (manner === 'beside') return { conflict: `${file.path} is there with other content` };
      wanted.push(file);
    }
  }
  return { wanted };
}
