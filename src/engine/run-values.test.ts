import { describeEnd, describeRun, startRig } from '../../test/rig/run-rig.js';

/** What steps are given, and what they leave. */

async function outputOf(form: string, parts: { readonly says?: string; readonly writes?: string; readonly files?: Record<string, string> } = {}) {
  const rig = startRig(`steps: [{ id: a, command: x, outputs: { o: ${form} } }]\noutputs: { o: { value: "{{ a.outputs.o }}" } }`, { files: parts.files ?? {} });
  const step = await rig.started('a');
  if (parts.says !== undefined) step.says(parts.says);
  if (parts.writes !== undefined) step.writes(parts.writes);
  step.exits(0);
  const state = await rig.ended();
  return state.status === 'succeeded' ? state.outputs['o'] : (state.steps.get('a')?.failure?.message ?? 'no message');
}

const files = { 'out/a.txt': 'a', 'out/b.txt': 'b', 'r.json': '{"a":{"b":null,"l":[1,{"~/":2}]},"f":false}', 'bad.json': '{' };

test.each<[string, unknown, Parameters<typeof outputOf>[1]?]>([
  ['out/a.txt', 'out/a.txt'],
  ['out', 'out'],
  ['out/*.txt', ['out/a.txt', 'out/b.txt']],
  ['out/none.txt', "output 'o': out/none.txt was not made"],
  ['out/*.none', "output 'o': nothing matches out/*.none"],
  ["\"{{ format('..{0}', '/x') }}\"", "output 'o': ../x lies outside the workspace"],
  ['{ path: out/none.txt, optional: true }', null],
  ['{ path: "out/*.none", optional: true }', []],
  ['{ value: "{{ add(1, 2) }}" }', 3],
  ['{ value: plain }', 'plain'],
  ['{ json: r.json, pointer: /a/b }', null],
  ['{ json: r.json, pointer: /a/l/0 }', 1],
  ['{ json: r.json, pointer: "/a/l/1/~0~1" }', 2],
  ['{ json: r.json, pointer: /f }', false],
  ['{ json: r.json, pointer: /a/none }', "output 'o': r.json has nothing at /a/none"],
  ['{ json: bad.json }', "output 'o': bad.json is no JSON"],
  ['{ json: none.json }', "output 'o': none.json was not made"],
  ['{ regex: "total \\\\d+" }', 'total 12', { says: 'x\ntotal 12 ok\n' }],
  ['{ regex: "^total (\\\\d+)" }', '12', { says: 'x\ntotal 12 ok\n' }],
  ['{ regex: none }', "output 'o': /none/ is not in its stdout", { says: 'x\n' }],
  ['{ written: true }', 'a=b', { writes: 'o=a=b\n' }],
  ['{ written: true }', 'last', { writes: 'o=first\no=last\n' }],
  ['{ written: true }', 'two\nlines', { writes: 'x=1\r\no<<EOF\r\ntwo\r\nlines\r\nEOF\r\ny=2' }],
  ['{ written: true }', '', { writes: 'o<<END\nEND\n' }],
  ['{ written: true }', 'x<<y', { writes: 'o=x<<y\n' }],
  ['{ written: true }', "output 'o': nothing was written for it to $TOLLGATE_OUTPUT", { writes: 'other=1\n' }],
  ['{ written: true }', 'line 2 of what it wrote to $TOLLGATE_OUTPUT is neither name=value nor name<<END: o<<END', { writes: 'x=1\no<<END\ntwo\n' }],
  ['{ written: true }', 'line 1 of what it wrote to $TOLLGATE_OUTPUT is neither name=value nor name<<END: words', { writes: 'words\n' }],
])('output %s gives %j', async (form, expected, parts = {}) => {
  expect(await outputOf(form, { files, ...parts })).toEqual(expected);
});

test('a step that is skipped or failed has null outputs, and a command that needs one does not start', async () => {
  const rig = startRig('steps: [{ id: a, command: x, when: "1 == 2", outputs: { o: { regex: x } } }, { id: b, command: "echo {{ a.outputs.o }}", retry: { attempts: 3 } }]\nfinally: [{ id: z, command: x }]');
  (await rig.started('z')).exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:skipped(when)', expect.stringMatching(/^b:failed\(TG(?:2119|3107)\)$/u), 'z:succeeded']);
  expect(state.steps.get('b')?.cells[0]?.attempts).toBe(1);
});

