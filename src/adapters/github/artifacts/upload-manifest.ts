import { createHash } from 'node:crypto';

/** What an upload says of itself, above the list of its files: who has another name for it finds that out. */
export interface UploadFacts {
  /** On GitHub. */
  readonly name: string;
  readonly job: string;
  readonly attempt: number;
  readonly sequence: number;
}

export type UploadManifest = { readonly kind: 'manifest'; /** The list of files, as it was given. */ readonly files: Buffer } | { readonly kind: 'damaged'; readonly reason: string };

const format = 1;
const digestLength = 64;
const lineEnd = 0x0a;

/** The digest of all that follows, a line about the upload, the list of its files. */
export function writeUploadManifest(facts: UploadFacts, files: string): Buffer {
  const body = `${JSON.stringify({ format, ...facts })}\n${files}`;
  return Buffer.from(`${digestOf(body)}\n${body}`);
}

export function readUploadManifest(bytes: Buffer, name: string): UploadManifest {
  const body = bytes.subarray(digestLength + 1);
  if (bytes[digestLength] !== lineEnd || digestOf(body) !== bytes.toString('latin1', 0, digestLength)) return damaged('the checksum of its manifest is wrong');
  const end = body.indexOf(lineEnd);
  const facts = end === -1 ? undefined : parse(body.toString('utf8', 0, end));
  if (facts?.['format'] !== format) return damaged('another version of Tollgate has uploaded it');
  return facts['name'] === name ? { kind: 'manifest', files: body.subarray(end + 1) } : damaged('its manifest is that of another artifact');
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(reason: string): UploadManifest {
  return { kind: 'damaged', reason };
}

function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
