import type { FakeArtifacts } from '../../../test/fakes/fake-artifact-store.js';
import { createFakeArtifactStore } from '../../../test/fakes/fake-artifact-store.js';
import type { FakeReuse } from '../../../test/fakes/fake-reuse.js';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import type { RigOptions, RunRig } from '../../../test/rig/run-rig.js';
import { describeRun, startRig } from '../../../test/rig/run-rig.js';
import type { Artifact } from '../../core/artifact/artifact.js';
import { collectEarlier } from '../../core/run/resume/earlier-run.js';
import type { ArtifactStore } from '../../ports/artifact-store.js';

/** What is kept with a run, when, and what becomes of a step whose artifact cannot be. */

interface Scene {
  readonly reuse: FakeReuse;
  readonly kept: NonNullable<FakeArtifacts['kept']>;
  readonly store: ArtifactStore;
  /** Why nothing can be kept; settable. */
  broken: string | undefined;
  readonly artifacts: () => readonly Artifact[];
}

function createScene(files: Readonly<Record<string, string>> = {}): Scene {
  const reuse = createFakeReuse(files);
  const kept: Scene['kept'] = new Map();
  const store = createFakeArtifactStore({ workspace: reuse.workspace, kept, isBroken: () => scene.broken });
  const scene: Scene = { reuse, kept, store, broken: undefined, artifacts: () => [...kept.values()].map(({ artifact }) => artifact) };
  return scene;
}

/** Lets every step do what it does; answers what was executed. */
async function play(rig: RunRig, act: (step: string) => void = () => undefined, exit: (step: string) => number = () => 0): Promise<readonly string[]> {
  const executed: string[] = [];
  for (let running = await rig.running(); running.length > 0; running = await rig.running()) {
    const [step = ''] = running;
    const process = await rig.started(step);
    executed.push(step);
    act(step);
    process.exits(exit(step));
  }
  await rig.ended();
  return executed;
}

const start = (text: string, { reuse, store }: Scene, options: RigOptions = {}): RunRig => startRig(text, { reuse, artifacts: store, ...options });

function resultOf(rig: RunRig, step: string, cell = 0) {
  return rig.going.state.steps.get(step)?.cells[cell]?.result;
}

const messagesOf = (rig: RunRig, step: string): readonly string[] => (resultOf(rig, step)?.warnings ?? []).map(({ code, message }) => `${code} ${message}`);

test('true keeps what the outputs name, under the id of the step, before the end of the step is written down', async () => {
  const scene = createScene();
  const early: boolean[] = [];
  const watched: ArtifactStore = { ...scene.store, keep: async (artifact, from) => {
    early.push(!rig.store.events.some(({ kind }) => kind === 'attempt-ended'));
    return await scene.store.keep(artifact, from);
  } };
  const rig = start('steps: [{ id: build, command: x, outputs: { app: out/app, note: { value: 1 }, map: { path: out/map, optional: true } }, artifacts: true }]', scene, { artifacts: watched });
  await play(rig, () => scene.reuse.write('out/app', 'built'));
  expect(early).toEqual([true]);
  expect(scene.artifacts()).toMatchObject([{ workflow: 'w', name: 'build', run: 'run', step: 'build', cell: '', tags: [], retentionDays: null, files: [{ path: 'out/app' }] }]);
  expect(resultOf(rig, 'build')).toMatchObject({ outcome: 'succeeded', warnings: [], artifacts: [{ name: 'build', version: scene.artifacts()[0]?.version, files: 1, size: 5 }] });
});

test('name, paths, tags and days are as the step says, with the values of its expressions', async () => {
  const scene = createScene({ 'out/a.xml': 'a', 'out/b.xml': 'b', 'out/c.txt': 'c', log: 'l' });
  const text = `
inputs: { branch: { type: string }, days: { type: number } }
steps:
  - id: test
    command: x
    artifacts: { name: 'report {{ inputs.branch }}', paths: ['out/*.xml', '!out/b.xml', log], retention_days: '{{ inputs.days }}', tags: ['{{ inputs.branch }}', nightly, latest-go, ''] }
`;
  await play(start(text, scene, { inputs: { branch: 'feature/x', days: 7 } }));
  expect(scene.artifacts()).toMatchObject([{ name: 'report feature-x', tags: ['feature/x', 'nightly'], retentionDays: 7 }]);
  expect(scene.artifacts()[0]?.files.map(({ path }) => path)).toEqual(['log', 'out/a.xml']);
});

