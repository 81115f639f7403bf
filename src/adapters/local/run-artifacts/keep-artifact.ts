import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { digestFiles } from '../../../core/cache/digest-files.js';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import type { Keeping, KeptFrom, NewArtifact } from '../../../ports/artifact-store.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { isSameStamp } from '../store/file-stamp.js';
import type { FoundPath } from '../store/find-captured.js';
import { findCaptured } from '../store/find-captured.js';
import { findResultFault } from '../store/path-faults.js';
import { removeQuietly } from '../store/remove-quietly.js';
import { eachOf } from '../store/side-by-side.js';
import { lookAt, type Ground } from '../store/site.js';
import { sweepTemporary } from '../store/sweep-temporary.js';
import { once } from '../store/take-in.js';
import type { TemporaryNames } from '../store/temporary-names.js';
import type { ArtifactLayout } from './artifact-layout.js';
import { manifestEnding } from './artifact-layout.js';
import { weigh, writeArtifactManifest } from './artifact-manifest.js';
import type { FoundLeaf } from './copy-in.js';
import { copyIn } from './copy-in.js';
import { readArtifactAt } from './read-artifact.js';

export interface KeepingPlace {
  readonly ground: Ground;
  readonly layout: ArtifactLayout;
  readonly names: TemporaryNames;
  /** A path of the state folder, as people know it. */
  readonly show: (path: string) => string;
}

/** All files first, what names them last: nobody sees an artifact that is not whole. */
export async function keepArtifact(place: KeepingPlace, given: NewArtifact, from: KeptFrom): Promise<Keeping> {
  const { ground, layout, names, show } = place;
  const found = findCaptured(ground, from.paths);
  if (found.refusal !== undefined) return refused(found.refusal);
  // A folder is there for what lies in it.
  const leaves = found.paths.filter((path): path is FoundLeaf => path.kind !== 'folder');
  if (leaves.length === 0) return refused('it would hold no file');
  const staging = join(layout.folder, names.next());
  try {
    makeFolder(layout.manifests);
    sweepTemporary(layout.folder);
    mkdirSync(staging, { mode: 0o700 });
    const copied = await copyAll(place, leaves, { staging, from });
    if ('reason' in copied) return refused(copied.reason);
    const fault = findChange(ground, found.paths) ?? (await findFault(given, copied.files, from));
    if (fault !== undefined) return refused(fault);
    const artifact: Artifact = { ...given, files: copied.files, size: weigh(copied.files), version: digestFiles(copied.files) };
    const owner = findOtherOwner(layout, artifact);
    if (owner !== undefined) return refused(`step ${owner} keeps an artifact of this name already`);
    putInPlace(place, artifact, staging);
    return { kind: 'kept', artifact };
  } catch (error) {
    return { kind: 'unavailable', reason: `${show(layout.folder)} cannot be written: ${describeFileProblem(error)}` };
  } finally {
    removeQuietly(staging);
  }
}

interface Copying {
  readonly staging: string;
  readonly from: KeptFrom;
}

async function copyAll({ ground }: KeepingPlace, paths: readonly FoundLeaf[], { staging, from }: Copying): Promise<{ readonly files: readonly StoredFile[] } | { readonly reason: string }> {
  const copies = new Map<string, StoredFile>();
  let reason: string | undefined;
  await eachOf(paths, async (path) => {
    if (reason !== undefined) return;
    const copied = await copyIn({ ground, target: staging, holdsSecret: from.holdsSecret }, path);
    if (copied.kind === 'copied') copies.set(path.path, copied.file);
    else reason ??= copied.reason;
  });
  return reason === undefined ? { files: paths.flatMap(({ path }) => copies.get(path) ?? []) } : { reason };
}

/** Files that came or went while the rest was copied. */
function findChange(ground: Ground, paths: readonly FoundPath[]): string | undefined {
  const changed = paths.find(({ path, stats }) => {
    const now = lookAt(ground, path);
    return now === undefined || !isSameStamp(now, stats);
  });
  return changed === undefined ? undefined : `${changed.path} changed while it was read: what is still writing it?`;
}

/** What could not be brought anywhere, and names that say what they should not. */
async function findFault({ name, tags, cell }: NewArtifact, files: readonly StoredFile[], { holdsSecret }: KeptFrom): Promise<string | undefined> {
  const fault = findResultFault({ files, folders: [] }, []);
  if (fault !== undefined || holdsSecret === null) return fault;
  const texts = [name, cell, ...tags, ...files.flatMap((file) => (file.kind === 'link' ? [file.path, file.target] : [file.path]))];
  return (await holdsSecret(once(Buffer.from(texts.join('\n'))))) ? 'one of its names holds a secret' : undefined;
}

/** Another step or cell of the run has a name that is the same on some file system. */
function findOtherOwner(layout: ArtifactLayout, { run, name, step, cell }: Artifact): string | undefined {
  const fold = (text: string): string => text.normalize('NFC').toLowerCase();
  for (const file of readdirSync(layout.manifests)) {
    const other = file.slice(0, -manifestEnding.length);
    const read = file.endsWith(manifestEnding) && fold(other) === fold(name) ? readArtifactAt(layout, { run, name: other }) : undefined;
    if (read?.kind === 'whole' && (read.artifact.step !== step || read.artifact.cell !== cell)) return `${read.artifact.step}${read.artifact.cell === '' ? '' : `[${read.artifact.cell}]`}`;
  }
  return undefined;
}

/** Without a pause: of several in this process that keep under one name, each sees all of what came before. */
function putInPlace({ layout, names }: KeepingPlace, artifact: Artifact, staging: string): void {
  const [files, manifest] = [layout.filesOf(artifact.name), layout.manifestOf(artifact.name)];
  const fresh = join(layout.folder, names.next());
  const aside = join(layout.folder, names.next());
  writeFileSync(fresh, writeArtifactManifest(artifact), { mode: 0o600, flag: 'wx' });
  try {
    removeManifest(manifest);
    moveAside(files, aside);
    renameSync(staging, files);
    renameSync(fresh, manifest);
  } finally {
    removeQuietly(fresh);
    removeQuietly(aside);
  }
}

function removeManifest(path: string): void {
  const problem = removeQuietly(path);
  if (problem !== undefined) throw new Error(problem);
}

function moveAside(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function refused(reason: string): Keeping {
  return { kind: 'refused', reason };
}
