import * as fc from 'fast-check';
import type { FakeReuse } from '../../../test/fakes/fake-reuse.js';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import { describeRun, startRig } from '../../../test/rig/run-rig.js';
import type { RunRig } from '../../../test/rig/run-rig.js';

/** What is executed and what is not, when results of other runs are there. */

/** Lets every step that starts do what it does, until the run ends; answers whose commands were executed, in their order. */
async function play(rig: RunRig, act: (step: string) => void = () => undefined): Promise<readonly string[]> {
  const executed: string[] = [];
  for (let running = await rig.running(); running.length > 0; running = await rig.running()) {
    const [step = ''] = running;
    const process = await rig.started(step);
    executed.push(step);
    act(step);
    process.exits(0);
  }
  await rig.ended();
  return executed;
}

const twoSteps = `
steps:
  - { id: build, command: make, inputs: [src/a], outputs: { all: out/all }, cache: true }
  - { id: test, command: 'check {{ build.outputs.all }}', inputs: [src/t], cache: true }
  - { id: say, command: 'echo {{ build.cached }} {{ build.exit_code }} {{ build.duration_seconds }}' }
`;

function writesOut(reuse: FakeReuse, text = 'built'): (step: string) => void {
  return (step) => {
    if (step === 'build') reuse.write('out/all', text);
  };
}

test('an unchanged step is not executed, its outputs are put back, and expressions see that it was cached', async () => {
  const reuse = createFakeReuse({ 'src/a': '1', 'src/t': 't' });
  expect(await play(startRig(twoSteps, { reuse }), writesOut(reuse))).toEqual(['build', 'test', 'say']);
  reuse.remove('out/all');
  const again = startRig(twoSteps, { reuse });
  expect((await again.started('say')).command.env).toMatchObject({});
  expect(Object.values(again.processes.all[0]?.command.env ?? {})).toEqual(expect.arrayContaining(['true', '0']));
  again.processes.all[0]?.exits(0);
  const state = await again.ended();
  expect(state.steps.get('build')?.cells[0]).toMatchObject({ source: 'cache', attempts: 0, durationMs: 0, result: { outputs: { all: 'out/all' } } });
  expect(reuse.workspace.get('out/all')).toMatchObject({ text: 'built' });
});

test('equal content upstream is a hit downstream, though upstream ran again', async () => {
  const reuse = createFakeReuse({ 'src/a': '1', 'src/t': 't' });
  await play(startRig(twoSteps, { reuse }), writesOut(reuse));
  reuse.write('src/a', '2');
  expect(await play(startRig(twoSteps, { reuse }), writesOut(reuse))).toEqual(['build', 'say']);
  reuse.write('src/a', '3');
  expect(await play(startRig(twoSteps, { reuse }), writesOut(reuse, 'other'))).toEqual(['build', 'test', 'say']);
});

test('who only waits for another takes nothing of it into the key, nor of what lies behind', async () => {
  const text = `
steps:
  - { id: first, command: x, inputs: [a], outputs: { o: o1 }, cache: true }
  - { id: second, command: x, outputs: { o: o2 }, cache: true, inputs: [b] }
  - { id: third, command: x, inputs: [c], cache: true, needs: [{ id: second, order_only: true }] }
`;
  const reuse = createFakeReuse({ a: '1', b: '1', c: '1' });
  const act = (step: string): void => {
    if (step === 'first') reuse.write('o1', String(reuse.workspace.size));
    if (step === 'second') reuse.write('o2', 'x');
  };
  await play(startRig(text, { reuse }), act);
  reuse.write('a', '2');
  reuse.write('zzz', 'one more file, so that first makes something else');
  expect(await play(startRig(text, { reuse }), act)).toEqual(['first', 'second']);
});

test('neither read nor written without a cache; only read when that is asked for', async () => {
  const reuse = createFakeReuse({ 'src/a': '1', 'src/t': 't' });
  expect(await play(startRig(twoSteps, { reuse, cache: { read: true, write: false } }), writesOut(reuse))).toEqual(['build', 'test', 'say']);
  expect(reuse.shelf.results.size).toBe(0);
  await play(startRig(twoSteps, { reuse }), writesOut(reuse));
  expect(await play(startRig(twoSteps, { reuse, cache: { read: false, write: false } }), writesOut(reuse))).toEqual(['build', 'test', 'say']);
  expect(await play(startRig(twoSteps, { reuse, cache: { read: true, write: false } }), writesOut(reuse))).toEqual(['say']);
});

