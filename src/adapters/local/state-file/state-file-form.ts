import type { StoredFile } from '../../../core/cache/stored-result.js';
import { digestOf } from '../store/digest.js';
import { findResultFault } from '../store/path-faults.js';
import { isStoredFile } from '../store/stored-file-form.js';

/**
 * A run in one file: `tollgate-run <format> <version> <digest> <length>`, a line of JSON of that length and digest, then what
 * the files contain that it names, one behind the other. Only the first line has the same form in every format.
 */
export const stateFormat = 1;

export interface StateHeader {
  readonly run: string;
  readonly workflow: string;
  /** The workflow's file, from the workspace's root. */
  readonly file: string;
  /** `owner/name`, where git knew it. */
  readonly repository: string | null;
  /** Milliseconds since 1970. */
  readonly exportedAt: number;
  /** In code-unit order; only those of kind `file` have bytes. */
  readonly files: readonly StoredFile[];
}

export const longestFirstLine = 512;
/** More than any run has: a hundred thousand files make twenty. */
export const mostHeaderBytes = 64 * 1024 * 1024;

export function encodeHeader(header: StateHeader, tollgateVersion: string): string {
  const line = `${JSON.stringify(header)}\n`;
  return `tollgate-run ${stateFormat} ${tollgateVersion} ${digestOf(line)} ${Buffer.byteLength(line)}\n${line}`;
}

export type FirstLine =
  | { readonly kind: 'read'; readonly tollgate: string; readonly digest: string; readonly length: number }
  | { readonly kind: 'newer'; readonly tollgate: string }
  | { readonly kind: 'other' };

export function readFirstLine(line: string): FirstLine {
  const [, format, tollgate = '', rest = ''] = /^tollgate-run ([1-9]\d{0,8}) (\d[\w.+-]{0,63})(?: (.*))?$/u.exec(line) ?? [];
  if (format === undefined) return { kind: 'other' };
  if (Number(format) > stateFormat) return { kind: 'newer', tollgate };
  const [, digest, length] = /^([0-9a-f]{64}) (\d{1,9})$/u.exec(rest) ?? [];
  return digest === undefined ? { kind: 'other' } : { kind: 'read', tollgate, digest, length: Number(length) };
}

/** Whatever the bytes are, it answers: the header, or why it may not be followed. */
export function readStateHeader(bytes: Uint8Array): { readonly header: StateHeader } | { readonly fault: string } {
  const fields = parse(bytes);
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
  const liar = files.find((file) => file.kind === 'file' && file.path.startsWith('blobs/') && file.path !== `blobs/${file.digest}`);
  return liar === undefined ? undefined : `${liar.path} has another content than its name says`;
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
