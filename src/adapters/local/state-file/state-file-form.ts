import type { StoredFile } from '../../../core/cache/stored-result.js';
import { findLiar, parseHeader, type PackForm, type PackHeader } from '../pack/pack-form.js';
import { findResultFault } from '../store/path-faults.js';
import { isStoredFile } from '../store/stored-file-form.js';

export interface StateHeader extends PackHeader {
  readonly run: string;
  readonly workflow: string;
  /** The workflow's file, from the workspace's root. */
  readonly file: string;
  /** `owner/name`, where git knew it. */
  readonly repository: string | null;
  /** Milliseconds since 1970. */
  readonly exportedAt: number;
  readonly files: readonly StoredFile[];
}

/** A run in one file. */
export const stateForm: PackForm<StateHeader> = { word: 'run', content: 'a run', read: readStateHeader };

function readStateHeader(bytes: Uint8Array): { readonly header: StateHeader } | { readonly fault: string } {
  const fields = parseHeader(bytes);
  if (fields === undefined) return { fault: 'its list of files is none' };
  const { run, workflow, file, repository, exportedAt, files } = fields;
  if (typeof run !== 'string' || !/^\d{8}-\d{6}-\d{3}-[0-9a-f]{4}$/u.test(run)) return { fault: 'it names no run' };
  if (typeof workflow !== 'string' || typeof file !== 'string' || typeof exportedAt !== 'number' || (repository !== null && typeof repository !== 'string')) return { fault: 'it does not say what it is of' };
  if (!Array.isArray(files) || !files.every(isStoredFile)) return { fault: 'its list of files is none' };
  const fault = findResultFault({ files, folders: [] }, []) ?? findForeignPath(files);
  return fault === undefined ? { header: { run, workflow, file, repository, exportedAt, files } } : { fault };
}

/** What a run is made of, and nothing else: everything has its place. */
const places: readonly RegExp[] = [/^journal\/\d{6}\.ndjson$/u, /^logs\/[^/]+\.log$/u, /^(?:workflow\.yml|notes\.json)$/u, /^results\/\d{1,6}$/u, /^blobs\/[0-9a-f]{64}$/u];
const artifactPlace = /^artifacts\/./u;

function findForeignPath(files: readonly StoredFile[]): string | undefined {
  const foreign = files.find((file) => !artifactPlace.test(file.path) && !(file.kind === 'file' && places.some((place) => place.test(file.path))));
  if (foreign !== undefined) return `${foreign.path} is no part of a run`;
  return findLiar(files);
}
