import { longestToken, tokenShapes, type TokenShape } from './token-shapes.js';

/** What is around a token decides too, one character on each side. */
const overlap = longestToken + 2;
/** Shorter ones would be found everywhere. */
const shortestOwn = 8;

/** What kinds of tokens bytes hold that come in pieces, by name and never by value. `own`: tokens of this job, as they are. */
export async function findTokens(bytes: AsyncIterable<Uint8Array>, own: readonly string[] = []): Promise<readonly string[]> {
  const scan = openTokenScan(own);
  for await (const piece of bytes) scan.push(piece);
  return scan.end();
}

export interface TokenScan {
  readonly push: (piece: Uint8Array) => void;
  readonly end: () => readonly string[];
}

/** What it finds is the same however the bytes are cut. */
export function openTokenScan(own: readonly string[] = []): TokenScan {
  const found = new Set<string>();
  const mine = own.filter((token) => token.length >= shortestOwn).map((token) => Buffer.from(token));
  const kept = Math.max(overlap, ...mine.map(({ length }) => length));
  let rest = Buffer.alloc(0);
  let isFirst = true;

  const look = (window: Buffer, isLast: boolean): void => {
    let text: string | undefined;
    const read = (): string => (text ??= window.toString('latin1'));
    for (const shape of tokenShapes) if (!found.has(shape.what) && holds({ window, read, isFirst, isLast }, shape)) found.add(shape.what);
    if (mine.some((token) => window.includes(token))) found.add('a token of this job');
  };

  return {
    push: (piece) => {
      const window = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([rest, piece]);
      // Small pieces are gathered: each window is looked at twice at most, not once for every byte that comes.
      if (window.length < 2 * kept) {
        rest = Buffer.from(window);
        return;
      }
      look(window, false);
      rest = Buffer.from(window.subarray(window.length - kept));
      isFirst = false;
    },
    end: () => {
      look(rest, true);
      return [...found].sort();
    },
  };
}

interface Look {
  readonly window: Buffer;
  /** The same, a sign for each byte. */
  readonly read: () => string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function holds({ window, read, isFirst, isLast }: Look, { opening, form, isToken, before }: TokenShape): boolean {
  for (let at = window.indexOf(opening, 0, 'latin1'); at !== -1; at = window.indexOf(opening, at + 1, 'latin1')) {
    // What begins here was whole in the window before, where it was seen what stands before it.
    if (at === 0 && !isFirst) continue;
    if (at > 0 && before !== undefined && !before.test(read().charAt(at - 1))) continue;
    // It may go on: the next window begins before it.
    if (!isLast && at + longestToken + 1 > window.length) return false;
    form.lastIndex = at;
    const [text] = form.exec(read()) ?? [];
    if (text !== undefined && (isToken === undefined || isToken(text))) return true;
  }
  return false;
}
