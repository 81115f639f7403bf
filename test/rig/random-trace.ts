import fc from 'fast-check';
import type { TracedPlace } from '../../src/core/trace/follow-files.js';

/** A tree of processes that did something to files: how strace tells of it, and what is true. */
export interface RandomTrace {
  readonly lines: readonly string[];
  readonly place: TracedPlace;
  readonly read: readonly string[];
  readonly written: readonly string[];
  readonly listed: readonly string[];
  readonly absent: readonly string[];
}

const root = '/home/some one/w"1';
const folders = [root, `${root}/a`, `${root}/a/b c`, `${root}/n\nl`, '/tmp', '/'];

interface Process {
  readonly pid: number;
  readonly at: { folder: string };
  /** What is still to be told of a call that others have come in between; with that it has happened. */
  rest: { readonly text: string; readonly effect: () => void } | undefined;
  isOver: boolean;
}

type Act =
  | { readonly kind: 'read' | 'create' | 'append' | 'look' | 'remove' | 'execute'; readonly who: number; readonly file: number; readonly isRelative: boolean; readonly isSplit: boolean }
  | { readonly kind: 'rename'; readonly who: number; readonly file: number; readonly to: number }
  | { readonly kind: 'enter' | 'list'; readonly who: number; readonly folder: number; readonly isRelative: boolean }
  | { readonly kind: 'fork'; readonly who: number; readonly isShared: boolean; readonly isSplit: boolean }
  | { readonly kind: 'end' | 'goOn' | 'signal'; readonly who: number };

const who = fc.nat(30);
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('read', 'create', 'append', 'look', 'remove', 'execute'), who, file: fc.nat(20), isRelative: fc.boolean(), isSplit: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), who, file: fc.nat(20), to: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('enter', 'list'), who, folder: fc.nat(10), isRelative: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), who, isShared: fc.boolean(), isSplit: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('end', 'goOn', 'signal'), who }) },
);
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).map((text) => text.replaceAll(/[/\0]/gu, '>')).filter((text) => !['.', '..', 'a', 'b c', 'n\nl'].includes(text));
const file = fc.record({ folder: fc.nat(folders.length - 2), name, isThere: fc.boolean() });
const look = fc.record({ hex: fc.boolean(), folders: fc.boolean() });

export const randomTrace: fc.Arbitrary<RandomTrace> = fc.tuple(fc.uniqueArray(file, { minLength: 2, maxLength: 8, selector: (each) => each.name }), fc.array(acts, { maxLength: 40 }), look).map(([files, all, form]) => play(files, all, form));

