import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, scratchFolder, tollgate } from './tollgate.js';

const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const hello = 'name: hello\nsteps:\n  - id: hello\n    command: echo hello\n';

test('--version says the version and nothing else', () => {
  using folder = scratchFolder();
  expect(tollgate(['--version'], { folder: folder.path })).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('--help teaches by example and fits a terminal', () => {
  using folder = scratchFolder();
  const { code, out } = tollgate(['--help'], { folder: folder.path });
  expect(code).toBe(0);
  for (const word of ['validate', 'plan', 'lint', 'init']) expect(out).toContain(word);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each([
  [['vaildate'], 'validate'],
  [['plan', '--jsno', 'hello.yml'], '--json'],
  [['plan', 'helo'], 'hello'],
  [['errors', 'TG1100'], 'TG110'],
])('a slip in %j is answered with the nearest name', (args, near) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  mkdirSync(join(folder.path, '.github', 'tollgate'), { recursive: true });
  execFileSync('cp', [join(folder.path, 'hello.yml'), join(folder.path, '.github', 'tollgate')]);
  const { code, out, err } = tollgate(args, { folder: folder.path });
  expect(code).toBe(2);
  expect(out + err).toContain(near);
  expect(out + err).not.toMatch(/^\s+at .*\.js:\d+/mu);
});

test('a workflow is validated, planned, shown and linted', () => {
  using folder = scratchFolder({ 'hello.yml': hello });
  const call = (...args: string[]) => tollgate(args, { folder: folder.path });
  expect(call('validate', 'hello.yml')).toMatchObject({ code: 0, err: '' });
  expect(call('plan', 'hello.yml').out).toContain('1.1');
  expect(JSON.parse(call('plan', '--json', 'hello.yml').out)).toMatchObject({ schema_version: 1, workflow: 'hello' });
  expect(call('plan', '--mermaid', 'hello.yml').out).toMatch(/^flowchart/mu);
  expect(call('show', 'hello.yml').code).toBe(0);
  expect(call('lint', 'hello.yml').code).toBe(1);
});

test('a broken one is refused with file, line and column, and exit code 2', () => {
  using folder = scratchFolder({ 'broken.yml': hello.replace('command', 'comand') });
  const text = tollgate(['validate', 'broken.yml'], { folder: folder.path });
  expect(text.code).toBe(2);
  expect(text.out + text.err).toContain('broken.yml:4:5');
  const json = tollgate(['validate', '--json', 'broken.yml'], { folder: folder.path });
  expect(json.code).toBe(2);
  expect(JSON.stringify(JSON.parse(json.out))).toContain("did you mean 'command'");
  const github = tollgate(['validate', '--format', 'github', 'broken.yml'], { folder: folder.path });
  expect(github.out + github.err).toMatch(/^::error file=broken\.yml,line=4,/mu);
});

test('run says by name and position what it cannot do yet', () => {
  using folder = scratchFolder({ 'hello.yml': `${hello}    budget: { usd: 1 }\n` });
  const { code, out, err } = tollgate(['run', 'hello.yml'], { folder: folder.path });
  expect(code).toBe(2);
  expect(out + err).toContain('hello.yml:5:');
  expect(out + err).toContain('TG2901');
});

test('a reader that goes away is no fault', () => {
  using folder = scratchFolder();
  const { stderr, status } = spawnSync('bash', ['-o', 'pipefail', '-c', '"$0" "$1" schema | head -c 10 > /dev/null', process.execPath, bin], { cwd: folder.path, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect([0, 141]).toContain(status);
});

test('init writes a workflow that is valid and lints clean', () => {
  using folder = scratchFolder({ 'package.json': '{"name":"shop","scripts":{"build":"tsc","test":"jest","lint":"eslint ."}}', 'package-lock.json': '{}' });
  expect(tollgate(['init'], { folder: folder.path }).code).toBe(0);
  expect(tollgate(['validate'], { folder: folder.path }).code).toBe(0);
  expect(tollgate(['lint'], { folder: folder.path })).toMatchObject({ code: 0 });
});
