import type { StoredFile } from '../../../core/cache/stored-result.js';
import { digestOf } from '../store/digest.js';

/**
 * Many files in one: `tollgate-<word> <format> <version> <digest> <length>`, a line of JSON of that length and digest, then what
 * the files contain that it names, one behind the other. Only the first line has the same form in every format.
 */
export const packFormat = 1;

export interface PackHeader {
  /** In code-unit order; only those of kind `file` have bytes. */
  readonly files: readonly StoredFile[];
}

/** What a kind of pack is called, and which headers of it are followed. */
export interface PackForm<H extends PackHeader> {
  readonly word: string;
  /** For people: «a run». */
  readonly content: string;
  /** Whatever the bytes are, it answers: the header, or why it may not be followed. */
  readonly read: (bytes: Uint8Array) => { readonly header: H } | { readonly fault: string };
}

/** A file that goes into a pack: from a path, or made for it. */
export interface GatheredFile {
  readonly file: StoredFile;
  readonly from: { readonly path: string } | { readonly bytes: Uint8Array };
}

export const longestFirstLine = 512;
/** More than any has: a hundred thousand files make twenty. */
export const mostHeaderBytes = 64 * 1024 * 1024;

export function encodeHeader(word: string, header: PackHeader, tollgateVersion: string): string {
  const line = `${JSON.stringify(header)}\n`;
  return `tollgate-${word} ${packFormat} ${tollgateVersion} ${digestOf(line)} ${Buffer.byteLength(line)}\n${line}`;
}

export type FirstLine =
  | { readonly kind: 'read'; readonly tollgate: string; readonly digest: string; readonly length: number }
  | { readonly kind: 'newer'; readonly tollgate: string }
  | { readonly kind: 'other' };

export function readFirstLine(word: string, line: string): FirstLine {
  const [, kind, format, tollgate = '', rest = ''] = /^tollgate-([a-z]+) ([1-9]\d{0,8}) (\d[\w.+-]{0,63})(?: (.*))?$/u.exec(line) ?? [];
  if (kind !== word || format === undefined) return { kind: 'other' };
  if (Number(format) > packFormat) return { kind: 'newer', tollgate };
  const [, digest, length] = /^([0-9a-f]{64}) (\d{1,9})$/u.exec(rest) ?? [];
  return digest === undefined ? { kind: 'other' } : { kind: 'read', tollgate, digest, length: Number(length) };
}

/** The fields of a header; nothing where the bytes are none. */
export function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** A content lies under its own digest. */
export function findLiar(files: readonly StoredFile[]): string | undefined {
  const liar = files.find((file) => file.kind === 'file' && file.path.startsWith('blobs/') && file.path !== `blobs/${file.digest}`);
  return liar === undefined ? undefined : `${liar.path} has another content than its name says`;
}