test('what is switched off keeps nothing', async () => {
  const scene = createScene({ f: '1' });
  await play(start('steps: [{ id: a, command: x, outputs: { o: f }, artifacts: false }]', scene));
  expect(scene.kept.size).toBe(0);
});

test('a step that failed keeps nothing', async () => {
  const scene = createScene({ f: '1' });
  await play(start('steps: [{ id: a, command: x, outputs: { o: f }, artifacts: true }]', scene), undefined, () => 1);
  expect(scene.kept.size).toBe(0);
});

test.each([
  ['[missing]', "artifact 'a': missing was not made"],
  ['[f, "out/*"]', "artifact 'a': nothing matches out/*"],
])('a path that was not made fails the step, and its result is not kept: %s', async (paths, message) => {
  const scene = createScene({ f: '1' });
  const rig = start(`steps: [{ id: a, command: x, inputs: [f], cache: true, retry: { attempts: 2 }, artifacts: { paths: ${paths} } }]`, scene);
  await rig.settle();
  (await rig.started('a')).exits(0);
  await rig.pass(60_000);
  (await rig.started('a')).exits(0);
  await rig.ended();
  expect([describeRun(rig.going.state), resultOf(rig, 'a')?.failure]).toMatchObject([['a:failed(TG3501)'], { kind: 'output', message }]);
  expect([scene.kept.size, scene.reuse.shelf.results.size]).toEqual([0, 0]);
});

test('with nothing to keep there is a warning, unless all of it is optional', async () => {
  const scene = createScene();
  const rig = start('steps: [{ id: a, command: x, artifacts: true }, { id: b, command: x, outputs: { o: { path: f, optional: true } }, artifacts: true }]', scene);
  await play(rig);
  expect([messagesOf(rig, 'a'), messagesOf(rig, 'b')]).toEqual([["TG3502 the artifact 'a' is not kept: the step declares no outputs that are files"], []]);
  expect(describeRun(rig.going.state)).toEqual(['a:succeeded', 'b:succeeded']);
});

test.each([
  ['', "TG3502 the artifact 'a' is not kept: key holds a secret"],
  ['cache: true, inputs: [f],', "TG3502 neither the result nor the artifact 'a' is kept: key holds a secret"],
])('a secret is never kept, the step succeeds, and one warning says so: %s', async (cache, message) => {
  const scene = createScene({ f: '1', key: 'x-hunter2hunter2-x' });
  const rig = start(`secrets: [S]\nsteps:\n  - { id: a, command: x, ${cache} outputs: { key: key }, artifacts: true }`, scene, { secrets: { S: 'hunter2hunter2' } });
  await play(rig);
  expect([describeRun(rig.going.state), messagesOf(rig, 'a')]).toEqual([['a:succeeded'], [message]]);
  expect([scene.kept.size, scene.reuse.shelf.results.size]).toEqual([0, 0]);
});

test.each([
  ['name: "n-{{ secrets.S }}", paths: [f]'],
  ['tags: [a, "{{ secrets.S }}"], paths: [f]'],
])('a secret in a name is never kept nor shown, though it would have been made to fit: %s', async (fields) => {
  const scene = createScene({ f: '1' });
  const rig = start(`secrets: [S]\nsteps:\n  - { id: a, command: x, artifacts: { ${fields} } }`, scene, { secrets: { S: 'hunter2 / hunter2' } });
  await play(rig);
  expect([describeRun(rig.going.state), messagesOf(rig, 'a'), scene.kept.size]).toEqual([['a:succeeded'], ["TG3502 the artifact 'a' is not kept: its name or a tag holds a secret"], 0]);
});

