import type { StoredResult } from '../cache/stored-result.js';
import { describeBytes } from './describe-bytes.js';
import type { Paint } from './paint.js';
import { counted } from './plan-words.js';
import { describeAge } from './run/describe-age.js';
import { fitLine, padTo } from './run/fit-line.js';
import { escapeHidden, widthOf } from './visible-text.js';

export interface CacheLook {
  readonly paint: Paint;
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface KeptResult {
  readonly result: Pick<StoredResult, 'key' | 'workflow' | 'step' | 'domain' | 'createdAt'>;
  readonly lastUsed: number;
  readonly bytes: number;
}

/** A result a line: its key, whose it is, its size, when it was made and used last. */
export function renderCacheList(listed: readonly KeptResult[], { paint, columns, now }: CacheLook): string {
  const rows = listed.map(({ result, lastUsed, bytes }) => ({
    key: result.key.slice(0, 12), name: `${escapeHidden(result.workflow)}/${escapeHidden(result.step)}`, size: describeBytes(bytes),
    rest: `made ${describeAge(now - result.createdAt)}, used ${describeAge(now - lastUsed)}${result.domain === 'local' ? '' : ` · ${escapeHidden(result.domain)}`}`,
  }));
  const width = (read: (row: (typeof rows)[number]) => string): number => rows.reduce((most, row) => Math.max(most, widthOf(read(row))), 0);
  const [names, sizes] = [width(({ name }) => name), width(({ size }) => size)];
  return rows.map(({ key, name, size, rest }) => `${fitLine([[key, paint.info], `  ${padTo(name, names)}  ${size.padStart(sizes)}  `, [rest, paint.faint]], columns)}\n`).join('');
}

export interface CacheStats {
  readonly folder: string;
  readonly entries: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly oldest: number | undefined;
  readonly most: number;
  readonly shares: readonly { readonly workflow: string; readonly results: number; readonly bytes: number }[];
}

/** How much is kept, of how much that may be, and for whom. */
export function renderCacheStats({ folder, entries, blobs, bytes, oldest, most, shares }: CacheStats, { paint, columns, now }: CacheLook): string {
  const share = most === 0 ? '' : ` (${Math.round((bytes / most) * 100)} %)`;
  const names = shares.reduce((width, { workflow }) => Math.max(width, widthOf(workflow)), 0);
  const lines = [
    `${paint.strong(counted(entries, 'result', 'results'))}, ${counted(blobs, 'content', 'contents')}, ${describeBytes(bytes)} of at most ${describeBytes(most)}${share}`,
    ...(oldest === undefined ? [] : [paint.faint(`not used for longest: ${describeAge(now - oldest)}`)]),
    paint.faint(`in ${escapeHidden(folder)}`),
    ...shares.map((each) => fitLine([`  ${padTo(escapeHidden(each.workflow), names)}  ${counted(each.results, 'result', 'results')}, ${describeBytes(each.bytes)}`], columns)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
