import type { StoredResult } from '../../../core/cache/stored-result.js';
import type { Value } from '../../../core/expression/expression.js';
import { digestOf } from './digest.js';
import type { ResultPlace } from './store-layout.js';
import { isContent, isStoredFile } from './stored-file-form.js';

export type Manifest =
  | { readonly kind: 'whole'; readonly result: StoredResult }
  /** Whoever asks for this key gets nothing, from other domains neither. */
  | { readonly kind: 'withdrawn' }
  /** Of an earlier or a later Tollgate. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'damaged'; readonly reason: string };

const format = 1;
const digestLength = 64;

/** A line with the digest of all that follows, then the result as JSON: every bit that changes is seen. */
export function writeManifest(result: StoredResult): string {
  return sign(JSON.stringify({ format, ...result }));
}

export function writeWithdrawal({ domain, key }: ResultPlace): string {
  return sign(JSON.stringify({ format, domain, key, withdrawn: true }));
}

function sign(body: string): string {
  return `${digestOf(body)}\n${body}`;
}

/** What lies at a place is only believed when it says itself that it belongs there. */
export function readManifest(bytes: Buffer, isItsPlace: (place: ResultPlace) => boolean): Manifest {
  const body = bytes.subarray(digestLength + 1);
  if (bytes[digestLength] !== 0x0a || digestOf(body) !== bytes.toString('latin1', 0, digestLength)) return { kind: 'damaged', reason: 'its checksum is wrong' };
  const fields = parseFields(body);
  if (fields === undefined) return { kind: 'damaged', reason: 'it is no result' };
  if (fields['format'] !== format) return { kind: 'foreign' };
  const { domain, key } = fields;
  if (!isText(domain) || !isText(key) || !isItsPlace({ domain, key })) return { kind: 'damaged', reason: 'it is the result of another key' };
  if (fields['withdrawn'] === true) return { kind: 'withdrawn' };
  const result = readResult(fields, { domain, key });
  return result === undefined ? { kind: 'damaged', reason: 'it is no result' } : { kind: 'whole', result };
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(body: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readResult(fields: Fields, { domain, key }: ResultPlace): StoredResult | undefined {
  const { workflow, step, definition, tollgateVersion, createdAt, durationMs, exitCode, stdout, outputs, costUsd, tokens, files, folders, log } = fields;
  if (!isText(workflow) || !isText(step) || !isText(definition) || !isText(tollgateVersion) || !isText(stdout)) return undefined;
  if (!isNumber(createdAt) || !isNumber(durationMs) || !isNumber(costUsd) || !isNumber(tokens)) return undefined;
  if (exitCode !== null && !isNumber(exitCode)) return undefined;
  if (!isFields(outputs) || !Array.isArray(folders) || !folders.every(isText)) return undefined;
  if (!Array.isArray(files) || !files.every(isStoredFile) || (log !== null && !isContent(log))) return undefined;
  return { key, domain, workflow, step, definition, tollgateVersion, createdAt, durationMs, exitCode, stdout, outputs: outputs as Readonly<Record<string, Value>>, costUsd, tokens, files, folders, log };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
