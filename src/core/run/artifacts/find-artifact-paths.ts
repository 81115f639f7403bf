import type { WorkspaceReader } from '../../expression/workspace-reader.js';
import { normalizePath } from '../outputs/digest-outputs.js';

export type ArtifactPaths =
  | { readonly kind: 'found'; readonly paths: readonly string[] }
  /** Which of those that were written, and why. */
  | { readonly kind: 'missing'; readonly index: number; readonly problem: string; readonly hint: string };

/** The paths that `artifacts.paths` names: as they are, by wildcards, `!` taking away. Each that names something has to find it. */
export function findArtifactPaths(written: readonly string[], reader: WorkspaceReader): ArtifactPaths {
  for (const [index, path] of written.entries()) {
    const problem = path.startsWith('!') ? undefined : describeMissing(path, reader);
    if (problem !== undefined) return { kind: 'missing', index, problem, hint: problem.includes('outside') ? 'Artifacts are made of files of the workspace' : 'The step has to make it; what is not always there is an output { path, optional: true } under artifacts: true' };
  }
  if (written.some((path) => path.startsWith('!'))) return { kind: 'found', paths: reader.glob(written) };
  return { kind: 'found', paths: [...new Set(written.flatMap((path) => (isPattern(path) && reader.kindOf(path) === 'missing' ? reader.glob([path]) : [normalizePath(path)])))] };
}

function describeMissing(path: string, reader: WorkspaceReader): string | undefined {
  const kind = reader.kindOf(path);
  if (kind === 'outside') return `${path} lies outside the workspace`;
  if (kind !== 'missing') return undefined;
  if (!isPattern(path)) return `${path} was not made`;
  return reader.glob([path]).length > 0 ? undefined : `nothing matches ${path}`;
}

function isPattern(path: string): boolean {
  return /[*?[{]/u.test(path);
}
