import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseForTest } from '../rig/parse-text.js';
import { stepTypes } from '../../src/steps/index.js';
import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import { readYamlValue } from '../../src/core/definition/read-yaml-value.js';
import { createJsonSchema } from '../../src/core/definition/schema/create-json-schema.js';

const schema = createJsonSchema(stepTypes);
const accepts = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true }).compile(schema);

function isAccepted(text: string): boolean {
  const read = readYamlValue(text);
  if ('error' in read) throw new Error(read.error);
  return accepts(JSON.parse(JSON.stringify(read.value)));
}

test('is a schema of 2020-12, with every definition used', () => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  const text = JSON.stringify(schema);
  for (const name of Object.keys(schema.$defs)) expect(text).toContain(`"#/$defs/${name}"`);
  expect(text.length).toBeLessThan(120_000);
});

test('knows every step type and its fields', () => {
  const step = JSON.stringify(schema.$defs['step']);
  for (const type of stepTypes) for (const field of Object.keys(type.fields)) expect(step).toContain(`"${field}":`);
});

const step = '{ id: a, command: x }';

test.each<[string, string]>([
  ['phases', `name: x\nphases: [{ id: p, steps: [${step}] }]`],
  ['flat', `name: x\nsteps: [${step}]`],
  ['short type', 'name: x\nsteps: [{ id: a, type: claude_code, prompt: p }]'],
  ['parallel', `name: x\nsteps: [{ parallel: [${step}] }]`],
  ['rollback with steps', `name: x\nsteps: [{ id: a, command: x, rollback: [${step}] }]`],
  ['an expression for a number', 'name: x\nsteps: [{ id: a, command: x, retry: { attempts: "{{ inputs.n }}" } }]'],
  ['a step type of its own', 'name: x\nstep_types: { mine: ./m.mjs }\nsteps: [{ id: a, type: mine, any: 1 }]'],
])('accepts %s', (_name, text) => {
  expect(parseForTest(text).diagnostics.filter(({ severity, code }) => severity === 'error' && code < 'TG12')).toEqual([]);
  expect(isAccepted(text)).toBe(true);
});

test.each<[string, string]>([
  ['an unknown key', `name: x\nsteps: [${step}]\ntimout: 5m`],
  ['an unknown key of a step', 'name: x\nsteps: [{ id: a, command: x, timout: 5m }]'],
  ['no name', `steps: [${step}]`],
  ['nothing to do', 'name: x'],
  ['a duration without a unit', 'name: x\nsteps: [{ id: a, command: x, timeout: 5 }]'],
  ['a step without an id', 'name: x\nsteps: [{ command: x }]'],
  ['a key of another type', 'name: x\nsteps: [{ id: a, type: assert, condition: x, command: y }]'],
  ['a word that is no choice', 'name: x\nsteps: [{ id: a, command: x, effects: onec }]'],
  ['too few attempts', 'name: x\nsteps: [{ id: a, command: x, retry: { attempts: 0 } }]'],
  ['an empty approver list', 'name: x\nsteps: [{ id: a, type: approval, approvers: [] }]'],
])('refuses %s, as validate does', (_name, text) => {
  expect(hasErrors(parseForTest(text).diagnostics)).toBe(true);
  expect(isAccepted(text)).toBe(false);
});

const root = new URL('../../', import.meta.url);
const examples = readdirSync(new URL('workflows-examples/', root)).map((file) => `workflows-examples/${file}`);

test.each([...examples.filter((file) => /\.ya?ml$/u.test(file)), 'test/fuzz/corpus/section-1.yml'])('accepts %s', (file) => {
  expect(isAccepted(readFileSync(new URL(file, root), 'utf8'))).toBe(true);
});

test('accepts all that conformance accepts', () => {
  const rules = readdirSync(new URL('test/conformance/', root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const refused = rules.flatMap(({ name }) => {
    const file = new URL(`test/conformance/${name}/accepted.yml`, root);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '<n>';
    return !text.includes('<n>') && !isAccepted(text) ? [`${name}: ${JSON.stringify(accepts.errors?.at(-1))}`] : [];
  });
  expect(refused).toEqual([]);
});
