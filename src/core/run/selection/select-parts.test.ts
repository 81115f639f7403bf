import { createRunPlan } from '../run-plan.js';
import type { Selection } from './select-parts.js';
import { selectParts } from './select-parts.js';
import { readLabels } from './fit-labels.js';
import { parseForTest } from '../../../../test/rig/parse-text.js';
import { describeEnd, describePhases, describeRun, startRig } from '../../../../test/rig/run-rig.js';

/** Parts of a workflow: what a call leaves out, and when it cannot be run so. */

const text = `
name: w
phases:
  - id: build
    steps:
      - { id: fetch, command: x, outputs: { zip: { written: true } } }
      - { id: pack, command: x, labels: [slow] }
      - { id: pair, parallel: [{ id: left, command: x, labels: [slow, e2e] }, { id: right, command: x }] }
  - id: deploy
    steps:
      - { id: push, command: "push {{ fetch.outputs.zip }} {{ steps.fetch.outputs['zip'] }}" }
      - { id: look, command: x }
finally: [{ id: z, command: "echo {{ fetch.outputs.zip }}" }]
`;

const nothing: Selection = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };

function select(asked: Partial<Selection>) {
  const { parsed } = parseForTest(text);
  return selectParts(parsed!, createRunPlan(parsed!), { ...nothing, ...asked });
}

const way = [{ name: 'fetch.outputs.zip', value: 'a.zip' }];

test.each<[string, Partial<Selection>, string, readonly string[]]>([
  ['nothing', {}, '', []],
  ['--only a step', { only: ['look'] }, 'fetch pack left right phase build push', ['--only look']],
  ['--only a phase', { only: ['build'] }, 'push look phase deploy', ['--only build']],
  ['--only a group by its id', { only: ['pair'] }, 'fetch pack phase deploy push look', ['--only pair']],
  ['--only by numbers', { only: ['1.2', '1.3.1'] }, 'fetch right phase deploy push look', ['--only 1.2,1.3.1']],
  ['--only by phase.step, whatever the case', { only: ['Build.Pack', 'build/LEFT'] }, 'fetch right phase deploy push look', ['--only Build.Pack,build/LEFT']],
  ['--skip', { skip: ['left', '2.2'] }, 'left look', ['--skip left,2.2']],
  ['--skip-phases', { skipPhases: ['2'] }, 'push look phase deploy', ['--skip-phases 2']],
  ['--phases', { phases: ['build'] }, 'push look phase deploy', ['--phases build']],
  ['--from a step', { from: 'left', set: way }, 'fetch pack', ['--from left']],
  ['--from a phase', { from: 'deploy', set: way }, 'fetch pack left right phase build', ['--from deploy']],
  ['--until a step', { until: 'pack' }, 'left right phase deploy push look', ['--until pack']],
  ['--until a group', { until: 'pair' }, 'push look phase deploy', ['--until pair']],
  ['--from and --until', { from: 'pack', until: 'left' }, 'fetch right phase deploy push look', ['--from pack', '--until left']],
  ['--labels', { labels: 'not slow', set: way }, 'pack left', ['--labels not slow']],
  ['--labels with parentheses', { labels: 'slow and not (e2e or e2e)', set: way }, 'fetch left right phase deploy push look', ['--labels slow and not (e2e or e2e)']],
])('%s', (_name, asked, left, partial) => {
  const found = select(asked);
  expect(found.problems).toEqual([]);
  expect([...found.leftOut.keys()].sort()).toEqual([...left.matchAll(/phase \w+|\w+/gu)].map(([name]) => name).sort());
  expect(found.partial).toEqual(partial);
});

test.each<[Partial<Selection>, string]>([
  [{ only: ['pcak'] }, "--only: there is no step or phase 'pcak'; did you mean 'pack'?"],
  [{ skipPhases: ['nope'] }, "--skip-phases: there is no step or phase 'nope'"],
  [{ labels: 'slwo' }, "--labels: no step has the label 'slwo'; did you mean 'slow'?"],
  [{ labels: 'slow and' }, "--labels 'slow and': a label is missing at the end"],
  [{ labels: '(slow' }, "--labels '(slow': a closing ) is missing"],
  [{ labels: 'slow e2e' }, "--labels 'slow e2e': 'e2e' comes without and or or before it"],
  [{ labels: 'and slow' }, "--labels 'and slow': a label is missing before 'and'"],
  [{ set: [{ name: 'nothing.outputs.x', value: '' }] }, '--set nothing.outputs.x: there is no output called so'],
  [{ set: [{ name: 'fetch.zip', value: '' }] }, '--set fetch.zip: there is no output called so'],
  [{ set: [{ name: 'fetch.outputs.zipp', value: '' }] }, "--set fetch.outputs.zipp: there is no output called so; did you mean 'zip'?"],
  [{ skip: ['fetch'] }, 'push reads fetch.outputs.zip, and fetch is left out by --skip fetch'],
])('%j is refused', (asked, message) => {
  expect(select(asked).problems.map((problem) => problem.message)).toContain(message);
});

test('the way out of a missing output', () => {
  expect(select({ skip: ['fetch'] }).problems).toMatchObject([{ code: 'TG3302', ways: ['Give the value: --set fetch.outputs.zip=…', 'Or leave it out too: --skip push'] }]);
  expect(select({ skip: ['fetch', 'push'] }).problems).toEqual([]);
  expect(select({ skip: ['fetch'], set: way }).problems).toEqual([]);
});

test.each([
  ['a or b and not c', ['a'], true],
  ['a or b and not c', ['b', 'c'], false],
  ['(a or b) and not c', ['a', 'c'], false],
  ['not not a', ['a'], true],
  ['not (a and b)', ['a'], true],
])('labels %s fit %j: %s', (written, labels, fits) => {
  const selection = readLabels(written);
  expect(selection.kind === 'read' && selection.fits(new Set(labels))).toBe(fits);
});

test('a partial run has no verdict, says what was asked, and reads what was given', async () => {
  const rig = startRig(text, { select: { only: ['deploy'], set: way } });
  const push = await rig.started('push');
  expect(Object.values(push.command.env)).toContain('a.zip');
  push.exits(0);
  (await rig.started('look')).exits(0);
  const z = await rig.started('z');
  expect(Object.values(z.command.env)).toContain('a.zip');
  z.exits(0);
  const state = await rig.ended();
  expect(describeEnd(state)).toBe('succeeded null');
  expect(state.facts?.partial).toEqual(['--only deploy']);
  expect(describePhases(state)).toEqual(['build:go(skipped request)', 'deploy:go(succeeded)']);
});

test('a step that is left out is passed over', async () => {
  const rig = startRig(text, { select: { skip: ['pack', 'pair', 'deploy'] } });
  const fetch = await rig.started('fetch');
  fetch.writes('zip=a\n');
  fetch.exits(0);
  (await rig.started('z')).exits(0);
  expect(describeRun(await rig.ended())).toEqual(['fetch:succeeded', 'pack:skipped(request)', 'left:skipped(request)', 'right:skipped(request)', 'push:skipped(request)', 'look:skipped(request)', 'z:succeeded']);
});

test('a partial run that fails has no verdict either', async () => {
  const rig = startRig(text, { select: { only: ['look'] } });
  (await rig.started('look')).exits(1);
  expect(describeEnd(await rig.ended())).toBe('failed null');
});
