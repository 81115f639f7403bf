import { toText } from '../coerce-value.js';
import type { ValueShape } from '../value-shape.js';
import { unite } from '../unite-shapes.js';
import { give, missing } from './function-entry.js';
import type { ArgumentOutcome, FunctionEntry, LazyArgument, LazyResult } from './function-entry.js';
import { hashValues } from './hash-value.js';
import { readPatterns, withFiles } from './path-list.js';

const defaultFunction: FunctionEntry = {
  name: 'default',
  parameters: [
    { name: 'value', kind: 'any' },
    { name: 'fallback', kind: 'any' },
  ],
  result: unite,
  summary: 'The first where it has a value (not null, not NaN, not without a file), else the second.',
  call: { kind: 'lazy', run: ([value]) => ({ kind: 'argument', index: value !== undefined && hasNone(value()) ? 1 : 0 }) },
};

function hasNone(outcome: ArgumentOutcome): boolean {
  switch (outcome.kind) {
    case 'value':
      return outcome.value === null || Number.isNaN(outcome.value);
    case 'failed':
      return outcome.missing;
    case 'unknown':
      return false;
  }
}

const caseFunction: FunctionEntry = {
  name: 'case',
  parameters: [
    { name: 'condition', kind: 'boolean' },
    { name: 'value', kind: 'any' },
    { name: 'otherwise', kind: 'any', rest: true },
  ],
  result: (shapes) => unite(shapes.filter((_, index) => index % 2 === 1 || index === shapes.length - 1)),
  summary: 'Pairs of a condition and a value, then what is given when none holds: the value of the first that does.',
  traits: { pairs: true },
  call: { kind: 'lazy', run: chooseCase },
};

function chooseCase(args: readonly LazyArgument[]): LazyResult {
  for (let index = 0; index + 1 < args.length; index += 2) {
    const condition = args[index]?.();
    if (condition?.kind !== 'value') return { kind: 'argument', index };
    if (condition.value === true) return { kind: 'argument', index: index + 1 };
    if (condition.value !== false) return { kind: 'failed', message: 'case(): a condition is neither true nor false' };
  }
  return { kind: 'argument', index: args.length - 1 };
}

const envFunction: FunctionEntry = {
  name: 'env',
  parameters: [
    { name: 'name', kind: 'text' },
    { name: 'default', kind: 'any', optional: true },
  ],
  result: (shapes): ValueShape => (shapes.length < 2 ? { kind: 'string' } : unite([{ kind: 'string' }, ...shapes.slice(1)])),
  summary: 'A variable of the environment; the default, or null, when it is not set.',
  traits: { readsWorld: true },
  call: { kind: 'eager', run: ([name = null, fallback = null], library) => give(library.env(toText(name)) ?? fallback) },
};

const hashFunction: FunctionEntry = {
  name: 'hash',
  parameters: [{ name: 'values', kind: 'any', rest: true }],
  result: { kind: 'string' },
  summary: 'A digest of its arguments; one that names files (a path, a folder, a glob) counts by their content.',
  traits: { readsFiles: true },
  call: { kind: 'eager', run: (args, library) => withFiles(library, (reader) => give(hashValues(args, reader, library.digest))) },
};

const changedFunction: FunctionEntry = {
  name: 'changed',
  parameters: [{ name: 'globs', kind: 'texts', rest: true }],
  result: { kind: 'list', of: { kind: 'string' } },
  summary: 'The files among those the globs name that differ from the last GO, else from the base branch; as a condition: whether there are any.',
  traits: { readsFiles: true, readsWorld: true },
  call: { kind: 'eager', run: (args, library) => readPatterns(args, 'changed', (globs) => give(library.changed(globs))) },
};

const baselineFunction: FunctionEntry = {
  name: 'baseline',
  parameters: [{ name: 'metric', kind: 'text' }],
  result: { kind: 'number' },
  summary: 'The value of a metric last recorded on the default branch; fails when there is none.',
  traits: { readsWorld: true },
  call: {
    kind: 'eager',
    run: ([metric = null], library) => {
      const value = library.baseline(toText(metric));
      return value === undefined ? missing(`baseline(): nothing was recorded yet for '${toText(metric)}'`) : give(value);
    },
  },
};

function describeStatus(name: 'success' | 'failure' | 'always' | 'cancelled', summary: string): FunctionEntry {
  return {
    name,
    parameters: [],
    result: { kind: 'boolean' },
    summary,
    traits: { status: true },
    call: { kind: 'eager', run: (_args, library) => give(name === 'always' ? true : library.status(name)) },
  };
}

export const valueFunctions: readonly FunctionEntry[] = [
  describeStatus('success', 'Whether all that this needs succeeded, was skipped by its own condition or was tolerated.'),
  describeStatus('failure', 'Whether something that this needs failed and was not tolerated.'),
  describeStatus('always', 'True: whatever happened before.'),
  describeStatus('cancelled', 'Whether the run was cancelled.'),
  hashFunction,
  changedFunction,
  baselineFunction,
  envFunction,
  defaultFunction,
  caseFunction,
];

