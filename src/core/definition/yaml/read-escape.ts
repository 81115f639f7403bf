const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['\t', '\t'],
]);

const codeLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

export interface Escape {
  readonly text: string;
  readonly end: number;
  readonly known: boolean;
}

/** Reads the escape of double quotes that starts at a `\`; one that does not exist stands for itself. */
export function readEscape(text: string, at: number, limit: number): Escape {
  const letter = at + 1 < limit ? (text[at + 1] ?? '') : '';
  const named = namedEscapes.get(letter);
  if (named !== undefined) return { text: named, end: at + 2, known: true };
  if (letter === '\n' || (letter === '\r' && text[at + 2] === '\n')) return readJoinedLine(text, at + (letter === '\n' ? 2 : 3), limit);
  return readCode(text, at, limit) ?? { text: text.slice(at, Math.min(at + 2, limit)), end: Math.min(at + 2, limit), known: false };
}

/** A `\` at the end of a line joins it with the next. */
function readJoinedLine(text: string, from: number, limit: number): Escape {
  let end = from;
  while (end < limit && (text[end] === ' ' || text[end] === '\t')) end++;
  return { text: '', end, known: true };
}

function readCode(text: string, at: number, limit: number): Escape | undefined {
  const length = codeLengths.get(text[at + 1] ?? '') ?? 0;
  const end = at + 2 + length;
  const digits = text.slice(at + 2, Math.min(end, limit));
  if (length === 0 || digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const point = parseInt(digits, 16);
  return point > 0x10ffff ? undefined : { text: String.fromCodePoint(point), end, known: true };
}
