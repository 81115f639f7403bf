import { describe, expect, test } from '@jest/globals';
import type { FakeReuse } from '../../../test/fakes/fake-reuse.js';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import type { RigOptions, RunRig } from '../../../test/rig/run-rig.js';
import { startRig } from '../../../test/rig/run-rig.js';
import type { RunState } from '../../core/run/run-state.js';
import type { InputTrace, InputTracer, TracedUses } from '../../ports/input-tracer.js';

type Uses = Partial<Omit<TracedUses, 'read'>> & { readonly read?: readonly string[] };

/** A tracer that saw what the test says, of the step whose command it is. */
function createFakeTracer(seen: Readonly<Record<string, Uses | Error>>): { readonly tracer: InputTracer; readonly watched: string[]; readonly told: string[] } {
  const watched: string[] = [];
  const told: string[] = [];
  const begin = (): InputTrace => {
    let script = '';
    return {
      watch: (command) => {
        script = command.args.at(-1) ?? '';
        watched.push(script);
        return { ...command, file: 'watched' };
      },
      read: () => {
        told.push(`read ${script}`);
        const uses = seen[script] ?? {};
        if (uses instanceof Error) return Promise.reject(uses);
        return Promise.resolve({ written: new Set<string>(), listed: [], absent: [], isWhole: true, ...uses, read: (uses.read ?? []).map((path) => ({ path })) });
      },
      discard: () => void told.push(`discard ${script}`),
    };
  };
  return { tracer: { begin, realPathsOf: (paths) => new Set(paths) }, watched, told };
}

const files = { a: '1', b: '2', 'src/x': 'x', 'src/y': 'y', 'src/z': 'z', 'out/o': 'o', mid: 'm' };

interface Played {
  readonly rig: RunRig;
  readonly reuse: FakeReuse;
  readonly watched: readonly string[];
  readonly told: readonly string[];
}

function begin(text: string, seen: Readonly<Record<string, Uses | Error>>, options: RigOptions = {}): Played {
  const { tracer, watched, told } = createFakeTracer(seen);
  const fake = createFakeReuse(files);
  const reuse: FakeReuse = { ...fake, ports: { ...fake.ports, tracer } };
  return { rig: startRig(text, { cache: { read: false, write: true }, maxParallel: 1, ...options, reuse }), reuse, watched, told };
}

async function play(text: string, seen: Readonly<Record<string, Uses | Error>>, options: RigOptions = {}): Promise<Played & { readonly said: Readonly<Record<string, readonly string[]>> }> {
  const played = begin(text, seen, options);
  for (let running = await played.rig.running(); running.length > 0; running = await played.rig.running()) {
    const step = await played.rig.started(running[0] ?? '');
    step.exits(step.script.startsWith('fail') ? 1 : 0);
  }
  return { ...played, said: saidOf(await played.rig.ended()) };
}

function saidOf(state: RunState): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...state.steps].map(([id, { cells }]) => [id, cells.flatMap(({ result }) => result?.warnings ?? []).flatMap(({ level, code, message, hints }) => [`${level ?? 'warning'} ${code} ${message}`, ...hints])]));
}

const nothing = 'info TG3414 it read nothing that it does not declare';

