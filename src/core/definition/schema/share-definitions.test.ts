import type { JsonSchema } from '../shape/json-schema.js';
import { shareDefinitions } from './share-definitions.js';

const long = (word: string): JsonSchema => ({ type: 'object', properties: { [word]: { type: 'string', pattern: word.repeat(150) } } });

test('what stands there twice is said once, and keeps its own description', () => {
  const definitions = new Map<string, JsonSchema>();
  const schema = shareDefinitions({ properties: { retry: { description: 'one', ...long('a') }, again: { description: 'two', ...long('a') } } }, definitions);
  expect(schema).toEqual({ properties: { retry: { description: 'one', $ref: '#/$defs/retry' }, again: { description: 'two', $ref: '#/$defs/retry' } } });
  expect([...definitions]).toEqual([['retry', long('a')]]);
});

test('what is short, or there once, stays where it is', () => {
  const schema: JsonSchema = { properties: { a: { type: 'string' }, b: { type: 'string' }, c: long('c') } };
  const definitions = new Map<string, JsonSchema>();
  expect(shareDefinitions(schema, definitions)).toEqual(schema);
  expect(definitions.size).toBe(0);
});

test('the inside of what is shared is no definition of its own', () => {
  const outer: JsonSchema = { anyOf: [long('a'), { type: 'null' }] };
  const definitions = new Map<string, JsonSchema>();
  shareDefinitions({ properties: { one: outer, two: outer } }, definitions);
  expect([...definitions]).toEqual([['one', outer]]);
});

test('two that are called alike are told apart by a number', () => {
  const definitions = new Map<string, JsonSchema>();
  const inputs = (...parts: readonly JsonSchema[]): JsonSchema => ({ anyOf: parts.map((part) => ({ properties: { inputs: part } })) });
  const schema = shareDefinitions(inputs(long('a'), { ...long('a'), description: 'again' }, long('b'), { ...long('b'), description: 'again' }), definitions);
  expect([...definitions]).toEqual([['inputs', long('a')], ['inputs_2', long('b')]]);
  expect(schema).toEqual(inputs({ $ref: '#/$defs/inputs' }, { description: 'again', $ref: '#/$defs/inputs' }, { $ref: '#/$defs/inputs_2' }, { description: 'again', $ref: '#/$defs/inputs_2' }));
});

test('a definition that there is already is referred to, from itself too', () => {
  const definitions = new Map<string, JsonSchema>([['step', { type: 'object', properties: { inner: { type: 'array', items: { $ref: '#/$defs/step' } } } }]]);
  const step = definitions.get('step') ?? {};
  expect(shareDefinitions({ properties: { steps: { type: 'array', items: step } } }, definitions)).toEqual({ properties: { steps: { type: 'array', items: { $ref: '#/$defs/step' } } } });
  expect(definitions.get('step')).toEqual(step);
});
