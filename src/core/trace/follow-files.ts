import { absolutePath, goesBack } from './absolute-path.js';
import type { FileRead, FileUses } from './file-uses.js';
import type { FollowedProcesses, WorkingFolder } from './follow-processes.js';
import { followProcesses } from './follow-processes.js';
import type { TracedCall } from './read-call.js';
import { readDescriptor, readText } from './read-call.js';

/** What a trace alone does not tell of the files that it names, by absolute paths. */
export interface TracedPlace {
  /** The workspace, without links. */
  readonly root: string;
  /** Where a path leads by the links on its way; what is not there keeps its name. */
  readonly realPathOf: (path: string) => string;
  /** A link is no folder. */
  readonly kindOf: (path: string) => 'file' | 'folder' | 'missing';
  /** Whether it came into being while it was watched. */
  readonly isNew: (path: string) => boolean;
}

/** The files that one step used, over all commands that it ran. */
export interface FollowedFiles {
  /** The next command, which begins in a folder. */
  readonly begin: (folder: string) => FollowedProcesses;
  readonly uses: () => FileUses;
}

/** Which arguments name the descriptor that a path counts from and the path: none counts from the folder of the process. */
type Naming = readonly [descriptor: number | undefined, path: number];

const plain: Naming = [undefined, 0];
const at: Naming = [0, 1];
const opening: Readonly<Record<string, { readonly path: Naming; readonly flags?: number }>> = { open: { path: plain, flags: 1 }, openat: { path: at, flags: 2 }, openat2: { path: at, flags: 2 }, creat: { path: plain } };
const executing: Readonly<Record<string, Naming>> = { execve: plain, execveat: at };
const reading: Readonly<Record<string, Naming>> = { readlink: plain, readlinkat: at };
const looking: Readonly<Record<string, Naming>> = { stat: plain, stat64: plain, lstat: plain, lstat64: plain, access: plain, newfstatat: at, fstatat64: at, statx: at, faccessat: at, faccessat2: at };
const moving: Readonly<Record<string, readonly [from: Naming, to: Naming]>> = { rename: [plain, [undefined, 1]], renameat: [at, [2, 3]], renameat2: [at, [2, 3]], link: [plain, [undefined, 1]], linkat: [at, [2, 3]] };
const making: Readonly<Record<string, Naming>> = { mkdir: plain, mkdirat: at, symlink: [undefined, 1], symlinkat: [1, 2] };
const removing: Readonly<Record<string, Naming>> = { unlink: plain, unlinkat: at, rmdir: plain };
const notThere: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

/** The calls that have to be in a trace for all of this to be seen. */
export const tracedCalls: readonly string[] = [
  ...[opening, executing, reading, looking, moving, making, removing].flatMap((calls) => Object.keys(calls)),
  'chdir', 'fchdir', 'getdents', 'getdents64', 'clone', 'clone3', 'fork', 'vfork',
];

