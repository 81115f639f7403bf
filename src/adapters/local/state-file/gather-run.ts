import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import { epochOf } from '../run-folder/journal/journal-path.js';
import { isExecutable } from '../store/compare-content.js';
import { digestFileAtOnce } from '../store/digest.js';
import type { GatheredFile } from '../pack/pack-form.js';
import { gatherResults } from '../result-pack/gather-results.js';

export interface Gathering {
  readonly runPath: string;
  readonly storeFolder: string;
  /** What its steps came to, as it is kept. */
  readonly results: readonly StoredResult[];
  /** `core`: only what tells how far it has come. */
  readonly extent: 'whole' | 'core';
}

/** Everything that a run needs in order to be gone on with elsewhere. Neither its lease nor what others can make anew. */
export function gatherRun({ runPath, storeFolder, results, extent }: Gathering): { readonly files: readonly GatheredFile[]; /** Those of which everything is there. */ readonly results: number } {
  const gathered = gatherResults(storeFolder, results);
  const beside = extent === 'whole' ? [...list(join(runPath, 'logs')).filter((name) => name.endsWith('.log')).map((name) => `logs/${name}`), ...list(join(runPath, 'artifacts')).map((name) => `artifacts/${name}`)] : [];
  const files = [
    ...list(join(runPath, 'journal')).filter((name) => epochOf(name) !== undefined).flatMap((name) => gatherPath(runPath, `journal/${name}`)),
    ...['workflow.yml', 'notes.json'].filter((name) => existsSync(join(runPath, name))).flatMap((name) => gatherPath(runPath, name)),
    ...beside.flatMap((path) => gatherPath(runPath, path)),
    ...gathered.files,
  ];
  return { files, results: gathered.results.length };
}

function gatherPath(runPath: string, path: string): readonly GatheredFile[] {
  const from = { path: join(runPath, path) };
  const stats = lstatSync(from.path);
  if (stats.isSymbolicLink()) return [{ file: { kind: 'link', path, target: readlinkSync(from.path) }, from }];
  if (stats.isDirectory()) return [{ file: { kind: 'folder', path }, from }, ...list(from.path).flatMap((name) => gatherPath(runPath, `${path}/${name}`))];
  return stats.isFile() ? [{ file: { kind: 'file', path, executable: isExecutable(stats), ...digestFileAtOnce(from.path) }, from }] : [];
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
