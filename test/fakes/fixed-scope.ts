import { describeObject } from '../../src/core/expression/object-shape.js';
import type { Scope, ValueShape } from '../../src/core/expression/value-shape.js';

const text: ValueShape = { kind: 'string' };
const outcome: ValueShape = { kind: 'word', words: ['succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate'] };
const baseline = describeObject('property', {
  outcome,
  outputs: describeObject('output', { zip: text, 'odd name': text, cells: { kind: 'list', of: { kind: 'number' } }, data: { kind: 'any' } }),
  stdout: text,
  exit_code: { kind: 'number' },
  cached: { kind: 'boolean' },
});

const contexts: ReadonlyMap<string, ValueShape> = new Map<string, ValueShape>([
  ['inputs', describeObject('input', { name: text, count: { kind: 'number' }, deploy: { kind: 'boolean' }, options: { kind: 'any' } })],
  ['steps', describeObject('step', { baseline })],
  ['phases', describeObject('phase', { measure: describeObject('property', { verdict: { kind: 'word', words: ['go', 'no-go'] } }) })],
  ['secrets', describeObject('secret', {})],
  ['env', { kind: 'any' }],
  ['matrix', describeObject('name', { node: { kind: 'any' } })],
  ['baseline', baseline],
]);

/** A small workflow's contexts: one step, one phase, a few inputs. */
export const fixedScope: Scope = { context: (name) => contexts.get(name), names: () => contexts.keys() };
