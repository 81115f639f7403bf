import { join } from 'node:path';
import { commandTable, laterCommands } from '../../src/cli/commands.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = 'name: build\nsteps:\n  - { id: hello, command: echo hello }\n';

test('a bare call shows the workflows that are here and what to type next', async () => {
  const place = createPlace({ '.git/HEAD': '', '.github/tollgate/ci.yml': workflow, 'sub/x': '' });
  const { exitCode, out, err } = await place.call([], { folder: join(place.folder, 'sub') });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toContain('build  .github/tollgate/ci.yml');
  expect(out).toContain('tollgate plan build');
});

test('a bare call where nothing is leads to init', async () => {
  const { exitCode, out } = await createPlace().call([]);
  expect(exitCode).toBe(0);
  expect(out).toContain('tollgate init');
});

test('a bare call with --json lists the workflows for a script', async () => {
  const place = createPlace({ '.github/tollgate/ci.yml': workflow });
  const { out } = await place.call(['--json']);
  expect(JSON.parse(out)).toMatchObject({ workspace: place.folder, workflows: [{ name: 'build', file: '.github/tollgate/ci.yml' }] });
});

test.each(['--version', '-V'])('%s prints the version alone', async (flag) => {
  expect(await createPlace().call([flag])).toEqual({ exitCode: 0, out: '0.0.0-dev\n', err: '' });
});

test('--version --json is JSON', async () => {
  expect(JSON.parse((await createPlace().call(['--version', '--json'])).out)).toEqual({ version: '0.0.0-dev' });
});

test.each([
  [['valdate'], "error: unknown command 'valdate'; did you mean 'validate'?", 'tollgate validate '],
  [['schedule'], "error: 'schedule' is not built yet in this version (0.0.0-dev)", 'tollgate --help'],
  [['schedle'], "error: unknown command 'schedle'; 'schedule' is not built yet in this version (0.0.0-dev)", 'tollgate --help'],
  [['qqqqqqq'], "error: unknown command 'qqqqqqq'", 'tollgate --help'],
  [['plan', 'ci', '--imput', 'a=b'], "error: unknown option '--imput' of 'plan'; did you mean '--input'?", 'tollgate plan --help'],
  [['plan', 'ci', '--strict'], "error: 'plan' has no --strict; 'lint' and 'preflight' have it", 'tollgate plan --help'],
  [['plan'], "error: 'plan' needs a workflow: plan <file or name>", 'tollgate list'],
  [['list', 'x'], "error: 'list' takes no argument; 'x' is too much", 'tollgate list --help'],
  [['plan', 'a', 'b'], "error: 'plan' takes one argument; 'b' is too much", 'tollgate plan --help'],
  [['help', 'vlidate'], "error: unknown command 'vlidate'; did you mean 'validate'?", 'tollgate help validate'],
  [['help', 'gate'], "error: 'gate' is not built yet in this version (0.0.0-dev)", 'tollgate'],
  [['completion', 'basch'], "error: no completion for 'basch'; did you mean 'bash'?", 'tollgate completion bash'],
  [['completion', 'powershell'], "error: no completion for 'powershell'; there is one for bash, zsh, fish", 'tollgate completion zsh'],
])('%j is refused with the way on', async (argv, message, next) => {
  const { exitCode, out, err } = await createPlace().call(argv);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err.split('\n')).toContain(message);
  expect(err).toContain(`  ${next}`);
});

test('all that is wrong with a call is said at once, and each next command once', async () => {
  const { err } = await createPlace().call(['plan', 'ci', '--imput', 'x', '--fix', '--mermai']);
  expect(err.split('\n').filter((line) => line.startsWith('error:'))).toHaveLength(3);
  expect(err.match(/plan --help/gu)).toHaveLength(1);
});

test('help wins over what is wrong with the rest of the call', async () => {
  for (const argv of [['plan', '--help'], ['plan', 'a', 'b', '-h'], ['help', 'plan']]) {
    const { exitCode, out } = await createPlace().call(argv);
    expect({ exitCode, first: out.split('\n')[0] }).toEqual({ exitCode: 0, first: 'Show what would run, in what order, and why.' });
  }
});

