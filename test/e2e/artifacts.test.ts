import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canaryForms, findCanary } from '../rig/canary-forms.js';
import { runAction } from './action.js';
import { scratchFolder, tollgate } from './tollgate.js';

const measure = `name: measure
defaults: { shell: sh }
inputs: { text: { type: string, default: one } }
steps:
  - id: cover
    command: mkdir -p out && echo {{ inputs.text }} > out/coverage.txt && echo '#!/bin/sh' > out/tool && chmod +x out/tool
    outputs: { report: out/coverage.txt }
    artifacts: { name: coverage, paths: [out], tags: [nightly] }
  - { id: judge, type: assert, condition: "inputs.text != 'bad'", message: bad }
`;

const use = `name: use
defaults: { shell: sh }
inputs: { report: { type: artifact, from: measure/coverage } }
outputs: { read: { value: "{{ read_file(format('{0}/out/coverage.txt', inputs.report)) }}" } }
steps:
  - id: show
    command: cat {{ inputs.report }}/out/coverage.txt; test -x {{ inputs.report }}/out/tool; echo done >> times
    inputs: ["{{ inputs.report }}"]
    cache: true
  - { id: last, command: test ! -e stop }
`;

interface RunJson {
  readonly run_id: string | null;
  readonly status: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly steps: readonly { readonly id: string; readonly cached: boolean; readonly artifacts: readonly { readonly name: string; readonly ref: string; readonly version: string; readonly path: string }[] }[];
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

function createPlace(): { readonly path: string; readonly call: (...args: readonly string[]) => ReturnType<typeof tollgate>; readonly run: (...args: readonly string[]) => RunJson; readonly [Symbol.dispose]: () => void } {
  const folder = scratchFolder({ 'measure.yml': measure, 'use.yml': use });
  const call = (...args: readonly string[]) => tollgate(args, { folder: folder.path });
  return { path: folder.path, call, run: (...args) => JSON.parse(call('run', ...args, '--json').out) as RunJson, [Symbol.dispose]: folder[Symbol.dispose] };
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('a second workflow takes up what the first has kept: the latest of a run with verdict GO, counted by what it holds', () => {
  using place = createPlace();
  const refused = place.call('run', 'use.yml');
  expect([refused.code, refused.err.includes("input 'report': workflow 'measure' has kept no artifact (TG3503)"), refused.err.includes('artifacts ls'), existsSync(join(place.path, '.tollgate/runs'))]).toEqual([2, true, true, false]);

  const first = place.run('measure.yml');
  const [kept] = first.steps[0]?.artifacts ?? [];
  expect(kept).toMatchObject({ name: 'coverage', ref: `measure/coverage@${first.run_id ?? ''}` });
  expect(readFileSync(join(place.path, kept?.path ?? '', 'out/coverage.txt'), 'utf8')).toBe('one\n');

  const used = place.run('use.yml');
  expect(used).toMatchObject({ status: 'succeeded', outputs: { read: 'one\n' }, inputs: { report: `.tollgate/artifacts/${kept?.version.slice(0, 32) ?? ''}` } });
  expect(used.diagnostics).toMatchObject([{ code: 'TG3505', severity: 'info' }]);

  // Another run with equal content: nothing is done again.
  place.run('measure.yml');
  expect(place.run('use.yml').steps[0]).toMatchObject({ id: 'show', cached: true });

  // What was refused is not built upon, unless somebody names it.
  const bad = place.run('measure.yml', '--input', 'text=bad');
  expect([bad.status, place.run('use.yml').outputs]).toEqual(['failed', { read: 'one\n' }]);
  expect(place.run('use.yml', '--input', `report=@${bad.run_id ?? ''}`).outputs).toEqual({ read: 'bad\n' });
  expect(place.run('use.yml', '--input', 'report=measure/coverage@nightly').outputs).toEqual({ read: 'bad\n' });

  place.run('measure.yml', '--input', 'text=two');
  const again = place.run('use.yml');
  expect([again.steps[0]?.cached, again.outputs]).toEqual([false, { read: 'two\n' }]);
  expect(readFileSync(join(place.path, 'times'), 'utf8').split('\n')).toHaveLength(4);
});

test('a run that goes on works with the artifact that it began with', () => {
  using place = createPlace();
  place.run('measure.yml');
  writeFileSync(join(place.path, 'stop'), '');
  expect(place.run('use.yml').status).toBe('failed');
  place.run('measure.yml', '--input', 'text=two');
  rmSync(join(place.path, 'stop'));
  rmSync(join(place.path, '.tollgate/artifacts'), { recursive: true });
  const { code, out } = place.call('resume', '--json');
  expect([code, (JSON.parse(out) as RunJson).outputs]).toEqual([0, { read: 'one\n' }]);
});

test('who asks for what is not there is told what is near', () => {
  using place = createPlace();
  place.run('measure.yml');
  const errorOf = (report: string): string => place.call('run', 'use.yml', '--input', `report=${report}`).err;
  expect(errorOf('measure/coverge')).toContain("workflow 'measure' has kept no artifact 'coverge'; did you mean 'coverage'? (TG3503)");
  expect(errorOf('measure/coverage@nightl')).toContain("has neither a run, a tag nor a version 'nightl'; did you mean 'nightly'?");
  expect(errorOf('coverage')).toContain('wants an artifact, <workflow>/<name>');
  writeFileSync(join(place.path, 'can-do-without.yml'), use.replace('from: measure/coverage', 'from: measure/other, required: false').replace(/outputs:.*\n/u, '').replaceAll('{{ inputs.report }}', "{{ default(inputs.report, 'nothing') }}").replace(/command: cat.*/u, "command: echo {{ default(inputs.report, 'nothing') }}"));
  expect(place.run('can-do-without.yml').status).toBe('succeeded');
});

test('a kept artifact of which a byte was changed is not taken up, and neither is a copy of it', () => {
  using place = createPlace();
  const [kept] = place.run('measure.yml').steps[0]?.artifacts ?? [];
  place.run('use.yml');
  const copy = join(place.path, '.tollgate/artifacts', kept?.version.slice(0, 32) ?? '', 'out/coverage.txt');
  writeFileSync(copy, 'evil\n');
  expect(place.run('use.yml').outputs).toEqual({ read: 'one\n' });
  writeFileSync(join(place.path, kept?.path ?? '', 'out/coverage.txt'), 'owe\n');
  expect(place.run('use.yml').outputs).toEqual({ read: 'one\n' });
  writeFileSync(copy, 'evil\n');
  const { code, err } = place.call('run', 'use.yml');
  expect([code, err]).toEqual([2, expect.stringContaining('is damaged: its out/coverage.txt is another')]);
});

test('artifacts are listed, brought and let go of', () => {
  using place = createPlace();
  expect(place.call('artifacts', 'ls')).toMatchObject({ code: 0, out: '', err: 'No artifact is kept here.\n' });
  const first = place.run('measure.yml');
  const second = place.run('measure.yml', '--input', 'text=bad');
  const listed = JSON.parse(place.call('artifacts', 'ls', '--json').out) as { readonly artifacts: readonly Readonly<Record<string, unknown>>[] };
  expect(listed.artifacts).toMatchObject([
    { workflow: 'measure', name: 'coverage', ref: `measure/coverage@${second.run_id ?? ''}`, run_status: 'failed', verdict: 'no-go', step: 'cover', cell: null, files: 2, tags: ['nightly'] },
    { ref: `measure/coverage@${first.run_id ?? ''}`, run_status: 'succeeded', verdict: 'go' },
  ]);
  expect(place.call('artifacts', 'ls', `measure/coverage@${first.run_id ?? ''}`).out.split('\n')).toHaveLength(2);
  expect(place.call('artifacts', 'ls', 'mesure')).toMatchObject({ code: 2, err: expect.stringContaining("did you mean 'measure'?") as string });

  expect(place.call('artifacts', 'get', 'measure/coverage')).toMatchObject({ code: 0, out: expect.stringMatching(/^measure\/coverage@\S+ → coverage: 2 files, \d+ bytes\n$/u) as string });
  expect(readFileSync(join(place.path, 'coverage/out/coverage.txt'), 'utf8')).toBe('one\n');
  expect(statSync(join(place.path, 'coverage/out/tool')).mode & 0o111).not.toBe(0);
  expect(place.call('artifacts', 'get', 'measure/coverage').out).toContain('all in place already');
  expect(place.call('artifacts', 'get', 'measure/coverage@nightly', 'coverage')).toMatchObject({ code: 1, err: expect.stringContaining('out/coverage.txt is there with other content') as string });
  expect(place.call('artifacts', 'get', 'measure/coverage@nightly', 'coverage', '--force').code).toBe(0);
  expect(readFileSync(join(place.path, 'coverage/out/coverage.txt'), 'utf8')).toBe('bad\n');
  expect(place.call('artifacts', 'get', 'measure/cov')).toMatchObject({ code: 2, err: expect.stringContaining('TG3503') as string });
  expect(place.call('artifacts', 'gte', 'x')).toMatchObject({ code: 2, err: expect.stringContaining("did you mean 'get'?") as string });

  const manifest = join(place.path, '.tollgate/runs', first.run_id ?? '', 'artifacts/.manifests/coverage.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('nightly', 'Nightly'));
  expect(place.call('artifacts', 'ls').err).toContain('is damaged: the checksum');
  expect(place.call('artifacts', 'prune', '--dry-run').out).toBe('0 artifacts past their time, and 1 damaged: 0 bytes would be freed.\n');
  expect(place.call('artifacts', 'prune').out).toBe('0 artifacts past their time, and 1 damaged: 0 bytes freed.\n');
  expect([existsSync(dirname(dirname(manifest))), existsSync(manifest), existsSync(join(dirname(dirname(manifest)), 'coverage'))]).toEqual([true, false, false]);
});

test('at the end of a run copies go that nobody has used for long', () => {
  using place = createPlace();
  place.run('measure.yml');
  const old = join(place.path, '.tollgate/artifacts', 'ab'.repeat(16));
  mkdirSync(old, { recursive: true });
  utimesSync(old, 1, 1);
  place.run('measure.yml');
  expect(existsSync(old)).toBe(false);
});

test('on a runner the action takes up what an earlier step of the job has kept', async () => {
  using place = createPlace();
  expect((await runAction({ workspace: place.path, inputs: { workflow: 'measure.yml' } })).exitCode).toBe(0);
  const end = await runAction({ workspace: place.path, inputs: { workflow: 'use.yml' } });
  expect([end.exitCode, JSON.parse(end.outputs['outputs'] ?? '{}')]).toEqual([0, { read: 'one\n' }]);
});

test('no artifact holds a secret, in any of its forms, and the run says which was not kept', () => {
  const secret = 'cAnary-7f3b&"quoted" \\ö/9c1e+=end';
  const forms = canaryForms(secret);
  const text = `name: canary
defaults: { shell: sh }
secrets: [CANARY]
steps:
${forms.map((_, index) => `  - { id: s${index}, needs: [], command: mkdir -p out && cp form${index} out/f${index} && echo fine > out/g${index}, outputs: { f: out/f${index}, g: out/g${index} }, cache: { key: k }, artifacts: true }`).join('\n')}
  - { id: named, needs: [], command: echo fine > out.txt, artifacts: { name: "n {{ secrets.CANARY }}", paths: [out.txt] } }
  - { id: tagged, needs: [], command: echo fine > tag.txt, artifacts: { tags: ["{{ secrets.CANARY }}"], paths: [tag.txt] } }
  - { id: large, needs: [], command: "(head -c 3000000 /dev/zero; printf '%s' \\"$CANARY\\") > large", secrets: [CANARY], artifacts: { paths: [large] } }
  - { id: harmless, needs: [], command: echo fine > fine.txt, artifacts: { paths: [fine.txt] } }
`;
  using folder = scratchFolder({ 'canary.yml': text });
  forms.forEach(({ printed }, index) => writeFileSync(join(folder.path, `form${index}`), printed));
  const { code, out, err } = tollgate(['run', 'canary.yml', '--json'], { folder: folder.path, env: { CANARY: secret } });
  expect([code, findCanary(secret, Buffer.from(out + err))]).toEqual([0, []]);
  const run = JSON.parse(out) as RunJson;
  expect(run.steps.flatMap(({ artifacts }) => artifacts.map(({ name }) => name))).toEqual(['harmless']);
  const journal = readFileSync(join(folder.path, '.tollgate/runs', run.run_id ?? '', 'journal', '000001.ndjson'), 'utf8');
  expect([journal.match(/"TG3502"/gu)?.length, journal.match(/"TG3401"/gu)]).toEqual([forms.length + 3, null]);
  const kept = everyFile(join(folder.path, '.tollgate'));
  expect(kept.some((path) => path.endsWith('artifacts/harmless/fine.txt'))).toBe(true);
  expect(kept.flatMap((path) => findCanary(secret, readFileSync(path)).map((form) => `${path}: ${form}`))).toEqual([]);
});
