import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followFiles } from '../../../core/trace/follow-files.js';
import type { TracedUses } from '../../../ports/input-tracer.js';
import type { ProcessCommand, ProcessEnd, RunningProcess } from '../../../ports/process-runner.js';
import { createProcessRunner } from '../processes/process-runner.js';
import { followTraceFile } from './follow-trace-file.js';
import { placeOfTrace } from './place-of-trace.js';
import { openStraceInputTracer } from './strace-input-tracer.js';

const runner = createProcessRunner();
const run = `trace-${process.pid}`;
const top = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-trace-')));
const workspace = join(top, 'w');
const stateFolder = join(workspace, '.tollgate');
const PATH = process.env['PATH'] ?? '';
const opened = openStraceInputTracer({ platform: process.platform, env: { PATH }, workspace, stateFolder });
const nextMark = (): string => `${run}/${randomBytes(6).toString('hex')}`;

beforeAll(() => {
  if (opened.kind === 'missing') throw new Error(`these tests need strace: ${opened.message}. ${opened.hint}`);
});
beforeEach(() => {
  rmSync(join(workspace, 'in'), { recursive: true, force: true });
  mkdirSync(join(workspace, 'in'), { recursive: true });
});
afterEach(async () => {
  await runner.endMarked(`${run}/`, { signal: 'SIGTERM', killAfterMs: 0 });
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

interface Watched extends RunningProcess {
  readonly command: ProcessCommand;
  readonly output: () => string;
  readonly says: (word: string) => Promise<void>;
  readonly read: () => Promise<TracedUses>;
}

function begin(args: readonly string[], given: { readonly file?: string; readonly folder?: string; readonly env?: Readonly<Record<string, string>>; readonly isBare?: boolean } = {}): Watched {
  if (opened.kind === 'missing') throw new Error(opened.message);
  const trace = opened.tracer.begin();
  const command = { file: given.file ?? 'bash', args, env: { PATH, LC_ALL: 'C', ...given.env }, folder: given.folder ?? workspace, mark: nextMark() };
  let output = '';
  let look = (): void => undefined;
  const started = runner.start(given.isBare === true ? command : trace.watch(command), (_, bytes) => {
    output += Buffer.from(bytes).toString('latin1');
    look();
  });
  const says = (word: string): Promise<void> => new Promise((resolve) => {
    look = () => (output.includes(word) ? resolve() : undefined);
    look();
  });
  return { ...started, command, says, output: () => output, read: trace.read };
}

const script = (text: string, given: Parameters<typeof begin>[1] = {}): Watched => begin(['-c', text], given);
async function watch(text: string, given: Parameters<typeof begin>[1] = {}): Promise<TracedUses> {
  const watched = script(text, given);
  await watched.ended;
  return await watched.read();
}
const write = (name: string, text = ''): void => writeFileSync(join(workspace, 'in', name), text);
const namesOf = ({ read }: TracedUses): readonly string[] => read.map(({ path }) => path.replace('in/', '')).sort();

describe('what is read', () => {
  test('by the command, by what it starts, after a change of folder, through links', async () => {
    for (const name of ['own', 'child', 'after', 'target']) write(name);
    writeFileSync(join(workspace, 'in', 'program'), '#!/bin/sh\ntrue\n', { mode: 0o755 });
    mkdirSync(join(workspace, 'in', 'deep'));
    writeFileSync(join(workspace, 'in/deep/file'), '');
    symlinkSync('target', join(workspace, 'in', 'link'));
    symlinkSync('deep', join(workspace, 'in', 'door'));
    symlinkSync('/etc/passwd', join(workspace, 'in', 'out'));
    const uses = await watch('read x < in/own; sh -c "cat in/child; cd in && exec cat after"; cat in/link in/door/file in/out > /dev/null; (cd in/door; cat file); in/program; cat /etc/hostname');
    expect(uses.read.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: '/etc/passwd', via: 'in/out' }, { path: 'in/after' }, { path: 'in/child' }, { path: 'in/deep/file', via: 'in/door/file' }, { path: 'in/deep/file' }, { path: 'in/own' }, { path: 'in/program' }, { path: 'in/target', via: 'in/link' },
    ]);
    expect(uses.isWhole).toBe(true);
  });
  test('under whatever name', async () => {
    const names = ['with space', 'new\nline', 'quo"te\'s', '<an>gle(s)', 'back\\slash', 'tab\t', '-dash', 'umläut ☃ 😀', ' = -1 ENOENT', '(deleted)', '", O_WRONLY'];
    for (const name of names) write(name);
    expect(namesOf(await watch('cat in/*'))).toEqual([...names].sort());
  });
  test('a name that is no text, as every other place here calls it', async () => {
    writeFileSync(Buffer.from(`${workspace}/in/caf\xe9`, 'latin1'), '');
    const [name = ''] = readdirSync(join(workspace, 'in'));
    expect(namesOf(await watch('cat in/*'))).toEqual([name]);
  });
  test('and not what it made itself, though it was there before', async () => {
    write('old');
    const uses = await watch('echo > in/old; cat in/old; echo >> in/fresh; cat in/fresh; mkdir in/made; echo > in/made/a; cat in/made/*; mv in/old in/moved; cat in/moved; touch in/t; cat in/t; rm in/t');
    expect(namesOf(uses)).toEqual([]);
    expect([...uses.written].sort()).toEqual(['in/fresh', 'in/made', 'in/made/a', 'in/moved', 'in/old', 'in/t']);
  });
  test('what is listed, and what is looked for and not there', async () => {
    mkdirSync(join(workspace, 'in/deep'));
    const uses = await watch('ls in/deep; test -f in/.config; cat in/none/a in/none/b; [ -d in/deep ]; ./in/tool');
    expect([uses.read, uses.listed, [...uses.absent].sort()]).toEqual([[], ['in/deep'], ['in/.config', 'in/none', 'in/tool']]);
  });
  test('in a workspace that is called by a link', async () => {
    write('a');
    symlinkSync(workspace, join(top, 'called'));
    expect(namesOf(await watch('cat in/a', { folder: join(top, 'called') }))).toEqual(['a']);
  });
  test('by many at once', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${String(index).padStart(2, '0')}`);
    for (const name of names) write(name);
    expect(namesOf(await watch(`for i in ${names.join(' ')}; do (cd in; cat $i; exec cat $i) & done; wait`))).toEqual(names);
  });
});

describe('everything is as it is without', () => {
  const endOf = async (watched: Watched): Promise<ProcessEnd> => await watched.ended;
  test.each(['exit 7', 'kill -TERM $$', 'kill -KILL $$', 'kill -SEGV $$', 'no-such-command', 'echo $0 "$@" $# out; echo err >&2; false'])('how `%s` ends, and what it says', async (text) => {
    const [bare, watched] = [script(text, { isBare: true }), script(text)];
    expect({ end: await endOf(watched), output: watched.output() }).toEqual({ end: await endOf(bare), output: bare.output() });
    expect((await watched.read()).isWhole).toBe(true);
  });
  test('what it finds in its environment, open, and around it', async () => {
    const text = 'env | grep -v "^TOLLGATE_MARK=\\|^_=" | sort; ls -l /proc/self/fd | wc -l; pwd; umask; ps -o pid= -o pgid= -o sid= -p $$ | { read p g s; [ $p = $g ] && [ $p = $s ] && echo leads; }; trap; ulimit -a; echo "$TOLLGATE_MARK" | wc -w';
    const given = { env: { X: 'a b', 'Y': '\n', TOLLGATE_MARK: 'outer' } };
    const [bare, watched] = [script(text, { ...given, isBare: true }), script(text, given)];
    await Promise.all([bare.ended, watched.ended]);
    await watched.read();
    expect(watched.output()).toBe(bare.output());
    expect(watched.output()).toContain('X=a b\n');
    expect(watched.output().trim().split('\n').at(-1)).toBe('2');
  });
  test('a program or a folder that is not there', async () => {
    for (const given of [{ file: 'no-such-program' }, { folder: join(workspace, 'nowhere') }, { env: { PATH: '/nowhere' } }]) {
      const [bare, watched] = [begin([], { ...given, isBare: true }), begin([], given)];
      expect(await endOf(watched)).toMatchObject({ kind: 'not-started', reason: (await endOf(bare) as { reason?: string }).reason });
      expect(await watched.read()).toMatchObject({ read: [], isWhole: true });
    }
  });
  test('one that is asked to end tidies up; one that will not is killed', async () => {
    // Until it is another program its copy of the shell would take the signal, and go on.
    const tidy = script('trap "cat in/last; exit 5" TERM; sleep 300 & until grep -qx sleep /proc/$!/comm; do :; done; echo ready; wait');
    write('last');
    await tidy.says('ready');
    await tidy.stop({ signal: 'SIGTERM', killAfterMs: 60_000 });
    expect(await tidy.ended).toMatchObject({ kind: 'exited', code: 5 });
    expect(namesOf(await tidy.read())).toEqual(['last']);
    const stubborn = script('trap "" TERM; echo ready; while true; do sleep 300; done');
    await stubborn.says('ready');
    await stubborn.stop({ signal: 'SIGTERM', killAfterMs: 100 });
    expect(await stubborn.ended).toMatchObject({ kind: 'signalled', signal: 'SIGKILL' });
    expect(await runner.findMarked(stubborn.command.mark)).toEqual([]);
    expect((await stubborn.read()).isWhole).toBe(true);
  });
  test('what it leaves running is not waited for, is found, and is alone', async () => {
    write('early');
    const watched = script('(cat in/early; echo on; exec sleep 300) > in/said 2>&1 & until grep -qx sleep /proc/$!/comm; do :; done; exit 3');
    expect(await watched.ended).toMatchObject({ kind: 'exited', code: 3 });
    expect(namesOf(await watched.read())).toEqual(['early']);
    expect((await runner.findMarked(watched.command.mark)).map(({ command }) => command)).toEqual(['sleep 300']);
    const ended = await runner.endMarked(watched.command.mark, { signal: 'SIGTERM', killAfterMs: 60_000 });
    expect(ended.map(({ command }) => command)).toEqual(['sleep 300']);
  });
});

describe('traces', () => {
  test('are gone once they are read or let go', async () => {
    await watch('true');
    if (opened.kind === 'missing') throw new Error(opened.message);
    const trace = opened.tracer.begin();
    const command = trace.watch({ file: 'sh', args: ['-c', ':'], env: { PATH }, folder: workspace, mark: nextMark() });
    await runner.start(command, () => undefined).ended;
    trace.discard();
    expect(readdirSync(join(stateFolder, 'traces')).flatMap((name) => readdirSync(join(stateFolder, 'traces', name)))).toEqual([]);
  });
  test('of runs that were killed are taken away by the next', () => {
    const left = join(stateFolder, 'traces', '.tollgate-tmp-00000000-1-00000000-0');
    mkdirSync(left);
    writeFileSync(join(left, '1'), 'x');
    utimesSync(left, 0, 0);
    const next = openStraceInputTracer({ platform: process.platform, env: { PATH }, workspace, stateFolder });
    expect([next.kind, existsSync(left)]).toEqual(['ready', false]);
    if (next.kind === 'ready') next.close();
    expect(readdirSync(join(stateFolder, 'traces'))).toHaveLength(1);
  });
  test('that break off are read as far as they go', async () => {
    const file = join(top, 'broken');
    writeFileSync(file, `7 openat(AT_FDCWD<${workspace}>, "a", O_RDONLY) = 3<${workspace}/a>\n7 openat(AT_FDCWD<`);
    const files = followFiles({ root: workspace, realPathOf: (path) => path, kindOf: () => 'file', isNew: () => false });
    expect(await followTraceFile(file, files.begin(workspace), 20)).toBe(false);
    expect(files.uses().read).toEqual([{ path: 'a' }]);
  });
  test('are read in pieces, wherever these end', async () => {
    const file = join(top, 'long');
    const names = Array.from({ length: 6000 }, (_, index) => `${index}${'x'.repeat(index % 97)}`);
    writeFileSync(file, [...names.map((name) => `7 openat(AT_FDCWD<${workspace}>, "${name}", O_RDONLY) = 3<${workspace}/${name}>\n`), '7 +++ exited with 0 +++\n'].join(''));
    const files = followFiles({ root: workspace, realPathOf: (path) => path, kindOf: () => 'file', isNew: () => false });
    expect(await followTraceFile(file, files.begin(workspace), 20)).toBe(true);
    expect(files.uses().read.map(({ path }) => path)).toEqual(names);
  });
});

describe('where it cannot be done', () => {
  const fake = (text: string): string => {
    const bin = mkdtempSync(join(top, 'bin-'));
    writeFileSync(join(bin, 'strace'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return bin;
  };
  test.each([
    ['on another system', { platform: 'darwin', path: PATH }, /for Linux, and this is darwin/u, /Linux container/u],
    ['without strace', { platform: 'linux', path: '/nowhere' }, /there is none on the PATH/u, /apt-get install strace/u],
    ['with a strace that may not', { platform: 'linux', path: () => `${fake('echo "strace: attach: ptrace(PTRACE_SEIZE, 7): Operation not permitted" >&2; exit 1')}:${PATH}` }, /may not watch processes here: .*Operation not permitted/u, /--cap-add SYS_PTRACE/u],
    ['with one that is too old', { platform: 'linux', path: () => `${fake('echo "strace: invalid option" >&2; exit 1')}:${PATH}` }, /does not do what is asked of it: strace: invalid option/u, /newer strace/u],
    ['with one that watches nothing', { platform: 'linux', path: () => `${fake('exit 7')}:${PATH}` }, /it ended with 7 and no trace/u, /newer strace/u],
  ])('%s, it is said what is missing and what to do', (_where, { platform, path }, message, hint) => {
    const state = join(top, 'other-state');
    const answer = openStraceInputTracer({ platform, env: { PATH: typeof path === 'string' ? path : path() }, workspace, stateFolder: state });
    if (answer.kind !== 'missing') throw new Error('there is one');
    expect(answer.message).toMatch(message);
    expect(answer.hint).toMatch(hint);
    expect(existsSync(join(state, 'traces')) ? readdirSync(join(state, 'traces')) : []).toEqual([]);
  });
  test('one that cannot leave calls alone is used all the same', async () => {
    const bin = mkdtempSync(join(top, 'bin-'));
    const real = PATH.split(':').map((folder) => join(folder, 'strace')).find((file) => existsSync(file)) ?? '';
    writeFileSync(join(bin, 'strace'), `#!/bin/sh\nfor each; do [ "$each" != --seccomp-bpf ] || exit 1; done\nexec ${real} "$@"\n`, { mode: 0o755 });
    const slow = openStraceInputTracer({ platform: 'linux', env: { PATH: `${bin}:${PATH}` }, workspace, stateFolder });
    if (slow.kind === 'missing') throw new Error(slow.message);
    write('a');
    const trace = slow.tracer.begin();
    await runner.start(trace.watch({ file: 'sh', args: ['-c', 'cat in/a'], env: { PATH }, folder: workspace, mark: nextMark() }), () => undefined).ended;
    expect(namesOf(await trace.read())).toEqual(['a']);
    slow.close();
  });
});

test('what came into being before a step began is not new, whatever was added to it since', () => {
  write('a');
  const { birthtimeMs } = statSync(join(workspace, 'in/a'));
  const path = join(workspace, 'in/a');
  expect([placeOfTrace(workspace, birthtimeMs).isNew(path), placeOfTrace(workspace, birthtimeMs + 1000).isNew(path), placeOfTrace(workspace, 0).isNew(`${path}/gone`)]).toEqual([true, false, true]);
});

test('paths really lie where links lead, as far as that is in the workspace', () => {
  if (opened.kind === 'missing') throw new Error(opened.message);
  mkdirSync(join(workspace, 'in/real'));
  symlinkSync('real', join(workspace, 'in/link'));
  symlinkSync('/etc', join(workspace, 'in/etc'));
  expect([...opened.tracer.realPathsOf(['in/link/a', 'in/b', 'in/etc/passwd'])]).toEqual(['in/real/a', 'in/b']);
});