test.each([['--help'], ...commandTable.map(({ name }) => [name, '--help'])])('%s %s fits 80 columns and gives examples', async (...argv) => {
  const { exitCode, out } = await createPlace().call(argv);
  expect(exitCode).toBe(0);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(out).toMatch(/\nExamples\n {2}# .+\n {2}tollgate /u);
});

test('--help names every command, and no command that is not built', async () => {
  const { out } = await createPlace().call(['--help']);
  for (const { name } of commandTable) expect(out).toMatch(new RegExp(`\n  ${name}\\b`, 'u'));
  for (const name of laterCommands) expect(out).not.toMatch(new RegExp(`\n  ${name}\\b`, 'u'));
});

test('help still works where the settings are wrong', async () => {
  const place = createPlace({ '.tollgate.yml': 'nonsense: 1\n' });
  expect((await place.call(['help'])).exitCode).toBe(0);
  expect((await place.call(['list', '--help'])).exitCode).toBe(0);
  expect((await place.call(['config'])).exitCode).toBe(2);
});

test.each([
  ['npx', { npm_command: 'exec' }, '/x/node_modules/.bin/tollgate', 'npx tollgate valid'],
  ['a checkout', {}, '%/bin/tollgate.js', 'node bin/tollgate.js valid'],
  ['an installed one', {}, '/usr/local/bin/tollgate', 'tollgate valid'],
])('commands are printed in the form of the call: %s', async (_case, env, script, wanted) => {
  const place = createPlace();
  const { err } = await place.call(['valdate'], { env, script: script.replace('%', place.folder) });
  expect(err).toContain(`\n  ${wanted}`);
});

test('commands that are printed keep -C and --state-dir', async () => {
  const place = createPlace({ 'a b/x': '' });
  expect((await place.call(['-C', 'a b', '--state-dir=s', 'valdate'])).err).toContain("  tollgate -C 'a b' --state-dir s validate");
});

test('-C names the workspace, whatever git says', async () => {
  const place = createPlace({ '.git/HEAD': '', 'sub/workflows-examples/x.yml': workflow });
  expect((await place.call(['--json', '-C', 'sub'])).out).toContain('workflows-examples/x.yml');
  expect((await place.call(['--json'], { env: { TOLLGATE_FOLDER: 'sub' } })).out).toContain('workflows-examples/x.yml');
  place.write('.tollgate.yml', 'folder: sub\n');
  expect((await place.call(['--json'])).out).toContain('workflows-examples/x.yml');
  expect((await place.call(['--json', '-C', '.'])).out).not.toContain('x.yml');
});

test('a folder that is not there is refused', async () => {
  expect(await createPlace().call(['-C', '/not/there', 'config'])).toEqual({ exitCode: 2, out: '', err: 'error: -C: there is no folder /not/there\n' });
});

test('GITHUB_WORKSPACE is the workspace on GitHub', async () => {
  const place = createPlace({ '.github/tollgate/ci.yml': workflow });
  expect((await createPlace().call(['--json'], { env: { GITHUB_WORKSPACE: place.folder } })).out).toContain('ci.yml');
});

test('colours for a terminal, none for --no-color, NO_COLOR or the setting, and none on an error stream that is a file', async () => {
  const place = createPlace();
  let out = '';
  const terminal = { write: (text: string | Uint8Array): void => void (out += String(text)), isTerminal: true, columns: 80 };
  const show = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> => {
    out = '';
    const { err } = await place.call(argv, { out: terminal, env });
    return out + err;
  };
  expect(await show([])).toContain('\u001b[1m');
  expect(await show(['--no-color'])).not.toContain('\u001b');
  expect(await show([], { NO_COLOR: '1' })).not.toContain('\u001b');
  expect(await show([], { TOLLGATE_NO_COLOR: 'true' })).not.toContain('\u001b');
  expect(await show(['valdate'])).not.toContain('\u001b');
});

test('config prints each value with its origin, and -C, variable, file and default in that order', async () => {
  const place = createPlace({ '.tollgate.yml': 'max_parallel: 3\ncache: read\nformat: github\ninput: { a: 1, b: 2 }\n' });
  const { out } = await place.call(['config', '--state-dir', '/s'], { env: { TOLLGATE_CACHE: 'off', TOLLGATE_INPUT: 'b=3' } });
  const line = (key: string): string => out.split('\n').find((each) => each.startsWith(`${key} `))?.replaceAll(/ {2,}/gu, ' | ') ?? '';
  expect(line('max_parallel')).toBe('max_parallel | 3 | .tollgate.yml:1:15');
  expect(line('cache')).toBe('cache | off | TOLLGATE_CACHE');
  expect(line('state_dir')).toBe('state_dir | /s | --state-dir');
  expect(line('format')).toBe('format | github | .tollgate.yml:3:9');
  expect(line('preflight')).toBe('preflight | on | default');
  expect(line('input')).toBe('input | a=1 b=3 | .tollgate.yml:4:10, TOLLGATE_INPUT');
});

test('config --json is the same for a script', async () => {
  const place = createPlace({ '.tollgate.yml': 'skip: [a, b]\n' });
  const { settings, workspace } = JSON.parse((await place.call(['config', '--json'])).out) as { workspace: string; settings: { key: string }[] };
  expect(workspace).toBe(place.folder);
  expect(settings.find(({ key }) => key === 'skip')).toEqual({ key: 'skip', flag: '--skip', variable: 'TOLLGATE_SKIP', value: ['a', 'b'], origin: { kind: 'file', file: '.tollgate.yml', line: 1, column: 11 } });
  expect(settings.find(({ key }) => key === 'input')).toMatchObject({ value: [], origin: { kind: 'default' } });
  expect(settings.find(({ key }) => key === 'labels')).toMatchObject({ value: null });
});

test('what is wrong with the settings is said at once, in the order of the file, with its place', async () => {
  const place = createPlace({ '.tollgate.yml': 'max_paralel: 3\ncache: offf\njson: [a]\nstate-dir: x\nmax_parallel: 0\ninput: 4\n' });
  const { exitCode, err } = await place.call(['config'], { env: { TOLLGATE_QUIET: 'yes' } });
  expect(exitCode).toBe(2);
  expect(err.split('\n').filter((line) => line.startsWith('error:'))).toEqual([
    "error: .tollgate.yml:1:1: unknown key 'max_paralel'; did you mean 'max_parallel'?",
    "error: .tollgate.yml:2:8: cache: 'offf' is none of on, read, off; did you mean 'off'?",
    'error: .tollgate.yml:3:7: json takes true or false',
    "error: .tollgate.yml:4:1: unknown key 'state-dir'; did you mean 'state_dir'?",
    "error: .tollgate.yml:5:15: max_parallel: '0' is not a whole number of at least 1",
    'error: .tollgate.yml:6:8: input takes a map such as { name: value }',
    "error: TOLLGATE_QUIET: 'yes' is neither true nor false",
  ]);
});

test('a settings file that is no YAML or no text is refused with its place', async () => {
  const place = createPlace({ '.tollgate.yml': 'a: [\n' });
  expect((await place.call(['config'])).err).toMatch(/^error: \.tollgate\.yml:1:4: /u);
  place.write('.tollgate.yml', 'a: \0\n');
  expect((await place.call(['config'])).err).toMatch(/^error: \.tollgate\.yml:1:4: /u);
});

test('an empty settings file settles nothing', async () => {
  expect((await createPlace({ '.tollgate.yml': '# later\n' }).call(['config'])).exitCode).toBe(0);
});

test('completion names workflows and codes for its scripts, and no name that a shell could run', async () => {
  const place = createPlace({ '.github/tollgate/$(touch x).yml': 'x', '.github/tollgate/ci.yml': workflow, 'workflows-examples/b.yaml': '' });
  expect((await place.call(['completion', 'workflows'])).out).toBe('b\nbuild\n');
  expect((await place.call(['completion', 'codes'])).out).toMatch(/^TG\d{4}\n/u);
});