test('a secret in a path that was not made is not shown', async () => {
  const scene = createScene();
  const rig = start('secrets: [S]\nsteps:\n  - { id: a, command: x, artifacts: { name: "n {{ secrets.S }}", paths: ["{{ secrets.S }}"] } }', scene, { secrets: { S: 'hunter2/hunter2' } });
  await play(rig);
  expect(resultOf(rig, 'a')?.failure?.message).toBe("artifact 'n ***': *** was not made");
});

test('a store that cannot be written is a warning, and so is one that is broken', async () => {
  const scene = createScene({ f: '1' });
  scene.broken = 'no space is left';
  const text = 'steps: [{ id: a, command: x, outputs: { o: f }, artifacts: true }]';
  const rig = start(text, scene);
  await play(rig);
  const worse = start(text, scene, { artifacts: { ...scene.store, keep: () => Promise.reject(new Error('bang')) } });
  await play(worse);
  expect([rig, worse].map((each) => [describeRun(each.going.state), messagesOf(each, 'a')])).toEqual([
    [['a:succeeded'], ["TG3502 the artifact 'a' is not kept: no space is left"]],
    [['a:succeeded'], ["TG3502 the artifact 'a' is not kept: bang"]],
  ]);
});

const cached = 'steps: [{ id: build, command: x, inputs: [src], outputs: { app: out/app }, cache: true, artifacts: { paths: [out/app, out/log] } }]';

test('a result that is used again has its artifact in the new run too, and brings back what that holds', async () => {
  const scene = createScene({ src: '1' });
  expect(await play(start(cached, scene), () => {
    scene.reuse.write('out/app', 'built');
    scene.reuse.write('out/log', 'said');
  })).toEqual(['build']);
  const [first] = scene.artifacts();
  scene.kept.clear();
  scene.reuse.remove('out/app');
  scene.reuse.remove('out/log');
  const again = start(cached, scene);
  expect(await play(again)).toEqual([]);
  expect(scene.artifacts()).toEqual([first]);
  expect(resultOf(again, 'build')).toMatchObject({ warnings: [], artifacts: [{ name: 'build', version: first?.version, files: 2, size: 9 }] });
});

test('what is only put beside what was made counts as the input that it is, and no older one comes back over it', async () => {
  const scene = createScene({ src: '1', readme: 'old', 'out/app': 'a' });
  scene.reuse.workspace.set('out', { kind: 'folder' });
  const text = 'steps: [{ id: a, command: x, inputs: [src], cache: true, artifacts: { paths: [src, readme, out] } }]';
  expect(await play(start(text, scene))).toEqual(['a']);
  expect(await play(start(text, scene))).toEqual([]);
  scene.reuse.write('src', '2');
  expect(await play(start(text, scene))).toEqual(['a']);
  scene.reuse.write('src', '1');
  expect([await play(start(text, scene)), scene.reuse.workspace.get('src')]).toMatchObject([[], { text: '1' }]);
  scene.reuse.write('readme', 'new');
  const edited = start(text, scene);
  expect([await play(edited), messagesOf(edited, 'a'), scene.reuse.workspace.get('readme')]).toMatchObject([['a'], [], { text: 'new' }]);
  expect(scene.artifacts()[0]?.files.map((file) => file.path)).toEqual(['out/app', 'readme', 'src']);
  scene.reuse.remove('out/app');
  expect([await play(start(text, scene)), scene.reuse.workspace.get('out/app')]).toMatchObject([[], { text: 'a' }]);
});

test('where all files count as inputs, what was made for the artifact is none of them', async () => {
  const scene = createScene({ src: '1' });
  const text = 'steps: [{ id: a, command: x, cache: true, artifacts: { paths: [report] } }]';
  const first = start(text, scene);
  expect([await play(first, () => scene.reuse.write('report', 'r')), messagesOf(first, 'a'), scene.reuse.shelf.results.size]).toEqual([['a'], [], 1]);
  scene.reuse.remove('report');
  expect([await play(start(text, scene)), scene.reuse.workspace.get('report')]).toMatchObject([[], { text: 'r' }]);
  const second = start(text.replace('report', 'src'), scene);
  await play(second, () => scene.reuse.write('src', '2'));
  expect(messagesOf(second, 'a')).toEqual([expect.stringContaining('TG3401 the result is not kept: its input src changed while it ran')]);
});

