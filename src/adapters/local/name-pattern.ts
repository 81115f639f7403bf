/** A pattern of one name: `*`, `?`, `[a-z]`, `[!a-z]`, `\` before a character that is meant as such. */
export type NamePattern = { readonly kind: 'literal'; readonly name: string } | { readonly kind: 'wild'; readonly tokens: readonly Token[] };

type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'many' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

export function compileName(written: string): NamePattern {
  const tokens: Token[] = [];
  const characters = Array.from(written);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const set = character === '[' ? readSet(characters, at) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      at = set.end;
    } else if (character === '*') tokens.push({ kind: 'many' });
    else if (character === '?') tokens.push({ kind: 'any' });
    else if (character === '\\' && at + 1 < characters.length) tokens.push({ kind: 'character', character: characters[++at] ?? '' });
    else tokens.push({ kind: 'character', character });
  }
  const plain = tokens.flatMap((token) => (token.kind === 'character' ? [token.character] : []));
  return plain.length === tokens.length ? { kind: 'literal', name: plain.join('') } : { kind: 'wild', tokens };
}

/** In time that grows with pattern times name, whatever they are: after a mismatch only the last `*` is tried again. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  if (pattern.kind === 'literal') return pattern.name === name;
  const { tokens } = pattern;
  const characters = Array.from(name);
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted?.kind === 'many') {
      star = token++;
      starAt = at;
    } else if (wanted !== undefined && accepts(wanted, characters[at] ?? '')) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token]?.kind === 'many') token++;
  return token === tokens.length;
}

function accepts(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'character': return token.character === character;
    case 'set': return token.ranges.some(([low, high]) => low <= character && character <= high) !== token.negated;
    default: return true;
  }
}

/** `[` without its `]` is a character as any other. */
function readSet(characters: readonly string[], open: number): { readonly token: Token; readonly end: number } | undefined {
  const negated = characters[open + 1] === '!' || characters[open + 1] === '^';
  const first = open + (negated ? 2 : 1);
  const end = characters.indexOf(']', first + 1);
  if (end === -1) return undefined;
  const ranges: (readonly [string, string])[] = [];
  for (let at = first; at < end; at++) {
    const low = characters[at] ?? '';
    const isRange = characters[at + 1] === '-' && at + 2 < end;
    ranges.push([low, isRange ? (characters[at + 2] ?? '') : low]);
    if (isRange) at += 2;
  }
  return { token: { kind: 'set', negated, ranges }, end };
}
