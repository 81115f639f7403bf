import { readByteSet } from './byte-set.js';

/** What stands behind the plain beginning of a pattern of git's, over bytes; nothing where it can never match. */
export type Wildcards = readonly Wildcard[] | undefined;

type Wildcard =
  | { readonly kind: 'one'; readonly holds: (byte: number) => boolean }
  | { readonly kind: 'many'; readonly crossesFolders: boolean }
  /** The two behind it, `**` and `/`, may stand for nothing at all. */
  | { readonly kind: 'perhaps' };

const slash = 0x2f;

/** In names there are no folders to cross: there `**` is `*`. */
export function compileWildcards(text: string, inPath: boolean): Wildcards {
  const wildcards: Wildcard[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '*') {
      const first = at;
      while (text[at + 1] === '*') at++;
      const behind = text.slice(at + 1);
      const standsAlone = (first === 0 || text[first - 1] === '/') && (behind === '' || behind.startsWith('/') || behind.startsWith('\\/'));
      const crossesFolders = inPath && at > first && standsAlone;
      if (crossesFolders && behind.startsWith('/')) wildcards.push({ kind: 'perhaps' });
      wildcards.push({ kind: 'many', crossesFolders });
    } else if (character === '?') wildcards.push({ kind: 'one', holds: (byte) => byte !== slash });
    else if (character === '[') {
      const set = readByteSet(text, at);
      if (set === undefined) return undefined;
      wildcards.push({ kind: 'one', holds: (byte) => byte !== slash && set.holds(byte) });
      at = set.end;
    } else {
      const wanted = text.charCodeAt(character === '\\' ? ++at : at);
      if (Number.isNaN(wanted)) return undefined;
      wildcards.push({ kind: 'one', holds: (byte) => byte === wanted });
    }
  }
  return wildcards;
}

/** In one pass over the text, with every place that the pattern may have come to: no pattern makes it slow. */
export function matchWildcards(wildcards: Wildcards, text: string): boolean {
  if (wildcards === undefined) return false;
  let places: number[] = [];
  enter(wildcards, places, 0);
  for (let at = 0; at < text.length && places.length > 0; at++) {
    const byte = text.charCodeAt(at);
    const next: number[] = [];
    for (const place of places) {
      const wildcard = wildcards[place];
      if (wildcard?.kind === 'many') {
        if (wildcard.crossesFolders || byte !== slash) enter(wildcards, next, place);
      } else if (wildcard?.kind === 'one' && wildcard.holds(byte)) enter(wildcards, next, place + 1);
    }
    places = next;
  }
  return places.includes(wildcards.length);
}

function enter(wildcards: readonly Wildcard[], places: number[], place: number): void {
  if (places.includes(place)) return;
  places.push(place);
  const wildcard = wildcards[place];
  if (wildcard?.kind === 'many' || wildcard?.kind === 'perhaps') enter(wildcards, places, place + 1);
  if (wildcard?.kind === 'perhaps') enter(wildcards, places, place + 3);
}
