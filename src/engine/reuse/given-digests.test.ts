import type { FakeReuse } from '../../../test/fakes/fake-reuse.js';
import { createFakeReuse } from '../../../test/fakes/fake-reuse.js';
import type { RigOptions } from '../../../test/rig/run-rig.js';
import { startRig } from '../../../test/rig/run-rig.js';

const text = `
steps:
  - { id: build, command: make, outputs: { all: out/all, version: { regex: "v(.*)" } }, cache: true, inputs: [{ value: x }] }
  - { id: use, command: 'use {{ build.outputs.all }}', cache: true, inputs: [{ value: y }] }
`;

async function execute(reuse: FakeReuse, values: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const set = Object.entries(values).map(([name, value]) => ({ name, value, origin: { kind: 'default' as const } }));
  const select: NonNullable<RigOptions['select']> = { skip: ['build'], set };
  const rig = startRig(text, { reuse, select });
  const executed = await rig.running();
  for (const step of executed) (await rig.started(step)).exits(0);
  await rig.ended();
  return executed;
}

test('a result that was made from a given file is not used for another content of it', async () => {
  const reuse = createFakeReuse({ 'mine/all': 'one' });
  const given = { 'build.outputs.all': 'mine/all' };
  expect(await execute(reuse, given)).toEqual(['use']);
  expect(await execute(reuse, given)).toEqual([]);
  reuse.write('mine/all', 'two');
  expect(await execute(reuse, given)).toEqual(['use']);
  reuse.write('mine/all', 'one');
  expect(await execute(reuse, given)).toEqual([]);
});

test('a given value counts, though nothing names it', async () => {
  const reuse = createFakeReuse({ 'mine/all': 'one' });
  expect(await execute(reuse, { 'build.outputs.all': 'mine/all', 'build.outputs.version': '1' })).toEqual(['use']);
  expect(await execute(reuse, { 'build.outputs.all': 'mine/all', 'build.outputs.version': '2' })).toEqual(['use']);
});
