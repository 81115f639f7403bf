import * as fc from 'fast-check';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import type { RigOptions } from '../../../test/rig/run-rig.js';
import { startRig } from '../../../test/rig/run-rig.js';
import { compareSheets } from '../../core/cache/compare-sheets.js';
import type { KeySheet } from '../../core/cache/key-sheet.js';
import { makeKey } from '../../core/cache/make-key.js';

/** What a key depends on, and what it does not. */

const files = { a: '1', b: '2', 'src/x': 'x', 'src/y': 'y' };

async function keyOf(text: string, options: RigOptions = {}, content: Readonly<Record<string, string>> = files): Promise<string | undefined> {
  const rig = startRig(text, { ...options, reuse: createFakeReuse(content) });
  for (let running = await rig.running(); running.length > 0; running = await rig.running()) (await rig.started(running[0] ?? '')).exits(0);
  const state = await rig.ended();
  return state.steps.get('s')?.cells[0]?.key ?? undefined;
}

const plain = 'steps: [{ id: s, command: x, inputs: [a], cache: true }]';
const change = (from: string, to: string): string => plain.replace(from, to);

test.each<[string, string, RigOptions?, Readonly<Record<string, string>>?]>([
  ['its command', change('command: x', 'command: y')],
  ['the value of an expression', 'inputs: { i: { type: string } }\nsteps: [{ id: s, command: "x {{ inputs.i }}", inputs: [a], cache: true }]', { inputs: { i: 'v' } }],
  ['the shell', `defaults: { shell: sh }\n${plain}`],
  ['the folder that it works in', change('cache: true', 'cache: true, working_directory: src')],
  ['the codes that will do', change('cache: true', 'cache: true, ok_codes: [0, 1]')],
  ['what it declares to make', change('cache: true', 'cache: true, outputs: { o: { path: o, optional: true } }')],
  ['another input', change('[a]', '[a, b]')],
  ['a value among the inputs', change('[a]', '[a, { value: "1" }]')],
  ['what an input contains', plain, {}, { ...files, a: 'other' }],
  ['a variable', change('cache: true', 'cache: true, env: { X: "1" }')],
  ['a variable of the workflow', `env: { X: "1" }\n${plain}`],
  ['a variable that it lets in', change('cache: true', 'cache: true, pass_env: [X]'), { env: { X: '1' } }],
  ['the key that is written', change('cache: true', 'cache: true, cache_key: k')],
  ['the version', change('cache: true', 'cache: { version: "2" }')],
  ['the scope', change('cache: true', 'cache: { scope: s }')],
  ['the names of its secrets', `secrets: [PASS]\n${change('cache: true', 'cache: true, secrets: [PASS]')}`, { secrets: { PASS: 'long enough to be masked' } }],
  ['what a step before it has made', 'steps: [{ id: r, command: x, outputs: { o: { value: "1" } } }, { id: s, command: x, inputs: [a], cache: true }]'],
])('another key: %s', async (_what, text, options = {}, content = files) => {
  const [was, is] = [await keyOf(plain), await keyOf(text, options, content)];
  expect(is).toMatch(/^[0-9a-f]{64}$/u);
  expect(is).not.toBe(was);
});

test.each<[string, string, RigOptions?, Readonly<Record<string, string>>?]>([
  ['its name, labels, limits, retries, hints', change('cache: true', 'cache: true, name: N, labels: [l], timeout: 5m, retry: { attempts: 2 }, recovery: [hint], component: C, locks: [k]')],
  ['a comment, and where it stands in the file', `# nothing\n\n${plain}`],
  ['a step before it that makes nothing', 'steps: [{ id: r, command: y }, { id: s, command: x, inputs: [a], cache: true }]'],
  ['a step beside it', 'steps: [{ id: s, command: x, inputs: [a], cache: true }, { id: r, command: y, needs: [] }]'],
  ['its place in another phase', 'phases: [{ id: p, steps: [{ id: s, command: x, inputs: [a], cache: true }] }]'],
  ['files that are no input', plain, {}, { ...files, b: 'other' }],
  ['variables around it that nobody lets in', plain, { env: { HOME: '/elsewhere', USER: 'other', TZ: 'UTC', LANG: 'C', PATH: '/bin' } }],
  ['how many run at once', plain, { maxParallel: 1 }],
  ['an expression that comes to the same text', 'inputs: { i: { type: string } }\nsteps: [{ id: s, command: x, inputs: ["{{ inputs.i }}"], cache: true }]', { inputs: { i: 'a' } }],
])('the same key: %s', async (_what, text, options = {}, content = files) => {
  expect(await keyOf(text, options, content)).toBe(await keyOf(plain));
});

