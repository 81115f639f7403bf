import type { Value } from '../expression.js';
import { importValue } from '../import-value.js';
import type { WorkspaceReader } from '../workspace-reader.js';
import { give, wrong } from './function-entry.js';
import type { FunctionEntry, FunctionResult, Parameter } from './function-entry.js';
import { hashFiles } from './hash-value.js';
import { parseJson } from './json-functions.js';
import { outside, readFileText, readPatterns, readTexts, withFiles } from './path-list.js';

const onePath: readonly Parameter[] = [{ name: 'path', kind: 'path' }];
const patterns: readonly Parameter[] = [{ name: 'patterns', kind: 'texts', rest: true }];
const readsFiles = { readsFiles: true } as const;

const readFileFunction: FunctionEntry = {
  name: 'read_file',
  parameters: onePath,
  result: { kind: 'string' },
  summary: 'The text of a file; fails when there is none.',
  traits: readsFiles,
  call: { kind: 'eager', run: ([path = null], library) => readFileText(path, 'read_file', library, give) },
};

const readJsonFunction: FunctionEntry = {
  name: 'read_json',
  parameters: onePath,
  result: { kind: 'any' },
  summary: 'The value in a JSON file; fails when there is none.',
  traits: readsFiles,
  call: {
    kind: 'eager',
    run: ([path = null], library) => readFileText(path, 'read_json', library, (text, name) => parseJson(text, `read_json(): '${name}'`)),
  },
};

const readYamlFunction: FunctionEntry = {
  name: 'read_yaml',
  parameters: onePath,
  result: { kind: 'any' },
  summary: 'The value in a YAML file of one document; fails when there is none.',
  traits: readsFiles,
  call: {
    kind: 'eager',
    run: ([path = null], library) =>
      readFileText(path, 'read_yaml', library, (text, name) => {
        const read = library.readYaml(text);
        if ('error' in read) return wrong(`read_yaml(): '${name}': ${read.error}`);
        const value = importValue(read.value);
        return value === undefined ? wrong(`read_yaml(): '${name}' holds what JSON cannot, or is nested too deeply`) : give(value);
      }),
  },
};

const existsFunction: FunctionEntry = {
  name: 'exists',
  parameters: onePath,
  result: { kind: 'boolean' },
  summary: 'Whether there is a file or folder of this path.',
  traits: readsFiles,
  call: { kind: 'eager', run: ([path = null], library) => withFiles(library, (reader) => exists(path, reader)) },
};

/** No path is no file: `exists(steps.build.outputs.zip)` is how one asks whether a step gave one. */
function exists(path: Value, reader: WorkspaceReader): FunctionResult {
  if (path === null || path === '') return give(false);
  return readTexts([path], 'exists', ([first = '']) => {
    const kind = reader.kindOf(first);
    return kind === 'outside' ? outside('exists', first) : give(kind !== 'missing');
  });
}

const globFunction: FunctionEntry = {
  name: 'glob',
  parameters: patterns,
  result: { kind: 'list', of: { kind: 'string' } },
  summary: 'The files that the patterns name, sorted; a pattern with ! takes away.',
  traits: readsFiles,
  call: {
    kind: 'eager',
    run: (args, library) => readPatterns(args, 'glob', (texts) => withFiles(library, (reader) => give(reader.glob(texts)))),
  },
};

const fileSizeFunction: FunctionEntry = {
  name: 'file_size',
  parameters: onePath,
  result: { kind: 'number' },
  summary: 'The size of a file in bytes; null when there is none.',
  traits: readsFiles,
  call: {
    kind: 'eager',
    run: ([path = null], library) =>
      readTexts([path], 'file_size', ([first = '']) =>
        withFiles(library, (reader) => (reader.kindOf(first) === 'outside' ? outside('file_size', first) : give(reader.sizeOf(first) ?? null))),
      ),
  },
};

const hashFilesFunction: FunctionEntry = {
  name: 'hashFiles',
  parameters: patterns,
  result: { kind: 'string' },
  summary: "One SHA-256 over the content of all files that the patterns name; '' when they name none.",
  traits: readsFiles,
  call: {
    kind: 'eager',
    run: (args, library) => readPatterns(args, 'hashFiles', (texts) => withFiles(library, (reader) => give(hashFiles(texts, reader, library.digest)))),
  },
};

export const fileFunctions: readonly FunctionEntry[] = [
  readFileFunction,
  readJsonFunction,
  readYamlFunction,
  existsFunction,
  globFunction,
  fileSizeFunction,
  hashFilesFunction,
];
