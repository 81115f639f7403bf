import { readByteSet } from './byte-set.js';

/** What stands behind the plain beginning of a pattern of git's, over bytes. */
export interface Wildcards {
  readonly places: readonly Wildcard[];
  /** The longest plain text in it: what does not contain it is not worth a closer look. */
  readonly needs: string;
}

type Wildcard =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly holds: (byte: number) => boolean }
  | { readonly kind: 'many'; readonly crossesFolders: boolean }
  /** The two behind it, `**` and `/`, may stand for nothing at all. */
  | { readonly kind: 'perhaps' };

const slash = 0x2f;

/** Nothing where it can never match. In names there are no folders to cross: there `**` is `*`. */
export function compileWildcards(text: string, inPath: boolean): Wildcards | undefined {
  const places: Wildcard[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '*') {
      const first = at;
      while (text[at + 1] === '*') at++;
      const behind = text.slice(at + 1);
      const standsAlone = (first === 0 || text[first - 1] === '/') && (behind === '' || behind.startsWith('/') || behind.startsWith('\\/'));
      const crossesFolders = inPath && at > first && standsAlone;
      if (crossesFolders && behind.startsWith('/')) places.push({ kind: 'perhaps' });
      places.push({ kind: 'many', crossesFolders });
    } else if (character === '?') places.push({ kind: 'any' });
    else if (character === '[') {
      const set = readByteSet(text, at);
      if (set === undefined) return undefined;
      places.push({ kind: 'set', holds: set.holds });
      at = set.end;
    } else {
      const byte = text.charCodeAt(character === '\\' ? ++at : at);
      if (Number.isNaN(byte)) return undefined;
      places.push({ kind: 'byte', byte });
    }
  }
  return { places, needs: findLongestText(places) };
}

/** A `/` belongs to none: that behind `**` may be missing. */
function findLongestText(places: readonly Wildcard[]): string {
  const plain = places.map((place) => (place.kind === 'byte' && place.byte !== slash ? String.fromCharCode(place.byte) : '/')).join('');
  return plain.split('/').reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

/** In one pass over the text, with every place that the pattern may have come to: no pattern makes it slow. */
export function matchWildcards({ places, needs }: Wildcards, text: string): boolean {
  if (!text.includes(needs)) return false;
  let reached: number[] = [];
  enter(places, reached, 0);
  for (let at = 0; at < text.length && reached.length > 0; at++) {
    const byte = text.charCodeAt(at);
    const next: number[] = [];
    for (const each of reached) {
      const place = places[each];
      if (place?.kind === 'many') {
        if (place.crossesFolders || byte !== slash) enter(places, next, each);
      } else if (place !== undefined && accepts(place, byte)) enter(places, next, each + 1);
    }
    reached = next;
  }
  return reached.includes(places.length);
}

function accepts(place: Wildcard, byte: number): boolean {
  switch (place.kind) {
    case 'byte': return place.byte === byte;
    case 'any': return byte !== slash;
    case 'set': return byte !== slash && place.holds(byte);
    default: return false;
  }
}

function enter(places: readonly Wildcard[], reached: number[], at: number): void {
  if (reached.includes(at)) return;
  reached.push(at);
  const place = places[at];
  if (place?.kind === 'many' || place?.kind === 'perhaps') enter(places, reached, at + 1);
  if (place?.kind === 'perhaps') enter(places, reached, at + 3);
}
