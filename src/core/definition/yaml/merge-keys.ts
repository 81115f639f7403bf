import type { Span, TextEdit } from '../../diagnostic/diagnostic.js';
import type { Composing } from './composing.js';
import type { EntryList } from './map-entries.js';
import type { MapEntry, MapNode, SourceNode } from './source-node.js';

/** A `<<` and the maps that it takes in. */
export interface Merge {
  readonly keyAt: Span;
  readonly value: SourceNode;
  /** The entry as written: an alias ends where its name does. */
  readonly at: Span;
}

export interface MergePlace {
  readonly list: EntryList;
  readonly merges: readonly Merge[];
  /** Column of the map's keys; left out between brackets. */
  readonly column?: number;
}

/** Reports the merge keys of a map, with the keys written out as the fix, and reads on as if they were. */
export function mendMerges(composing: Composing, { list, merges, column }: MergePlace): void {
  for (const merge of merges) {
    const missing = mergedMaps(merge.value)
      .flatMap((map) => map.entries)
      .filter((entry) => list.add(entry) === undefined);
    const written = column === undefined ? writeFlow(composing.written, missing) : writeBlock(composing.written, missing, column);
    composing.problems.add({
      code: 'TG1034',
      message: "merge keys ('<<') are not read",
      span: merge.keyAt,
      hint: 'They are not part of YAML 1.2, and every tool reads them a little differently: write the keys out.',
      ...(written === undefined ? {} : { fix: { title: 'Write the keys out', edits: [replace(composing.written, merge.at, written)], safe: false } }),
    });
  }
}

function mergedMaps(value: SourceNode): readonly MapNode[] {
  if (value.kind === 'map') return [value];
  return value.kind === 'list' ? value.items.filter((item) => item.kind === 'map') : [];
}

/** Nothing to write takes the whole line or the comma with it. */
function replace(text: string, at: Span, written: string): TextEdit {
  if (written !== '') return { span: at, text: written };
  const before = /[ \t]*$/.exec(text.slice(Math.max(0, at[0] - 200), at[0]))?.[0] ?? '';
  const after = /^[ \t]*(?:,[ \t]*|\r?\n)?/.exec(text.slice(at[1], at[1] + 200))?.[0] ?? '';
  const isLine = after.endsWith('\n') && text[at[0] - before.length - 1] === '\n';
  if (isLine) return { span: [at[0] - before.length, at[1] + after.length], text: '' };
  return { span: [at[0], at[1] + (after.startsWith(',') || after.trimStart().startsWith(',') ? after.length : 0)], text: '{}'.slice(2) };
}

/** Entries as lines at a column; what they hold is moved along. */
function writeBlock(text: string, entries: readonly MapEntry[], column: number): string | undefined {
  const parts: string[] = [];
  for (const entry of entries) {
    const written = text.slice(entry.keyAt[0], entry.value.at[1]).trimEnd();
    const lineStart = text.lastIndexOf('\n', entry.keyAt[0] - 1) + 1;
    const by = column - (entry.keyAt[0] - lineStart);
    const [first = '', ...rest] = written.split('\n');
    const moved = rest.map((line) => moveLine(line, by));
    if (isRepeated(entry) || moved.includes(undefined)) return undefined;
    parts.push([first, ...moved].join('\n'));
  }
  return parts.join(`\n${' '.repeat(column)}`);
}

function moveLine(line: string, by: number): string | undefined {
  if (line.trim() === '') return line;
  if (by >= 0) return ' '.repeat(by) + line;
  return line.startsWith(' '.repeat(-by)) ? line.slice(-by) : undefined;
}

/** An alias as a value has its node elsewhere, so that the entry cannot be cut out of the text. */
function isRepeated(entry: MapEntry): boolean {
  return entry.value.at[0] < entry.keyAt[0];
}

/** Entries between brackets: only such as fit on a line and need no quotes there. */
function writeFlow(text: string, entries: readonly MapEntry[]): string | undefined {
  const parts: string[] = [];
  for (const entry of entries) {
    const written = text.slice(entry.keyAt[0], entry.value.at[1]);
    const isRisky = entry.value.kind !== 'scalar' || (entry.value.style === 'plain' && /[,[\]{}]/.test(entry.value.text));
    if (written.includes('\n') || isRepeated(entry) || isRisky) return undefined;
    parts.push(written);
  }
  return parts.join(', ');
}