test('the value of a secret is in no key, and in no sheet', async () => {
  const text = 'secrets: [PASS]\nsteps: [{ id: s, command: "x {{ inputs.i }}", inputs: [a], cache: true, secrets: [PASS], env: { P: "{{ secrets.PASS }}" } }]\ninputs: { i: { type: string } }';
  const sheetOf = async (value: string): Promise<string> => {
    const reuse = createFakeReuse(files);
    const rig = startRig(text, { reuse, secrets: { PASS: value }, inputs: { i: value } });
    (await rig.started('s')).exits(0);
    await rig.ended();
    return JSON.stringify(reuse.ports.sheets.list({ workflow: 'w', step: 's' }));
  };
  const [one, other] = [await sheetOf('first-secret-value'), await sheetOf('other-secret-value')];
  expect(one).toBe(other);
  expect(one).not.toContain('secret-value');
});

const word = fc.stringMatching(/^[a-z"\\\n ]{0,4}$/u);
const record = fc.dictionary(word, word, { maxKeys: 3 });
const sheets: fc.Arbitrary<KeySheet> = fc.record({
  definition: record, env: record, tools: record, upstream: record, machine: record,
  files: fc.uniqueArray(fc.record({ path: word, digest: fc.constantFrom('d1', 'd2'), executable: fc.boolean() }), { selector: ({ path }) => path, maxLength: 3 }).map((list) => list.sort((a, b) => (a.path < b.path ? -1 : 1))),
});

test('two sheets have one key when nothing differs, and only then; what differs is named the other way round too', () => {
  fc.assert(
    fc.property(sheets, sheets, (was, is) => {
      const differences = compareSheets(was, is);
      expect(makeKey(was) === makeKey(is)).toBe(differences.length === 0);
      expect(compareSheets(is, was).map(({ part, name }) => `${part} ${name}`).sort()).toEqual(differences.map(({ part, name }) => `${part} ${name}`).sort());
      expect(compareSheets(was, was)).toEqual([]);
    }),
    { seed: 20261121, numRuns: 2_000 },
  );
});

test('the order in which a sheet was filled says nothing', () => {
  fc.assert(
    fc.property(sheets, (sheet) => {
      const turned = Object.fromEntries(Object.entries(sheet).map(([part, value]) => [part, Array.isArray(value) ? value : Object.fromEntries(Object.entries(value as object).reverse())])) as unknown as KeySheet;
      expect(makeKey(turned)).toBe(makeKey(sheet));
    }),
    { seed: 20261121 },
  );
});

test('what cache.env sets and lets in reaches the step, and counts', async () => {
  const text = (cache: string): string => `steps: [{ id: s, command: x, inputs: [a], cache: ${cache} }]`;
  const rig = startRig(text('{ env: { X: "1" } }'), { reuse: createFakeReuse(files) });
  expect((await rig.started('s')).command.env).toMatchObject({ X: '1' });
  expect(await keyOf(text('{ env: { X: "1" } }'))).not.toBe(await keyOf(text('{ env: { X: "2" } }')));
  const passing = startRig(text('{ env: [Y] }'), { reuse: createFakeReuse(files), env: { Y: 'given' } });
  expect((await passing.started('s')).command.env).toMatchObject({ Y: 'given' });
  expect(await keyOf(text('{ env: [Y] }'), { env: { Y: '1' } })).not.toBe(await keyOf(text('{ env: [Y] }'), { env: { Y: '2' } }));
});
