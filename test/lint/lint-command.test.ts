import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { LintingJson } from '../../src/cli/lint/render-linting.js';
import { createPlace, removePlaces } from '../cli/memory-world.js';

afterAll(removePlaces);

const clean = 'name: w\nsteps:\n  - { id: make, command: make }\n  - { id: proof, type: assert, condition: "1 == 1" }\n';
const fixable = `${clean}  - id: push\n    command: git push\n`;
const doubtful = `${clean}  - { id: pr, command: "GH_TOKEN=x gh pr create" }\n`;
const invalid = 'name: w\nsteps:\n  - { id: push, comand: git push }\n';

test('clean is 0, a warning 1, an invalid workflow 2', async () => {
  const place = createPlace({ 'clean.yml': clean, 'doubtful.yml': doubtful, 'invalid.yml': invalid });
  expect(await place.call(['lint', 'clean.yml'])).toEqual({ exitCode: 0, out: '✓ clean.yml: nothing to say\n', err: '' });
  const warned = await place.call(['lint', 'doubtful.yml']);
  expect(warned).toMatchObject({ exitCode: 1, err: '', out: expect.stringMatching(/^\[WARNING\] 'pr' calls gh pr create .* \(TG4002\)\n {2}at doubtful\.yml:5:36\n/u) });
  expect(warned.out).toContain('! doubtful.yml: 1 warning\n');
  const wrong = await place.call(['lint', 'invalid.yml']);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.out).toContain("did you mean 'command'?");
  expect(wrong.out).not.toContain('TG4');
});

test('an information alone is 0, and 1 with --strict', async () => {
  const place = createPlace({ 'w.yml': `${clean}vars: { unused: 1 }\n` });
  expect(await place.call(['lint', 'w.yml'])).toMatchObject({ exitCode: 0, out: expect.stringContaining('[INFO]') });
  expect(await place.call(['lint', 'w.yml', '--strict'])).toMatchObject({ exitCode: 1 });
});

test('an unordered writer of one path is an error here too', async () => {
  const place = createPlace({ 'w.yml': `${clean}  - parallel:\n      - { id: a, command: make, outputs: { o: x } }\n      - { id: b, command: make, outputs: { o: x } }\n` });
  expect(await place.call(['lint', 'w.yml'])).toMatchObject({ exitCode: 2, out: expect.stringContaining('TG2203') });
});

test('without a name all workflows are looked at, and none is a mistake of the call', async () => {
  const place = createPlace({ '.github/tollgate/a.yml': clean, '.github/tollgate/b.yml': doubtful.replace('name: w', 'name: v') });
  expect(await place.call(['lint'])).toMatchObject({ exitCode: 1, out: expect.stringMatching(/✓ .*a\.yml: nothing to say\n! .*b\.yml: 1 warning/u) });
  expect(await createPlace().call(['lint'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('there is no workflow here') });
  expect(await place.call(['lint', 'v', 'nope'])).toMatchObject({ exitCode: 2, out: expect.stringContaining('b.yml'), err: expect.stringContaining("'nope'") });
});

test('the workspace is looked into', async () => {
  const place = createPlace({ 'w.yml': clean.replace('command: make', 'command: make, inputs: [src, nope.txt, "src/a.txt"]'), 'src/a.txt': '' });
  expect((await place.call(['lint', 'w.yml'])).out).toMatch(/'nope\.txt' names no file[^]*! w\.yml: 1 warning/u);
});

test('--fix mends what is safe, says so, and is done', async () => {
  const place = createPlace({ 'w.yml': fixable });
  expect((await place.call(['lint', 'w.yml'])).out).toContain('! w.yml: 1 warning; --fix mends one of them\n');
  expect(await place.call(['lint', 'w.yml', '--fix'])).toEqual({ exitCode: 0, out: "✓ w.yml: mended: Add effects: idempotent to 'push'\n✓ w.yml: nothing to say\n", err: '' });
  const mended = `${clean}  - id: push\n    effects: idempotent\n    command: git push\n`;
  expect(readFileSync(join(place.folder, 'w.yml'), 'utf8')).toBe(mended);
  expect(await place.call(['lint', 'w.yml', '--fix'])).toEqual({ exitCode: 0, out: '✓ w.yml: nothing to say\n', err: '' });
});

test('several fixes of one file go together, and what is not safe stays', async () => {
  const place = createPlace({ 'w.yml': `${doubtful}  - { id: a, command: git push }\n  - { id: b, command: git push --tags }\n` });
  const { exitCode, out } = await place.call(['lint', 'w.yml', '--fix']);
  expect(exitCode).toBe(1);
  expect(out.match(/mended/gu)).toHaveLength(2);
  expect(out).toContain('! w.yml: 1 warning\n');
  expect(readFileSync(join(place.folder, 'w.yml'), 'utf8').match(/effects/gu)).toHaveLength(2);
});

test('byte order mark, line ends and permissions stay', async () => {
  const place = createPlace();
  const path = join(place.folder, 'w.yml');
  writeFileSync(path, `\ufeff${fixable.replaceAll('\n', '\r\n')}`);
  chmodSync(path, 0o640);
  expect((await place.call(['lint', 'w.yml', '--fix'])).exitCode).toBe(0);
  const written = readFileSync(path, 'utf8');
  expect(written).toBe(`\ufeff${fixable.replace('    command: git', '    effects: idempotent\n    command: git').replaceAll('\n', '\r\n')}`);
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(place.folder)).toEqual(['w.yml']);
});

