/** `[a-z]` of git's patterns: which of the 256 bytes it stands for. */
export interface ByteSet {
  readonly holds: (byte: number) => boolean;
  /** Where its `]` is. */
  readonly end: number;
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/u, alpha: /[A-Za-z]/u, blank: /[ \t]/u, cntrl: /[\0-\x1f\x7f]/u, digit: /[0-9]/u, graph: /[!-~]/u,
  lower: /[a-z]/u, print: /[ -~]/u, punct: /[!-/:-@[-`{-~]/u, space: /[ \t\n\r]/u, upper: /[A-Z]/u, xdigit: /[0-9A-Fa-f]/u,
};
const [backslash, dash, open] = [0x5c, 0x2d, 0x5b];

/** Nothing where it is not closed or names a class that there is not: git lets such a pattern match nothing. */
export function readByteSet(text: string, from: number): ByteSet | undefined {
  const members = new Array<boolean>(256).fill(false);
  const negated = text[from + 1] === '!' || text[from + 1] === '^';
  let at = from + (negated ? 2 : 1);
  let before = 0;
  do {
    let byte = text.charCodeAt(at);
    const isRange = byte === dash && before !== 0 && at + 1 < text.length && text[at + 1] !== ']';
    if (isRange) byte = text.charCodeAt(++at);
    const named = isRange ? undefined : readClass(text, at);
    if (byte === backslash) byte = text.charCodeAt(++at);
    if (Number.isNaN(byte) || named === 'wrong') return undefined;
    if (named !== undefined) {
      for (let each = 0; each < 256; each++) if (named.pattern.test(String.fromCharCode(each))) members[each] = true;
      at = named.end;
    } else for (let each = isRange ? before : byte; each <= byte; each++) members[each] = true;
    before = isRange || named !== undefined ? 0 : byte;
    at++;
  } while (text[at] !== ']');
  return { holds: (byte) => members[byte] !== negated, end: at };
}

/** `[:alpha:]`; without its `:]` the `[` is a byte as any other. */
function readClass(text: string, at: number): { readonly pattern: RegExp; readonly end: number } | 'wrong' | undefined {
  if (text.charCodeAt(at) !== open || text[at + 1] !== ':') return undefined;
  const end = text.indexOf(']', at + 2);
  if (end === -1) return 'wrong';
  if (end === at + 2 || text[end - 1] !== ':') return undefined;
  const name = text.slice(at + 2, end - 1);
  const pattern = Object.hasOwn(classes, name) ? classes[name] : undefined;
  return pattern === undefined ? 'wrong' : { pattern, end };
}
