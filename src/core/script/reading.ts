import type { ScriptCode } from './script-codes.js';
import type { Shell } from './script-part.js';

/** Stands for a value in the joined text: the one character that shell text can never hold. */
export const HOLE = '\0';

/** How a value has to be written where it stands. */
export type Place = 'bare' | 'double' | 'single' | 'ansi' | 'here' | 'comment';

/** A stretch of a word; `quoted` ones are split and matched by no shell. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'value'; readonly at: number; readonly quoted: boolean }
  /** `all` takes every element: `$@`, `${list[*]}`. */
  | { readonly kind: 'variable'; readonly name: string; readonly at: number; readonly quoted: boolean; readonly all: boolean }
  /** Something whose text is known only when it runs; a `hidden` one is known, and not worked out here. */
  | { readonly kind: 'unknown' | 'hidden'; readonly quoted: boolean };

export interface Word extends Stretch {
  readonly pieces: readonly Piece[];
}

/** Offsets into the joined text, `[start, end)`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Text that the shell evaluates once more when it runs. */
export interface CodeStretch extends Stretch {
  readonly kind: 'arithmetic' | 'program' | 'name' | 'backticks';
  /** What evaluates it, as it is named in messages. */
  readonly by: string;
  /** Variables that it names without a dollar sign, where reading has not noted them as references. */
  readonly names?: readonly string[];
}

/** A variable gets what stands in a stretch of the text. */
export interface Flow extends Stretch {
  readonly target: string;
  /** The elements of an array, when it gets a list of them. */
  readonly list?: readonly Word[];
  /** It gets what this name has got, and nothing of the text. */
  readonly from?: string;
}

export interface Reference {
  readonly name: string;
  readonly at: number;
}

export interface SimpleCommand extends Stretch {
  readonly words: readonly Word[];
  /** Bodies and strings that become its input. */
  readonly inputs: readonly Word[];
  readonly hereDocuments: readonly number[];
  /** Where its input comes from: what stands in these pipelines before the given offset. */
  readonly piped: readonly Piped[];
}

export interface Piped {
  readonly pipeline: Pipeline;
  readonly until: number;
}

/** Commands joined by `|`, while they are read; `judged` is how far a later shell has looked at them. */
export interface Pipeline {
  stage: number;
  stages: number;
  /** Some stage hands on its errors, too: `|&`. */
  errors: boolean;
  judged: number;
}

/** Where values stand that are refused whatever their type. */
export interface Refused extends Stretch {
  readonly code: ScriptCode;
  readonly by: string;
}

/** All that reading a command leaves behind; the reading functions move `at` and add to the lists. */
export interface Reading {
  readonly text: string;
  readonly shell: Shell;
  readonly readCommands: (reading: Reading) => void;
  at: number;
  /** Where the innermost text ends: a here-document's body is read within its own bounds. */
  limit: number;
  depth: number;
  inArithmetic: boolean;
  /** How many substitutions and, within them, lists of arrays are around. */
  substitutions: number;
  listsInSubstitutions: number;
  trouble: { readonly at: number; readonly why: string } | undefined;
  /** Here-documents whose bodies start at the next line, and the same of the commands around. */
  pending: PendingHereDocument[];
  pendingOutside: number;
  readonly places: Map<number, Place>;
  readonly integers: Set<number>;
  readonly refused: Refused[];
  readonly code: CodeStretch[];
  readonly flows: Flow[];
  readonly references: Reference[];
  readonly commands: SimpleCommand[];
  /** The pipelines around the cursor. */
  readonly around: Pipeline[];
  readonly statements: Stretch[];
  readonly loops: Stretch[];
  /** Each definition of a name. */
  readonly functions: Map<string, Stretch[]>;
  /** By the offset of their operator. */
  readonly hereDocuments: Map<number, Stretch>;
}

export interface PendingHereDocument {
  readonly operator: number;
  readonly wordEnd: number;
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/** Deeper nesting is refused: nobody writes it, and reading it would cost stack. */
export const DEEPEST = 60;

export function startReading(text: string, shell: Shell, readCommands: (reading: Reading) => void): Reading {
  return {
    text, shell, readCommands,
    at: 0, limit: text.length, depth: 0, inArithmetic: false, substitutions: 0, listsInSubstitutions: 0, trouble: undefined, pending: [], pendingOutside: 0,
    places: new Map(), integers: new Set(), refused: [], code: [], flows: [], references: [],
    commands: [], around: [], statements: [], loops: [], functions: new Map(), hereDocuments: new Map(),
  };
}

/** The character at the cursor or `ahead` of it; empty past the end. */
export function peek(reading: Reading, ahead = 0): string {
  const at = reading.at + ahead;
  return at < reading.limit ? (reading.text[at] ?? '') : '';
}

export function lookingAt(reading: Reading, wanted: string, ahead = 0): boolean {
  const at = reading.at + ahead;
  return at + wanted.length <= reading.limit && reading.text.startsWith(wanted, at);
}

/** What a sticky expression matches at the cursor or `ahead` of it, within the limit. */
export function match(reading: Reading, sticky: RegExp, ahead = 0): string {
  sticky.lastIndex = reading.at + ahead;
  const found = sticky.exec(reading.text)?.[0] ?? '';
  return found.slice(0, Math.max(0, reading.limit - reading.at - ahead));
}

/** Not sure what the shell would make of it: nothing after this is read, and the values are refused. */
export function giveUp(reading: Reading, why: string, at = reading.at): void {
  reading.trouble ??= { at, why };
  reading.at = reading.text.length;
  reading.limit = reading.text.length;
}

/** Runs `read` one level deeper, or gives up where that is too deep. */
export function readNested(reading: Reading, read: () => void): void {
  if (reading.depth >= DEEPEST) {
    giveUp(reading, `it is nested more than ${DEEPEST} levels deep`);
    return;
  }
  reading.depth++;
  read();
  reading.depth--;
}

/** Writes down where the value at the cursor stands, and steps over it. */
export function placeValue(reading: Reading, place: Place, pieces: Piece[]): void {
  reading.places.set(reading.at, place);
  if (reading.inArithmetic) reading.integers.add(reading.at);
  pieces.push({ kind: 'value', at: reading.at, quoted: true });
  reading.at++;
}

/** What cannot be read to its end has none: its values are refused for that, and not for what stands around. */
export function refuse(reading: Reading, code: ScriptCode, stretch: Stretch, by: string): void {
  if (reading.trouble === undefined) reading.refused.push({ ...stretch, code, by });
}

export function noteCode(reading: Reading, code: CodeStretch): void {
  if (reading.trouble === undefined) reading.code.push(code);
}