test('a link still leads to the file', async () => {
  const place = createPlace({ 'real/w.yml': fixable });
  symlinkSync('real/w.yml', join(place.folder, 'link.yml'));
  expect((await place.call(['lint', 'link.yml', '--fix'])).exitCode).toBe(0);
  expect(lstatSync(join(place.folder, 'link.yml')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(place.folder, 'real/w.yml'), 'utf8')).toContain('effects: idempotent');
});

test('what cannot be written is said, and the finding stays', async () => {
  const place = createPlace({ 'w.yml': fixable });
  mkdirSync(join(place.folder, `.w.yml.${process.pid}.draft`));
  const { exitCode, out } = await place.call(['lint', 'w.yml', '--fix']);
  expect(exitCode).toBe(1);
  expect(out).toContain('1 fix not applied');
  expect(out).toContain('1 warning');
  expect(readFileSync(join(place.folder, 'w.yml'), 'utf8')).toBe(fixable);
});

test('an invalid file is never touched', async () => {
  const text = `${fixable}  - { id: x, comand: make }\n`;
  const place = createPlace({ 'w.yml': text });
  expect((await place.call(['lint', 'w.yml', '--fix'])).exitCode).toBe(2);
  expect(readFileSync(join(place.folder, 'w.yml'), 'utf8')).toBe(text);
});

test('for scripts', async () => {
  const place = createPlace({ 'w.yml': `${fixable}  - { id: pr, command: "GH_TOKEN=x gh pr create" }\n` });
  const { exitCode, out, err } = await place.call(['lint', 'w.yml', '--fix', '--json']);
  const json = JSON.parse(out) as LintingJson;
  expect([exitCode, err]).toEqual([1, '']);
  expect(json).toMatchObject({
    schema_version: 1,
    valid: true,
    files: [{ file: 'w.yml', workflow: 'w', valid: true, fixed: ["Add effects: idempotent to 'push'"], not_fixed: null }],
    diagnostics: [{ code: 'TG4002', severity: 'warning', file: 'w.yml', line: 8, fix: { safe: false } }],
  });
  place.write('bad.yml', invalid);
  expect(JSON.parse((await place.call(['lint', 'bad.yml', '--json'])).out)).toMatchObject({ valid: false, files: [{ valid: false }] });
});

test('on GitHub', async () => {
  const place = createPlace({ 'w.yml': doubtful });
  const { exitCode, out } = await place.call(['lint', 'w.yml', '--format', 'github']);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^::warning file=w\.yml,line=5,endLine=5,col=36,endColumn=\d+,title=TG4002::'pr' calls gh pr create/u);
  expect(out).toContain('\n! w.yml: 1 warning\n');
});