describe('what counts as declared', () => {
  test('inputs, own outputs and those of all that it needs, however far before', async () => {
    const { said } = await play(`steps:
  - { id: one, command: one, outputs: { o: { path: out }, m: { path: mid } } }
  - { id: two, command: two }
  - { id: three, command: three, inputs: [src, a], outputs: { b: { path: b } }, cache: true }`, { three: { read: ['src/x', 'a', 'b', 'out/o', 'mid', '.git/HEAD'] } });
    expect(said).toEqual({ one: [], two: [], three: [nothing] });
  });
  test('the rest is told, with the line to write', async () => {
    const { said } = await play('steps: [{ id: s, command: s, inputs: [a], cache: true }]', { s: { read: ['a', 'b', 'src/x'], listed: ['src'], absent: ['.npmrc'] } });
    expect(said['s']).toEqual(['warning TG3414 it read 2 files that it does not declare: b, src/x', 'Add to its inputs: b, src/x', 'It also listed src, and looked for .npmrc, not there']);
  });
  test('outputs of a step that is not needed are told with their maker', async () => {
    const { said } = await play('steps: [{ id: m, command: m, outputs: { o: { path: out } } }, { id: s, command: s, inputs: [a], needs: [], cache: true }]', { s: { read: ['out/o'] } });
    expect(said['s']).toEqual(['warning TG3414 it read 1 file that it does not declare: out/o', 'out/o is an output of m: add needs: [m]']);
  });
  test('what a needed step could have made and has not is none of its outputs, and it is needed already', async () => {
    const { said } = await play('steps: [{ id: m, command: m, outputs: { o: { path: gone, optional: true } } }, { id: s, command: s, inputs: [a], cache: true }]', { s: { read: ['gone'] } });
    expect(said['s']?.join()).toContain('it does not declare: gone');
    expect(said['s']?.join()).not.toContain('needs');
  });
  test('a need for the order alone brings nothing into the key', async () => {
    const { said } = await play('steps: [{ id: m, command: m, outputs: { o: { path: out } } }, { id: s, command: s, inputs: [a], needs: [{ id: m, order_only: true }], cache: true }]', { s: { read: ['out/o'] } });
    expect(said['s']?.[0]).toContain('out/o');
  });
  test('of a step without inputs it is the whole workspace, or what its key says', async () => {
    const seen = { s: { read: ['a', 'src/x'] } };
    expect((await play('steps: [{ id: s, command: s, cache: true }]', seen)).said['s']).toEqual([nothing]);
    expect((await play('steps: [{ id: s, command: s, cache: true, cache_key: k }]', seen)).said['s']).toEqual(['info TG3414 it read 2 files without inputs, so that its key has to cover a, src/x', 'See that its cache_key covers them, or declare inputs: [a, src/x]']);
  });
  test('files that only the cache keeps are its own', async () => {
    const { said } = await play('steps: [{ id: s, command: s, inputs: [a], cache: { outputs: [mid, "src/*"] } }]', { s: { read: ['mid', 'src/x'] } });
    expect(said['s']).toEqual([nothing]);
  });
});

test('cached steps are watched and executed, and their results are kept; others run as they are', async () => {
  const text = 'steps: [{ id: s, command: s, inputs: [a], cache: true }, { id: u, command: u, inputs: [a] }, { id: o, command: o, inputs: [a], use_cache: false }]';
  const { rig, watched, reuse } = begin(text, {});
  const first = await rig.started('s');
  expect(first.command.file).toBe('watched');
  first.exits(0);
  for (const id of ['u', 'o']) {
    const other = await rig.started(id);
    expect(other.command.file).toBe('bash');
    other.exits(0);
  }
  await rig.ended();
  expect(watched).toEqual(['s']);
  expect(reuse.shelf.results.size).toBe(1);
});

test('each cell, and each attempt, tells for itself', async () => {
  const text = 'steps: [{ id: s, command: "s{{ matrix.n }}", matrix: { n: [1, 2] }, inputs: [a], cache: true }]';
  const { said, watched } = await play(text, {});
  expect([said['s'], watched.length]).toEqual([[nothing, nothing], 2]);
});

test('a step that fails tells what it read', async () => {
  const { said } = await play('steps: [{ id: s, command: fail, inputs: [a], cache: true }]', { fail: { read: ['b'] } });
  expect(said['s']?.[0]).toBe('warning TG3414 it read 1 file that it does not declare: b');
});

test('one that is stopped does not: its trace is let go', async () => {
  const { rig, told } = begin('steps: [{ id: s, command: s, inputs: [a], cache: true }]', {});
  await rig.started('s');
  rig.going.stop('SIGINT');
  await rig.ended();
  expect(told).toEqual(['discard s']);
});

test('a trace that cannot be read fails no step', async () => {
  const { said, told } = await play('steps: [{ id: s, command: s, inputs: [a], cache: true }]', { s: new Error('disk on fire') });
  expect([said['s'], told]).toEqual([['warning TG3414 what it read cannot be told: disk on fire'], ['read s', 'discard s']]);
});

test('no secret is told by the name of a file', async () => {
  const { said } = await play('secrets: [PASS]\nsteps: [{ id: s, command: s, inputs: [a], cache: true, secrets: [PASS] }]', { s: { read: ['key-of-hunter2hunter2'] } }, { secrets: { PASS: 'hunter2hunter2' } });
  expect(JSON.stringify(said)).not.toContain('hunter2');
  expect(said['s']?.[0]).toContain('key-of-***');
});
