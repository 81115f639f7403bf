import type { Value } from '../expression.js';
import { isList } from '../unknown.js';
import type { Digest } from '../function-library.js';
import type { WorkspaceReader } from '../workspace-reader.js';

/** Longer than any path; such a text is hashed as it stands without asking for a file. */
const longestPath = 4096;

/**
 * A digest of values that keeps their order and types apart. A text that names files, alone or in a list, counts
 * by their content: one file by that alone, a folder or a pattern by the paths of its files too.
 */
export function hashValues(values: readonly Value[], reader: WorkspaceReader, digest: Digest): string {
  return digest([JSON.stringify(values.map((value) => encodeArgument(value, reader)))], 'utf8');
}

/** As GitHub does it: the digest of the digests of the files, '' without a file. */
export function hashFiles(patterns: readonly string[], reader: WorkspaceReader, digest: Digest): string {
  const files = reader.glob(patterns);
  return files.length === 0 ? '' : digest(files.map((file) => reader.digestOf(file) ?? ''), 'hex');
}

/** Plain JSON in which every value is a pair of its type and what it is, so that no two encode alike. */
type Encoded = readonly [type: string, ...content: (string | Encoded)[]];

function encodeArgument(value: Value, reader: WorkspaceReader): Encoded {
  if (typeof value === 'string') return encodeFiles(value, reader) ?? encodeValue(value);
  if (isList(value)) return ['list', ...value.map((item) => encodeArgument(item, reader))];
  return encodeValue(value);
}

function encodeFiles(text: string, reader: WorkspaceReader): Encoded | undefined {
  if (text === '' || text.length > longestPath || text.includes('\0') || text.includes('\n')) return undefined;
  const kind = reader.kindOf(text);
  if (kind === 'file') return ['file', reader.digestOf(text) ?? ''];
  if (kind !== 'folder' && !/[*?[{]/.test(text)) return undefined;
  const files = reader.glob([text]);
  if (files.length === 0) return undefined;
  return ['files', ...files.map((file): Encoded => [file, reader.digestOf(file) ?? ''])];
}

function encodeValue(value: Value): Encoded {
  if (value === null) return ['null'];
  if (isList(value)) return ['list', ...value.map(encodeValue)];
  if (typeof value !== 'object') return [typeof value, String(value)];
  const names = Object.keys(value).sort();
  return ['object', ...names.map((name): Encoded => [name, encodeValue(value[name] ?? null)])];
}
