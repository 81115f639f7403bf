import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const good = 'name: build\nsteps:\n  - { id: hello, command: echo hello }\n';
const bad = 'name: release\nsteps:\n  - { id: a, comand: x }\n  - { id: b, command: y, needs: [c] }\n  - { id: c, command: y, needs: [b] }\n';

test('every workflow of the repository is checked, problems of reading and planning together', async () => {
  const place = createPlace({ '.git/HEAD': '', '.github/tollgate/ci.yml': good, 'workflows-examples/release.yml': bad });
  const { exitCode, out, err } = await place.call(['validate']);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' });
  expect([...out.matchAll(/\((TG\d+)\)\n {2}at (\S+)/gu)].map(([, code, at]) => `${code ?? ''} ${at ?? ''}`)).toEqual(expect.arrayContaining(['TG1101 workflows-examples/release.yml:3:14', 'TG2201 workflows-examples/release.yml:5:34']));
  expect(out).toContain('\n✓ .github/tollgate/ci.yml: 1 phase, 1 step\n✗ workflows-examples/release.yml: ');
  expect(out).toContain('  → Run: tollgate errors TG');
});

test('a good file is one line', async () => {
  const place = createPlace({ 'sub/ci.yml': good });
  expect(await place.call(['validate', 'sub/ci.yml'])).toEqual({ exitCode: 0, out: '✓ sub/ci.yml: 1 phase, 1 step\n', err: '' });
  expect(await place.call(['validate', 'ci.yml'], { folder: join(place.folder, 'sub') })).toEqual({ exitCode: 0, out: '✓ ci.yml: 1 phase, 1 step\n', err: '' });
});

test('--json gives one object, with lines, columns and fixes', async () => {
  const { exitCode, out } = await createPlace({ 'ci.yml': bad, 'good.yml': good }).call(['validate', 'ci.yml', 'good.yml', '--json']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    schema_version: 1,
    tollgate_version: '0.0.0-dev',
    valid: false,
    files: [
      { file: 'ci.yml', workflow: 'release', valid: false },
      { file: 'good.yml', workflow: 'build', valid: true, phases: 1, steps: 1 },
    ],
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ code: 'TG1101', severity: 'error', file: 'ci.yml', line: 3, column: 14, url: 'docs/errors.md#tg1101', fix: { title: 'Write command', safe: false, edits: [{ line: 3, column: 14, end_line: 3, end_column: 20, text: 'command' }] } }),
    ]) as unknown,
  });
});

test('--format github annotates, with the file named from the workspace', async () => {
  const place = createPlace({ '.git/HEAD': '', 'sub/ci.yml': bad });
  const { exitCode, out } = await place.call(['validate', 'ci.yml', '--format', 'github'], { folder: join(place.folder, 'sub') });
  expect(exitCode).toBe(2);
  expect(out).toContain('::error file=sub/ci.yml,line=3,endLine=3,col=14,endColumn=19,title=TG1101::unknown key');
  for (const line of out.split('\n').slice(0, -2)) expect(line).toMatch(/^::error |^✗ sub\/ci\.yml: \d problems/u);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['a name that is near', ['biuld'], ["error: there is no workflow 'biuld'; did you mean 'build'?", '  tollgate validate build  the nearest', '  tollgate list            the workflow of this repository']],
  ['a file that is near', ['.github/tollgate/cy.yml'], ["error: there is no file '.github/tollgate/cy.yml'; did you mean '.github/tollgate/ci.yml'?"]],
  ['a folder', ['.github'], ["error: '.github' is a folder", '       name a workflow file in it']],
  ['nothing like it', ['zzzzzz'], ["error: there is no workflow 'zzzzzz'"]],
])('%s', async (_name, given, lines) => {
  const { exitCode, err } = await createPlace({ '.git/HEAD': '', '.github/tollgate/ci.yml': good }).call(['validate', ...given]);
  expect(exitCode).toBe(2);
  for (const line of lines) expect(err.split('\n')).toContain(line);
});

test('a name that two workflows have is asked back', async () => {
  const { exitCode, err } = await createPlace({ '.github/tollgate/a.yml': good, 'workflows-examples/b.yml': good }).call(['plan', 'build']);
  expect(exitCode).toBe(2);
  expect(err).toContain("error: 2 workflows are called 'build'\n       say which by its file\n\n  tollgate plan .github/tollgate/a.yml    this one\n");
});

test('where no workflow is, validate does not pass', async () => {
  const place = createPlace();
  mkdirSync(join(place.folder, '.github/tollgate'), { recursive: true });
  const { exitCode, err } = await place.call(['validate']);
  expect(exitCode).toBe(2);
  expect(err).toContain('error: there is no workflow here');
  expect(err).toContain('tollgate init');
});

test('what is no text is refused with its place', async () => {
  const { exitCode, out } = await createPlace({ 'a.yml': 'name: \u0000\n' }).call(['validate', 'a.yml']);
  expect(exitCode).toBe(2);
  expect(out).toContain('(TG1002)\n  at a.yml:1:7\n  1 | name: \\x00\n');
});

test('a file that is wrong still has the good ones beside it checked, and a missing one is said', async () => {
  const { exitCode, out, err } = await createPlace({ 'a.yml': good }).call(['validate', 'a.yml', 'b.yml']);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '✓ a.yml: 1 phase, 1 step\n' });
  expect(err).toContain("there is no file 'b.yml'; did you mean 'a.yml'?");
});
