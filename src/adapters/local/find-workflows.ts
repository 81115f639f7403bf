import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { isFile } from './file-kind.js';

/** Where workflows lie, in the order in which they are listed. */
export const workflowFolders = ['.github/tollgate', '.tollgate/workflows', 'workflows-examples'] as const;

/** A workflow file of the workspace, before it is checked. */
export interface FoundWorkflow {
  /** Its `name`, else the file's name without ending. */
  readonly name: string;
  readonly stem: string;
  /** From the workspace's root, with `/`. */
  readonly file: string;
  readonly path: string;
}

export type ResolvedWorkflow =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly FoundWorkflow[] }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined; readonly known: readonly FoundWorkflow[] };

export function findWorkflows(workspace: string): readonly FoundWorkflow[] {
  return workflowFolders.flatMap((folder) =>
    listFolder(join(workspace, folder))
      .filter(isWorkflowFile)
      .map((file): FoundWorkflow => {
        const path = join(workspace, folder, file);
        const stem = file.replace(/\.ya?ml$/iu, '');
        return { name: readName(path) ?? stem, stem, file: `${folder}/${file}`, path };
      }),
  );
}

/** What `<file or name>` of a call means: a file that is there, else a workflow's name or its file's. */
export function resolveWorkflow(given: string, place: { readonly folder: string; readonly workspace: string }): ResolvedWorkflow {
  const direct = resolve(place.folder, given);
  if (isFile(direct)) return { kind: 'found', path: direct };
  const known = findWorkflows(place.workspace);
  const named = known.filter(({ name }) => name === given);
  const candidates = named.length > 0 ? named : known.filter(({ stem, file }) => stem === given || file === given);
  const [first, ...others] = candidates;
  if (first !== undefined) return others.length === 0 ? { kind: 'found', path: first.path } : { kind: 'ambiguous', candidates };
  return { kind: 'unknown', nearest: nearestWorkflow(given, known, place), known };
}

/** A path as a person would type it from the folder; what lies elsewhere stays absolute. */
export function showPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === '' || short === '..' || short.startsWith(`..${sep}..${sep}..`) || isAbsolute(short) ? path : short.split(sep).join('/');
}

function nearestWorkflow(given: string, known: readonly FoundWorkflow[], place: { readonly folder: string }): string | undefined {
  if (!looksLikePath(given)) return nearestName(given, known.flatMap(({ name, stem }) => [name, stem]));
  const beside = listFolder(resolve(place.folder, given, '..')).filter(isWorkflowFile).map((file) => join(given, '..', file));
  return nearestName(given, [...beside, ...known.map(({ path }) => showPath(path, place.folder))]);
}

function looksLikePath(given: string): boolean {
  return given.includes('/') || isWorkflowFile(given);
}

function isWorkflowFile(file: string): boolean {
  return /\.ya?ml$/iu.test(file);
}

/** The top-level `name:` without reading the file as YAML: listing has to be quick, checking is `validate`'s. */
function readName(path: string): string | undefined {
  try {
    return /^name:[ \t]+(["']?)([a-z0-9._-]+)\1[ \t]*(?:#.*)?\r?$/mu.exec(readFileSync(path, 'utf8'))?.[2];
  } catch {
    return undefined;
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