test('who names other paths has another key; another name, tag or time has not', async () => {
  const scene = createScene({ src: '1', 'out/app': 'a', 'out/log': 'l' });
  await play(start(cached, scene));
  expect(await play(start(cached.replace('[out/app, out/log]', '[out/app, out/log], name: other, tags: [t], retention_days: 3'), scene))).toEqual([]);
  expect(scene.artifacts().map(({ name }) => name)).toEqual(['build', 'other']);
  expect(await play(start(cached.replace('[out/app, out/log]', '[out/app]'), scene))).toEqual(['build']);
});

test('a run that goes on keeps what was kept, and keeps again what is gone', async () => {
  const scene = createScene({ f: '1' });
  const text = 'steps: [{ id: a, command: x, outputs: { o: f }, artifacts: true }, { id: b, command: x }]';
  const first = start(text, scene);
  await play(first, undefined, (step) => (step === 'b' ? 1 : 0));
  const earlier = collectEarlier(first.store.events);
  let count = 0;
  const counting: ArtifactStore = { ...scene.store, keep: async (artifact, from) => {
    count += 1;
    return await scene.store.keep(artifact, from);
  } };
  const goOn = async (): Promise<RunRig> => {
    const rig = start(text, scene, { artifacts: counting, ...(earlier === undefined ? {} : { earlier }) });
    expect(await play(rig)).toEqual(['b']);
    return rig;
  };
  expect(resultOf(await goOn(), 'a')?.artifacts).toHaveLength(1);
  expect(count).toBe(0);
  scene.kept.clear();
  expect(resultOf(await goOn(), 'a')?.artifacts).toHaveLength(1);
  expect([count, scene.kept.size]).toEqual([1, 1]);
});

test('of what happens once and is gone since, a warning says so', async () => {
  const scene = createScene({ f: '1' });
  const text = 'steps: [{ id: a, command: x, effects: once, outputs: { o: f }, artifacts: true }, { id: b, command: x }]';
  const first = start(text, scene);
  await play(first, undefined, (step) => (step === 'b' ? 1 : 0));
  scene.kept.clear();
  scene.reuse.remove('f');
  const earlier = collectEarlier(first.store.events);
  const rig = start(text, scene, earlier === undefined ? {} : { earlier });
  expect(await play(rig)).toEqual(['b']);
  expect([messagesOf(rig, 'a'), resultOf(rig, 'a')?.artifacts]).toEqual([["TG3502 the artifact 'a' is not kept: f is not there"], []]);
});

test('each cell has an artifact of its own: its values are in the name, unless the name has them already', async () => {
  const scene = createScene({ 'r-20': '1', 'r-2/4': '2' });
  const text = (name: string): string => `steps: [{ id: test, matrix: { node: [20, '2/4'] }, command: x, outputs: { r: 'r-{{ matrix.node }}' }, artifacts: { ${name} paths: ['r-{{ matrix.node }}'] } }]`;
  await play(start(text(''), scene));
  await play(start(text("name: 'on node {{ matrix.node }}',"), scene));
  expect(scene.artifacts().map(({ name, cell }) => [name, cell])).toEqual([['test-20', 'node=20'], ['test-2-4', 'node=2/4'], ['on node 20', 'node=20'], ['on node 2-4', 'node=2/4']]);
});

test('two steps that keep under one name are told apart: the second is a warning', async () => {
  const scene = createScene({ f: '1' });
  const rig = start('steps: [{ id: a, command: x, artifacts: { name: n, paths: [f] } }, { id: b, command: x, artifacts: { name: N, paths: [f] } }]', scene);
  await play(rig);
  expect(messagesOf(rig, 'b')).toEqual(["TG3502 the artifact 'N' is not kept: step a keeps an artifact of this name already"]);
  expect(scene.artifacts().map(({ step }) => step)).toEqual(['a']);
});
