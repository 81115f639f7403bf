import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { thisMachine } from '../this-machine.js';
import type { StraceProgram } from './strace-arguments.js';
import { commandUnderStrace } from './strace-arguments.js';

export type FoundStrace = { readonly kind: 'found'; readonly program: StraceProgram } | { readonly kind: 'missing'; readonly message: string; readonly hint: string };

export interface StraceSearch {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes the folder that traces lie in; asked only where one can be made. */
  readonly makeFolder: () => string;
}

/** Finds strace and tries it, for in many a container it is there and may not watch. */
export function findStrace({ platform, env: { PATH = '' }, makeFolder }: StraceSearch): FoundStrace {
  if (platform !== 'linux') return missing(`it is done with strace, which is for Linux, and this is ${platform}`, 'Run it on Linux or in a Linux container; tollgate lint tells what can be told without a run');
  const [strace, env] = [thisMachine.findProgram('strace', PATH), thisMachine.findProgram('env', PATH)];
  if (strace === undefined) return missing('it is done with strace, and there is none on the PATH', 'Install it: apt-get install strace, dnf install strace, or apk add strace');
  if (env === undefined) return missing('there is no program env on the PATH', 'Install coreutils, or put its folder on the PATH');
  const folder = makeFolder();
  let words = '';
  for (const isSelective of [true, false]) {
    const program: StraceProgram = { strace, env, isSelective };
    const tried = tryStrace(program, { path: PATH, folder });
    if (tried === 'works') return { kind: 'found', program };
    words = tried;
  }
  if (/ptrace|not permitted/iu.test(words)) return missing(`strace may not watch processes here: ${words}`, 'In a container give it --cap-add SYS_PTRACE; elsewhere look at /proc/sys/kernel/yama/ptrace_scope, and do not watch what is watched already');
  return missing(`${strace} does not do what is asked of it: ${words}`, 'Install a newer strace: 5.4 or later');
}

function missing(why: string, hint: string): FoundStrace {
  return { kind: 'missing', message: `--trace-inputs cannot watch what steps read: ${why}`, hint };
}

/** As it will be used: a command has to end as it does by itself, and its end has to be in the trace. */
function tryStrace(program: StraceProgram, { path, folder }: { readonly path: string; readonly folder: string }): string {
  const traceFile = join(folder, `try-${process.pid}`);
  const { file, args, env } = commandUnderStrace(program, { file: 'sh', args: ['-c', 'exit 7'], env: { PATH: path }, folder, mark: 'try' }, traceFile);
  const { status, stderr, error } = spawnSync(file, args, { cwd: folder, env, encoding: 'utf8', timeout: 10_000 });
  try {
    if (status === 7 && /^\d+ +\+\+\+ exited with 7 \+\+\+$/mu.test(readFileSync(traceFile, 'latin1'))) return 'works';
  } catch {
    // It says itself why there is no trace.
  } finally {
    rmSync(traceFile, { force: true });
  }
  return (stderr || error?.message || `it ended with ${status ?? 'a signal'} and no trace`).trim().split('\n').at(-1) ?? '';
}
