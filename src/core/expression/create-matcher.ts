import { RE2JS } from 're2js';
import type { Matcher } from './function-library.js';

/** Nobody writes one longer by hand; a regular expression's program grows with it. */
const longestPattern = 1000;

/** A matcher in linear time. In a file of its own, so that RE2 is loaded only where an expression calls matches(). */
export function createMatcher(): Matcher {
  const compiled = new Map<string, RE2JS | { readonly error: string }>();
  return (text, pattern) => {
    const known = compiled.get(pattern) ?? compile(pattern);
    compiled.set(pattern, known);
    return 'error' in known ? known : known.matcher(text).find();
  };
}

function compile(pattern: string): RE2JS | { readonly error: string } {
  if (pattern.length > longestPattern) return { error: `a regular expression can have ${longestPattern} characters, this one has ${pattern.length}` };
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
