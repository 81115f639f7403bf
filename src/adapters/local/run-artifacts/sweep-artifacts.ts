import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { expiresAt, unusedCopyMs } from '../../../core/artifact/retention.js';
import { takenUpFolder } from '../../../core/artifact/taken-up-path.js';
import { removeQuietly } from '../store/remove-quietly.js';
import { sweepTemporary } from '../store/sweep-temporary.js';
import { layOutArtifacts } from './artifact-layout.js';
import { listArtifacts } from './list-artifacts.js';

/** The list of files first: whoever looks sees all of it or nothing. */
export function removeArtifact(stateFolder: string, { run, name }: Pick<Artifact, 'run' | 'name'>): string | undefined {
  const layout = layOutArtifacts(stateFolder, run);
  return removeQuietly(layout.manifestOf(name)) ?? removeQuietly(layout.filesOf(name));
}

/** Removes what nobody is promised any more, and copies that nobody has used for as long. What cannot be removed is met again. */
export function sweepArtifacts(stateFolder: string, workspace: string, now: number): void {
  try {
    sweep(stateFolder, workspace, now);
  } catch {
    // A run has ended, and that is what matters.
  }
}

function sweep(stateFolder: string, workspace: string, now: number): void {
  for (const { artifact } of listArtifacts(stateFolder).found) if (expiresAt(artifact) <= now) removeArtifact(stateFolder, artifact);
  const folder = join(workspace, takenUpFolder);
  sweepTemporary(folder);
  for (const name of listCopies(folder)) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && now - stats.mtimeMs > unusedCopyMs) removeQuietly(path);
  }
}

function listCopies(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[0-9a-f]+$/u.test(name));
  } catch {
    return [];
  }
}