test.each([
  ['it failed', 'steps: [{ id: a, command: x, inputs: [f], cache: true }]', (rig: RunRig) => rig.processes.all[0]?.exits(3)],
  ['its failure was tolerated', 'steps: [{ id: a, command: x, inputs: [f], cache: true, continue_on_error: true }]', (rig: RunRig) => rig.processes.all[0]?.exits(3)],
  ['it was ended', 'steps: [{ id: a, command: x, inputs: [f], cache: true }]', (rig: RunRig) => rig.processes.all[0]?.isKilledBy('SIGKILL')],
])('no result is kept when %s', async (_what, text, end) => {
  const reuse = createFakeReuse({ f: '1' });
  const rig = startRig(text, { reuse });
  await rig.started('a');
  end(rig);
  await rig.ended();
  expect(reuse.shelf.results.size).toBe(0);
});

const one = 'steps: [{ id: a, command: x, inputs: [f], outputs: { o: out }, cache: true }]';

test('a result whose input changed while it was made is not kept, and the input is named', async () => {
  const reuse = createFakeReuse({ f: '1' });
  const rig = startRig(one, { reuse });
  await play(rig, () => {
    reuse.write('f', '2');
    reuse.write('out', 'x');
  });
  expect(rig.going.state.steps.get('a')).toMatchObject({ status: 'succeeded', cells: [{ result: { warnings: [{ code: 'TG3401' }] } }] });
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]?.message).toContain('its input f changed');
  expect(reuse.shelf.results.size).toBe(0);
});

test('a step may write below its own outputs, though they lie among its inputs', async () => {
  const reuse = createFakeReuse({ 'src/f': '1' });
  const text = 'steps: [{ id: a, command: x, inputs: [src], outputs: { o: src/gen }, cache: true }]';
  const act = (): void => reuse.write('src/gen', 'made');
  expect(await play(startRig(text, { reuse }), act)).toEqual(['a']);
  expect(await play(startRig(text, { reuse }), act)).toEqual([]);
});

test.each([
  ['a file', (reuse: FakeReuse) => reuse.write('out', 'key=hunter2-hunter2')],
  ['a value', (reuse: FakeReuse) => reuse.write('out', 'x')],
])('a result that holds a secret in %s is not kept', async (what, make) => {
  const reuse = createFakeReuse({ f: '1' });
  const text = 'secrets: [PASS]\nsteps: [{ id: a, command: x, inputs: [f], outputs: { o: out, v: { written: true } }, cache: true }]';
  const rig = startRig(text, { reuse, secrets: { PASS: 'hunter2-hunter2' } });
  const process = await rig.started('a');
  make(reuse);
  process.writes(what === 'a value' ? 'v=hunter2-hunter2\n' : 'v=plain\n');
  process.exits(0);
  await rig.ended();
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]).toMatchObject({ code: 'TG3401' });
  expect(reuse.shelf.results.size).toBe(0);
  expect(JSON.stringify([...reuse.shelf.results, ...reuse.shelf.contents])).not.toContain('hunter2');
});

test('a store that cannot be written is a warning, and the step has succeeded', async () => {
  const reuse = createFakeReuse({ f: '1' });
  reuse.broken = 'ENOSPC';
  const rig = startRig(one, { reuse });
  await play(rig, () => reuse.write('out', 'x'));
  expect(rig.going.state).toMatchObject({ status: 'succeeded' });
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]).toMatchObject({ code: 'TG3405' });
});

test('a result that a disk refuses to take is a warning that names the disk, and the step runs', async () => {
  const reuse = createFakeReuse({ f: '1' });
  await play(startRig(one, { reuse }), () => reuse.write('out', 'x'));
  reuse.remove('out');
  reuse.broken = 'ENOSPC';
  const rig = startRig(one, { reuse });
  expect(await play(rig, () => reuse.write('out', 'x'))).toEqual(['a']);
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]).toMatchObject({ code: 'TG3405', message: expect.stringContaining('ENOSPC') as string });
});

test('of two steps with one key the second waits for the first and takes its result', async () => {
  const reuse = createFakeReuse({ f: '1' });
  const rig = startRig('steps: [{ id: a, command: x, inputs: [f], cache: true, needs: [] }, { id: b, command: x, inputs: [f], cache: true, needs: [] }]', { reuse });
  expect(await rig.running()).toEqual(['a']);
  (await rig.started('a')).exits(0);
  expect(describeRun(await rig.ended())).toEqual(['a:succeeded', 'b:succeeded']);
  expect(rig.going.state.steps.get('b')?.cells[0]).toMatchObject({ source: 'cache' });
});