/** Reads out of traces what was read, listed and looked for. What the step itself has made does not count. */
export function followFiles(place: TracedPlace): FollowedFiles {
  const read = new Map<string, FileRead>();
  const made = new Set<string>();
  const written = new Set<string>();
  const listed = new Set<string>();
  const looked = new Set<string>();
  /** By what was last heard of it. */
  const absent = new Set<string>();

  const isInside = (path: string): boolean => path.startsWith(`${place.root}/`) || path === place.root;
  const relative = (path: string): string => (isInside(path) ? path.slice(place.root.length + 1) : path);
  /** With all that lies in a folder that was made. */
  const isMade = (path: string): boolean => {
    for (let each = path; each.length > place.root.length; each = parentOf(each)) if (made.has(each)) return true;
    return false;
  };
  const ask = ({ args }: TracedCall, [descriptor, path]: Naming, working: WorkingFolder): { readonly asked: string; readonly isStraight: boolean } | undefined => {
    const text = readText(args[path]);
    const folder = descriptor === undefined || text?.startsWith('/') === true ? working.path : (readDescriptor(args[descriptor]) ?? (args[descriptor]?.startsWith('AT_FDCWD') === true ? working.path : undefined));
    return text === undefined || folder === undefined ? undefined : { asked: absolutePath(folder, text), isStraight: !goesBack(text) };
  };
  /** What a call names itself, be it a link: only the links to folders on its way are followed. */
  const nameOf = (call: TracedCall, naming: Naming, working: WorkingFolder): string | undefined => {
    const asked = ask(call, naming, working)?.asked;
    return asked === undefined ? undefined : absolutePath(place.realPathOf(parentOf(asked)), asked.slice(asked.lastIndexOf('/') + 1));
  };

  const noteRead = (path: string, asked: { readonly asked: string; readonly isStraight: boolean } | undefined): void => {
    const via = asked?.isStraight === true && asked.asked !== path && isInside(asked.asked) && !isMade(asked.asked) ? asked.asked : undefined;
    if (via === undefined && (!isInside(path) || isMade(path))) return;
    const name = via ?? path;
    if (!read.has(name)) read.set(name, { path: relative(path), ...(via === undefined ? {} : { via: relative(via) }) });
  };
  const noteMade = (path: string | undefined): void => {
    if (path === undefined) return;
    absent.delete(path);
    if (!isInside(path)) return;
    made.add(path);
    written.add(path);
  };
  const noteAbsent = (path: string | undefined): void => {
    if (path === undefined || !isInside(path)) return;
    if (!absent.has(path) && !isMade(path)) looked.add(path);
    absent.add(path);
  };

  const open = (call: TracedCall, working: WorkingFolder): void => {
    const { path: naming, flags: index } = opening[call.name] ?? { path: plain };
    const flags = index === undefined ? 'O_WRONLY|O_CREAT|O_TRUNC' : (call.args[index] ?? '');
    const has = (flag: string): boolean => new RegExp(`\\b${flag}\\b`, 'u').test(flags);
    const asked = ask(call, naming, working);
    if (call.result.value === -1) return notThere.has(call.result.error) && !has('O_CREAT') ? noteAbsent(asked?.asked) : undefined;
    const path = call.result.path ?? (asked === undefined ? undefined : place.realPathOf(asked.asked));
    if (call.result.value === undefined || path?.startsWith('/') !== true || call.result.isGone || has('O_PATH') || has('O_TMPFILE')) return;
    const isWriting = has('O_WRONLY') || has('O_RDWR');
    const wasAbsent = absent.has(path) || (asked !== undefined && absent.has(asked.asked));
    if (has('O_TRUNC') || has('O_EXCL') || (has('O_CREAT') && (wasAbsent || (isInside(path) && !isMade(path) && !read.has(path) && place.isNew(path))))) noteMade(path);
    else if (isWriting && isInside(path)) written.add(path);
    if (!has('O_WRONLY') && !has('O_DIRECTORY')) noteRead(path, asked);
  };

  const move = (call: TracedCall, [from, to]: readonly [Naming, Naming], working: WorkingFolder): void => {
    const source = nameOf(call, from, working);
    const target = nameOf(call, to, working);
    if (source === undefined) return;
    if (isInside(source) && !isMade(source)) noteRead(source, undefined);
    if (call.name.startsWith('rename') && !/RENAME_EXCHANGE/u.test(call.args.at(-1) ?? '')) {
      made.delete(source);
      absent.add(source);
      if (isInside(source)) written.add(source);
    }
    noteMade(target);
  };

  const onCall = (call: TracedCall, working: WorkingFolder): void => {
    const { name, args, result } = call;
    if (name in opening) return open(call, working);
    const naming = executing[name] ?? reading[name] ?? looking[name] ?? (name === 'chdir' ? plain : undefined);
    if (result.value === -1) return naming !== undefined && notThere.has(result.error) ? noteAbsent(ask(call, naming, working)?.asked) : undefined;
    if (result.value === undefined || name in looking) return;
    const asked = naming === undefined ? undefined : ask(call, naming, working);
    if (name === 'chdir') working.change(asked === undefined ? working.path : place.realPathOf(asked.asked));
    else if (name === 'fchdir') working.change(readDescriptor(args[0]) ?? working.path);
    else if (name in executing && asked !== undefined) noteRead(place.realPathOf(asked.asked), asked);
    else if (name in reading) noteLink(nameOf(call, naming ?? plain, working));
    else if (name.startsWith('getdents')) noteListed(readDescriptor(args[0]));
    else if (moving[name] !== undefined) move(call, moving[name], working);
    else if (making[name] !== undefined) noteMade(nameOf(call, making[name], working));
    else if (removing[name] !== undefined) noteRemoved(nameOf(call, removing[name], working));
  };
  const noteLink = (path: string | undefined): void => {
    if (path !== undefined && isInside(path) && !isMade(path)) noteRead(path, undefined);
  };
  const noteListed = (path: string | undefined): void => {
    if (path !== undefined && isInside(path) && !isMade(path)) listed.add(path);
  };
  const noteRemoved = (path: string | undefined): void => {
    if (path === undefined || !isInside(path)) return;
    made.delete(path);
    written.add(path);
    absent.add(path);
  };

  /** Of what is not there, the first folder that is missing. */
  const topmostMissing = (path: string): string => {
    const parent = parentOf(path);
    return parent.length > place.root.length && place.kindOf(parent) === 'missing' ? topmostMissing(parent) : path;
  };

  return {
    begin: (folder) => followProcesses(place.realPathOf(folder), onCall),
    uses: () => ({
      read: [...read.values()].filter(({ path }) => place.kindOf(absolutePath(place.root, path)) !== 'folder'),
      written: new Set([...written].map(relative)),
      listed: [...listed].map(relative),
      absent: [...new Set([...looked].filter((path) => !isMade(path)).map(topmostMissing))].map(relative),
    }),
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}
