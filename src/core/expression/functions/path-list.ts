import { isPlain, toText } from '../coerce-value.js';
import type { Value } from '../expression.js';
import { isList, unknownValue } from '../unknown.js';
import type { FunctionLibrary } from '../function-library.js';
import type { WorkspaceReader } from '../workspace-reader.js';
import { describeValue } from '../describe-value.js';
import { give, missing, wrong } from './function-entry.js';
import type { FunctionFailure, FunctionResult } from './function-entry.js';

/** Texts and lists of texts as one list of patterns; an error for what is no text. */
export function readTexts(args: readonly Value[], name: string, then: (texts: readonly string[]) => FunctionResult): FunctionResult {
  const texts: string[] = [];
  for (const arg of args.flatMap((value) => (isList(value) ? value : [value]))) {
    if (arg === null || arg === '') return missing(`${name}(): no value for a path`);
    if (!isPlain(arg)) return wrong(`${name}(): ${describeValue(arg)} is not a path`);
    texts.push(toText(arg));
  }
  return then(texts);
}

/** Texts that are patterns of paths: none may lead out of the workspace. */
export function readPatterns(args: readonly Value[], name: string, then: (patterns: readonly string[]) => FunctionResult): FunctionResult {
  return readTexts(args, name, (texts) => {
    const stray = texts.find(leadsOutside);
    return stray === undefined ? then(texts) : outside(name, stray);
  });
}

function leadsOutside(pattern: string): boolean {
  let depth = 0;
  for (const segment of pattern.replace(/^!/, '').split('/')) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

export function outside(name: string, path: string): FunctionFailure {
  return wrong(`${name}(): '${path}' lies outside the workspace`);
}

/** Asks for files where they can be known already; otherwise the answer is not known. */
export function withFiles(library: FunctionLibrary, read: (reader: WorkspaceReader) => FunctionResult): FunctionResult {
  return library.reader === unknownValue ? give(unknownValue) : read(library.reader);
}

/** The text of one file; why there is none, when there is none. */
export function readFileText(
  path: Value,
  name: string,
  library: FunctionLibrary,
  use: (text: string, path: string) => FunctionResult,
): FunctionResult {
  return readTexts([path], name, ([first, ...more]) => {
    if (first === undefined || more.length > 0) return wrong(`${name}(): one path is wanted, and a list has ${more.length === 0 ? 'none' : 'several'}`);
    return withFiles(library, (reader) => {
      const file = reader.readText(first);
      switch (file.kind) {
        case 'text':
          return use(file.text, first);
        case 'missing':
          return missing(`${name}(): there is no file '${first}'`);
        case 'outside':
          return outside(name, first);
        case 'unreadable':
          return wrong(`${name}(): '${first}' cannot be read: ${file.reason}`);
      }
    });
  });
}