test('when the first of two with one key fails, the second runs itself', async () => {
  const reuse = createFakeReuse({ f: '1' });
  const rig = startRig('steps: [{ id: a, command: x, inputs: [f], cache: true, needs: [] }, { id: b, command: x, inputs: [f], cache: true, needs: [] }]', { reuse });
  (await rig.started('a')).exits(1);
  (await rig.started('b')).exits(0);
  expect(describeRun(await rig.ended())).toEqual(['a:failed(TG3101)', 'b:succeeded']);
});

test('a result whose step left a process behind is withdrawn', async () => {
  const reuse = createFakeReuse({ f: '1' });
  const rig = startRig(one, { reuse });
  const process = await rig.started('a');
  reuse.write('out', 'x');
  rig.processes.left.push({ pid: 4711, mark: process.command.mark, command: 'serve' });
  process.exits(0);
  await rig.ended();
  expect([...reuse.shelf.results.values()]).toEqual(['withdrawn']);
});

test('a literal input that names no file counts as text, and is named', async () => {
  const reuse = createFakeReuse({});
  const rig = startRig('steps: [{ id: a, command: x, inputs: [no/such], cache: true }]', { reuse });
  await play(rig);
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]).toMatchObject({ code: 'TG3404' });
});

/** A chain of steps over files: what is executed is what a memo over contents would execute, and the files are the same. */
test('over random graphs and edits: executed is what no result was there for, and the files are as if nothing had been kept', async () => {
  const edits = fc.array(fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { maxLength: 3 }), { minLength: 1, maxLength: 4 });
  const graph = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 2 }), { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(graph, edits, async (needs, rounds) => {
      const ids = needs.map((_, index) => `s${index}`);
      const before = (index: number): readonly number[] => (needs[index] ?? []).filter((other) => other < index);
      const text = `steps:\n${ids.map((id, index) => `  - { id: ${id}, command: x, inputs: [in${index}], outputs: { o: out${index} }, cache: true, needs: [${before(index).map((other) => `s${other}`).join(', ')}] }`).join('\n')}`;
      const reuse = createFakeReuse(Object.fromEntries(ids.map((_, index) => [`in${index}`, '0'])));
      const readText = (path: string): string => {
        const file = reuse.workspace.get(path);
        return file?.kind === 'file' ? file.text : '';
      };
      // Parity, so that different inputs make equal outputs now and then.
      const make = (index: number): string => String([`in${index}`, ...before(index).map((other) => `out${other}`)].reduce((sum, path) => sum + Number(readText(path)), 0) % 2);
      const memo = new Set<string>();
      const closure = (index: number): readonly number[] => [...new Set(before(index).flatMap((other) => [other, ...closure(other)]))].sort();
      for (const round of [[], ...rounds]) {
        for (const [index, value] of round) if (index < ids.length) reuse.write(`in${index}`, String(value));
        const executed = await play(startRig(text, { reuse, maxParallel: 1 }), (step) => reuse.write(`out${step.slice(1)}`, make(Number(step.slice(1)))));
        // The same, by a memo over what each step may see.
        const wanted: string[] = [];
        const outs = new Map<number, string>();
        for (const index of ids.keys()) {
          const own = readText(`in${index}`);
          const seen = JSON.stringify([index, own, closure(index).map((other) => [other, outs.get(other)])]);
          if (!memo.has(seen)) wanted.push(`s${index}`);
          memo.add(seen);
          outs.set(index, String([own, ...before(index).map((other) => outs.get(other) ?? '')].reduce((sum, each) => sum + Number(each), 0) % 2));
        }
        expect([...executed].sort()).toEqual(wanted.sort());
        for (const [index, out] of outs) expect(readText(`out${index}`)).toBe(out);
      }
    }),
    { numRuns: 60, seed: 20261121 },
  );
});

test('a stored result that names what the step does not make is removed, and nothing of it is placed', async () => {
  const reuse = createFakeReuse({ f: '1' });
  await play(startRig(one, { reuse }), () => reuse.write('out', 'x'));
  const [[place, result] = ['', 'withdrawn']] = [...reuse.shelf.results] as [string, { readonly files: readonly object[] }][];
  const [file] = typeof result === 'string' ? [] : result.files;
  reuse.shelf.results.set(place, { ...(result as object), files: [{ ...file, path: 'Makefile' }] } as never);
  reuse.remove('out');
  const rig = startRig(one, { reuse });
  expect(await play(rig, () => reuse.write('out', 'x'))).toEqual(['a']);
  expect(reuse.workspace.has('Makefile')).toBe(false);
  expect(rig.going.state.steps.get('a')?.cells[0]?.result?.warnings[0]).toMatchObject({ code: 'TG3402' });
});