test('null in env fails the step before it starts, and default() is the way out', async () => {
  const rig = startRig(`steps: [{ id: a, command: x, when: "1 == 2", outputs: { o: { regex: x } } }, { id: b, command: x, env: { V: "{{ a.outputs.o }}" } }, { id: c, command: x, needs: [a], env: { V: "{{ default(a.outputs.o, 'way out') }}" } }]`);
  const c = await rig.started('c');
  expect(c.command.env['V']).toBe('way out');
  c.exits(0);
  const state = await rig.ended();
  expect(describeRun(state)).toEqual(['a:skipped(when)', 'b:failed(TG3107)', 'c:succeeded']);
});

test('cost and tokens are read from what it wrote, over all attempts', async () => {
  const rig = startRig('steps: [{ id: a, command: x, retry: { attempts: 2, delay: 1s } }]');
  const first = await rig.started('a');
  first.writes('cost_usd=0.5\ntokens=10\n');
  first.exits(1);
  await rig.pass(1_000);
  const second = await rig.started('a');
  second.writes('cost_usd=0.25\ntokens=-3\n');
  second.exits(0);
  expect((await rig.ended()).steps.get('a')?.cells[0]).toMatchObject({ costUsd: 0.75, tokens: 10 });
});

test('env: the workflow, the phase, the group, the step; each sees what is around it', async () => {
  const rig = startRig(`
env: { A: workflow, B: workflow, PATHS: "{{ env.PATHS }}:w" }
phases:
  - id: p
    env: { B: phase, C: phase, PATHS: "{{ env.PATHS }}:p" }
    steps:
      - parallel: [{ id: a, command: x, env: { D: step, PATHS: "{{ env.PATHS }}:s" } }]
        env: { C: group, D: group, PATHS: "{{ env.PATHS }}:g" }
      - { id: b, command: "echo {{ env.PATHS }} {{ env('OUTSIDE', 'none') }}" }
`, { env: { PATHS: 'o', OUTSIDE: 'seen', PATH: '/bin' } });
  const first = await rig.started('a');
  expect(first.command.env).toMatchObject({ A: 'workflow', B: 'phase', C: 'group', D: 'step', PATHS: 'o:w:p:g:s', PATH: '/bin', TOLLGATE_WORKSPACE: '/workspace' });
  expect(first.command.env['OUTSIDE']).toBeUndefined();
  first.exits(0);
  const second = await rig.started('b');
  expect(Object.values(second.command.env)).toEqual(expect.arrayContaining(['o:w:p', 'seen']));
});

test('what is around is withheld unless it is passed; runner tokens never pass', async () => {
  const env = { HOME: '/h', LC_ALL: 'C', MINE: '1', MY_1: '1', MY_2: '2', GITHUB_SHA: 'abc', GITHUB_TOKEN: 't', GITHUB_OUTPUT: '/runner', ACTIONS_RUNTIME_TOKEN: 't', TOLLGATE_X: '1' };
  const rig = startRig('pass_env: ["MY_*"]\nsteps: [{ id: a, command: x }, { id: b, command: x, pass_env: ["*"] }]', { env });
  const first = await rig.started('a');
  expect(Object.keys(first.command.env).sort()).toEqual(['GITHUB_OUTPUT', 'GITHUB_SHA', 'GITHUB_STEP_SUMMARY', 'HOME', 'LC_ALL', 'MY_1', 'MY_2', 'TOLLGATE_OUTPUT', 'TOLLGATE_SUMMARY', 'TOLLGATE_WORKSPACE']);
  expect(first.command.env['GITHUB_OUTPUT']).toBe(first.command.env['TOLLGATE_OUTPUT']);
  first.exits(0);
  const second = await rig.started('b');
  expect(second.command.env['MINE']).toBe('1');
  expect(second.command.env['ACTIONS_RUNTIME_TOKEN'] ?? second.command.env['GITHUB_TOKEN']).toBeUndefined();
});

test('a phase passes variables to its steps alone', async () => {
  const rig = startRig('phases: [{ id: one, pass_env: [MINE], steps: [{ id: a, command: x }] }, { id: two, steps: [{ id: b, command: x }] }]', { env: { MINE: '1' } });
  const first = await rig.started('a');
  expect(first.command.env['MINE']).toBe('1');
  first.exits(0);
  expect((await rig.started('b')).command.env['MINE']).toBeUndefined();
});