function play(files: readonly { readonly folder: number; readonly name: string; readonly isThere: boolean }[], all: readonly Act[], form: { readonly hex: boolean; readonly folders: boolean }): RandomTrace {
  const paths = files.map((each) => `${folders[each.folder] ?? ''}/${each.name}`);
  const before = new Set(paths.filter((_, index) => files[index]?.isThere));
  const present = new Set(before);
  const made = new Set<string>();
  /** Taken away by itself: it may well look for it in vain. */
  const gone = new Set<string>();
  const truth = { read: new Set<string>(), written: new Set<string>(), listed: new Set<string>(), absent: new Set<string>() };
  const lines: string[] = [];
  const processes: Process[] = [{ pid: 100, at: { folder: root }, rest: undefined, isOver: false }];
  let nextPid = 101;

  const quote = (text: string): string => `"${encode(text, form.hex)}"`;
  const descriptor = (number: number | 'AT_FDCWD', path: string): string => (number === 'AT_FDCWD' && !form.folders ? number : `${number}<${encode(path, true)}>`);
  const isInside = (path: string): boolean => path.startsWith(`${root}/`);
  const note = (set: Set<string>, path: string): void => {
    if (isInside(path)) set.add(path.slice(root.length + 1));
  };
  const from = (folder: string, path: string, isRelative: boolean): string => (isRelative ? relative(folder, path) : path);
  const put = (process: Process, text: string): void => void lines.push(`${process.pid} ${' '.repeat(process.pid % 3)}${text}`);
  /** A call in one line, or its beginning with the rest to come. */
  const call = (process: Process, { said: [begun, rest], isSplit, effect }: { readonly said: readonly [string, string]; readonly isSplit: boolean; readonly effect: () => void }): void => {
    if (!isSplit) {
      effect();
      return put(process, begun + rest);
    }
    put(process, `${begun} <unfinished ...>`);
    process.rest = { text: `<... ${begun.slice(0, begun.indexOf('('))} resumed>${rest}`, effect };
  };
  const make = (path: string): void => {
    present.add(path);
    made.add(path);
    note(truth.written, path);
  };
  const use = (path: string): void => {
    if (!made.has(path)) note(truth.read, path);
  };
  const miss = (path: string): void => {
    if (!made.has(path) && !gone.has(path)) note(truth.absent, path);
  };

  const does = (process: Process, act: Act): void => {
    const { folder } = process.at;
    const cwd = descriptor('AT_FDCWD', folder);
    switch (act.kind) {
      case 'read':
      case 'create':
      case 'append':
      case 'look':
      case 'execute': {
        const path = paths[act.file % paths.length] ?? '';
        const asked = quote(from(folder, path, act.isRelative));
        const isThere = present.has(path);
        const failed = ' = -1 ENOENT (No such file or directory)';
        const { isSplit } = act;
        const reads = (): void => (isThere ? use(path) : miss(path));
        if (act.kind === 'look') {
          const said = act.isRelative ? ([`newfstatat(${cwd}, ${asked},`, ` {st_mode=S_IFREG|0644, ...}, 0)${isThere ? ' = 0' : failed}`] as const) : ([`stat(${asked},`, ` 0x7ffd)        ${isThere ? ' = 0' : failed}`] as const);
          return call(process, { said, isSplit, effect: () => (isThere ? undefined : miss(path)) });
        }
        if (act.kind === 'execute') return call(process, { said: [`execve(${asked}, ["x"..., "y,)"...], 0x55 /* 3 vars */`, `)${isThere ? ' = 0' : failed}`], isSplit, effect: reads });
        if (act.kind === 'read') return call(process, { said: [`openat(${cwd}, ${asked}, O_RDONLY|O_CLOEXEC`, `)${isThere ? ` = 3<${encode(path, true)}>` : failed}`], isSplit, effect: reads });
        const flags = act.kind === 'create' ? 'O_WRONLY|O_CREAT|O_TRUNC' : 'O_WRONLY|O_CREAT|O_APPEND';
        return call(process, { said: [`open(${asked}, ${flags}, 0666`, `) = 4<${encode(path, true)}>`], isSplit, effect: () => (act.kind === 'create' || !present.has(path) ? make(path) : note(truth.written, path)) });
      }
      case 'remove': {
        const path = paths[act.file % paths.length] ?? '';
        if (!present.delete(path)) return put(process, `unlink(${quote(path)}) = -1 ENOENT (No such file or directory)`);
        made.delete(path);
        gone.add(path);
        note(truth.written, path);
        return put(process, `unlinkat(${cwd}, ${quote(from(folder, path, act.isRelative))}, 0) = 0`);
      }
      case 'rename': {
        const [source = '', target = ''] = [paths[act.file % paths.length], paths[act.to % paths.length]];
        if (source === target || !present.delete(source)) return;
        use(source);
        made.delete(source);
        gone.add(source);
        note(truth.written, source);
        make(target);
        return put(process, `rename(${quote(source)}, ${quote(target)}) = 0`);
      }
      case 'enter': {
        const path = folders[act.folder % folders.length] ?? '';
        process.at.folder = path;
        return put(process, act.isRelative ? `chdir(${quote(from(folder, path, true))}) = 0` : `fchdir(5<${encode(path, true)}>) = 0`);
      }
      case 'list': {
        const path = folders[act.folder % folders.length] ?? '';
        if (path === root || isInside(path)) truth.listed.add(path.slice(root.length + 1));
        return put(process, `getdents64(3<${encode(path, true)}>, 0x55 /* 2 entries */, 32768) = 48`);
      }
      case 'fork': {
        const pid = nextPid++;
        processes.push({ pid, at: act.isShared ? process.at : { folder }, rest: undefined, isOver: false });
        return call(process, { said: [act.isShared ? 'clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, exit_signal=0} => {parent_tid=[9]}, 88' : 'clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD', `) = ${pid}`], isSplit: act.isSplit && processes.every(({ rest }) => rest?.text.includes('clone') !== true), effect: () => undefined });
      }
      case 'end': {
        if (processes.filter(({ isOver }) => !isOver).length === 1) return;
        process.isOver = true;
        return put(process, process.pid % 2 === 0 ? '+++ exited with 0 +++' : '+++ killed by SIGKILL (core dumped) +++');
      }
      case 'signal': return put(process, '--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=1} ---');
      case 'goOn':
    }
  };
  const goOn = (process: Process): void => {
    const { rest } = process;
    if (rest === undefined) return;
    put(process, rest.text);
    rest.effect();
    process.rest = undefined;
  };

  put(processes[0] ?? { pid: 100, at: { folder: root }, rest: undefined, isOver: false }, 'execve("/bin/sh", ["sh"...], 0x1 /* 1 var */) = 0');
  for (const act of all) {
    const alive = processes.filter(({ isOver }) => !isOver);
    const process = alive[act.who % alive.length];
    if (process === undefined) continue;
    goOn(process);
    does(process, act);
  }
  for (const process of processes) goOn(process);
  return {
    lines,
    place: {
      root,
      realPathOf: (path) => path,
      kindOf: (path) => (folders.includes(path) ? 'folder' : present.has(path) ? 'file' : 'missing'),
      isNew: (path) => !before.has(path),
    },
    read: [...truth.read],
    written: [...truth.written],
    listed: [...truth.listed],
    absent: [...truth.absent].filter((path) => !made.has(`${root}/${path}`)),
  };
}

function relative(folder: string, path: string): string {
  const [here, there] = [namesOf(folder), namesOf(path)];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/') || '.';
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((each) => each !== '');
}

/** As `-xx` does, or with the escapes of C. */
function encode(text: string, hex: boolean): string {
  return [...Buffer.from(text)].map((byte) => {
    if (hex) return `\\x${byte.toString(16).padStart(2, '0')}`;
    const letter = String.fromCharCode(byte);
    if (letter === '\n') return '\\n';
    if (letter === '"' || letter === '\\') return `\\${letter}`;
    return byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : letter;
  }).join('');
}