test('secrets are given where they are listed, by phase or step, or by an expression, and are masked everywhere', async () => {
  const rig = startRig(`
secrets: [NPM_TOKEN]
phases:
  - { id: one, steps: [{ id: a, command: x }, { id: b, command: x, secrets: [NPM_TOKEN] }, { id: c, command: "echo {{ secrets.NPM_TOKEN }}", outputs: { o: { regex: "(.+)" } } }] }
  - { id: two, secrets: [NPM_TOKEN], steps: [{ id: d, command: x }] }
`, { secrets: { NPM_TOKEN: 'hunter2-hunter2' }, env: { NPM_TOKEN: 'hunter2-hunter2' } });
  for (const [id, given] of [['a', false], ['b', true]] as const) {
    const step = await rig.started(id);
    expect(step.command.env['NPM_TOKEN'] === 'hunter2-hunter2').toBe(given);
    step.exits(0);
  }
  const third = await rig.started('c');
  expect(third.command.env['NPM_TOKEN']).toBeUndefined();
  expect(Object.values(third.command.env)).toContain('hunter2-hunter2');
  expect(third.script).not.toContain('hunter2');
  third.says('it is hunter2-');
  third.says('hunter2!\n');
  third.exits(0);
  const fourth = await rig.started('d');
  expect(fourth.command.env['NPM_TOKEN']).toBe('hunter2-hunter2');
  fourth.says('hunter2-hunter2 in an error\n', 'stderr');
  fourth.exits(1);
  const state = await rig.ended();
  expect(JSON.stringify([state, [...state.steps], rig.store.events, rig.told, rig.store.log('c'), rig.store.log('d')])).not.toContain('hunter2');
  expect(state.steps.get('c')?.cells[0]?.result?.outputs['o']).toMatch(/^it is \S+!$/u);
});

test('a variable that was withheld is named after a failure that speaks of it', async () => {
  const rig = startRig('steps: [{ id: a, command: x }]', { env: { DEPLOY_KEY: 'k' } });
  const first = await rig.started('a');
  first.says('DEPLOY_KEY: unbound variable\n', 'stderr');
  first.exits(1);
  expect((await rig.ended()).steps.get('a')?.failure?.hints).toEqual(['DEPLOY_KEY is set around Tollgate and withheld from the step: declare secrets: [DEPLOY_KEY]']);
});

test('commands: bash or sh with their flags, in their folder', async () => {
  const rig = startRig('defaults: { shell: sh, working_directory: web }\nsteps: [{ id: a, command: x }, { id: b, command: x, shell: bash, working_directory: "{{ inputs.d }}" }]\ninputs: { d: { type: string } }', { inputs: { d: '/abs' } });
  const first = await rig.started('a');
  expect(first.command).toMatchObject({ file: 'sh', args: ['-e', '-c', 'x'], folder: '/workspace/web', mark: 'run/a/0/1' });
  first.exits(0);
  expect((await rig.started('b')).command).toMatchObject({ file: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', 'x'], folder: '/abs' });
});

test('the log of a step holds every attempt, both streams, in the order in which they came', async () => {
  const rig = startRig('steps: [{ id: a, command: x, retry: { attempts: 2, delay: 1s } }]');
  const first = await rig.started('a');
  first.says('one\n');
  first.says('two\n', 'stderr');
  first.exits(1);
  await rig.pass(1_000);
  const second = await rig.started('a');
  second.says('three');
  second.exits(0);
  const state = await rig.ended();
  expect(rig.store.log('a')).toBe('one\ntwo\nthree');
  expect(rig.store.isClosed('a')).toBe(true);
  expect(state.steps.get('a')?.cells[0]?.result?.stdout).toBe('three');
});

test('outputs of the run: what has no value is null', async () => {
  const rig = startRig('steps: [{ id: a, command: x, outputs: { o: { written: true } } }]\noutputs: { a: { value: "{{ a.outputs.o }}" }, b: { type: string }, c: { value: "{{ a.outcome }}" } }');
  const first = await rig.started('a');
  first.exits(1);
  const state = await rig.ended();
  expect(state.outputs).toEqual({ a: null, b: null, c: 'failed' });
  expect(describeEnd(state)).toBe('failed no-go');
});
