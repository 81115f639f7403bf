import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callKilled, goOn, judge, openCase } from './play-chain.mjs';
import { digestOf } from './workloads.mjs';

/** All that changes a file system, and every opening. */
const calls = ['openat', 'write', 'writev', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'chmod', 'fchmod', 'utimensat', 'copy_file_range', 'sendfile', 'ioctl'];

/** One step whose outputs are kept or brought back, and one whose records are synced to the disk. */
const text = `name: calls
defaults: { shell: sh }
steps:
  - id: build
    command: |
      echo build >> ../ran.log
      mkdir -p out && cat source.txt > out/a.txt && cp out/a.txt out/b.txt && ln -sf a.txt out/link
      cp source.txt large.bin && truncate -s 1500000 large.bin
    inputs: [source.txt]
    outputs: { folder: out, large: large.bin }
    cache: true
  - { id: deploy, effects: once, command: echo deploy >> ../ran.log }
`;
export const callsWorkload = {
  text, steps: 2, once: /^deploy$/u,
  outputs: [['out/a.txt', 'source\n'], ['out/b.txt', 'source\n'], ['out/link', 'source\n'], ['large.bin', 'source\n'.padEnd(1_500_000, '\0')]].map(([path, content]) => [path, digestOf(content)]),
};

/** `suite` and `need`: who asks, and what for. */
export function requireStrace(suite, need) {
  if (spawnSync('strace', ['-V']).status === 0) return;
  throw new Error(`${suite}: strace is missing, and ${need} need it: apt-get install strace`);
}

/** Kills a run at each system call of a save, an append and a restore, and goes on with it. `share`: of how many of them one. */
export async function killAtEverySyscall({ bin, scratch, share, random, sideBySide, onKill }) {
  const templates = await prepareCalls(bin, scratch);
  const found = [];
  for (const [name, template] of Object.entries(templates)) found.push(...(await findAims(name, { bin, scratch, template })));
  const aims = found.filter(({ isReachable }) => isReachable).filter((_, index) => index % share === 0);
  const failures = [];
  const kills = {};
  let next = 0;
  await Promise.all(Array.from({ length: sideBySide }, async () => {
    for (let index = next++; index < aims.length && failures.length === 0; index = next++) {
      const aim = aims[index];
      const folder = join(scratch, `call-${index}`);
      const given = await openCase(folder, callsWorkload, templates[aim.template]);
      const end = await callKilled(given, { bin, args: ['run', 'workflow.yml'], before: traced(join(folder, 'trace'), `inject=${aim.call}:signal=SIGKILL:when=${aim.nth}`) });
      judge(given, end, { before: {}, args: ['run'] });
      if (end.killed) {
        kills[aim.part] = (kills[aim.part] ?? 0) + 1;
        onKill?.(aim);
      }
      await goOn(given, { bin, random });
      if (given.problems.length > 0) failures.push({ name: `${aim.part}: ${aim.line}`, folder, problems: given.problems });
      else await rm(folder, { recursive: true, force: true });
    }
  }));
  return { aimed: aims.length, hidden: found.filter(({ isReachable }) => !isReachable).length, kills, failures };
}

/** Nothing kept; and everything kept, with another result of the step in the way. */
export async function prepareCalls(bin, scratch) {
  const folder = join(scratch, 'calls');
  const given = await openCase(folder, callsWorkload);
  const source = join(given.work, 'source.txt');
  const run = async () => {
    const { code, out, err } = await callKilled(given, { bin, args: ['run', 'workflow.yml'] });
    if (code !== 0) throw new Error(`the workload does not run:\n${out}${err}`);
  };
  const clear = async (...paths) => {
    for (const path of ['ran.log', 'work/.tollgate/runs', ...paths]) await rm(join(folder, path), { recursive: true, force: true });
  };
  await run();
  await writeFile(source, 'other\n');
  await run();
  await writeFile(source, 'source\n');
  await clear();
  const kept = join(scratch, 'calls-kept');
  await cp(folder, kept, { recursive: true, verbatimSymlinks: true });
  await clear('work/out', 'work/large.bin', ...['store', 'index', 'keys', 'leases'].map((name) => `work/.tollgate/${name}`));
  return { empty: folder, kept };
}

/**
 * What a run does without being killed tells at which of its calls it can be killed: strace counts each kind of call for
 * each thread. One that another thread has counted before cannot be met.
 */
export async function findAims(template, { bin, scratch, template: folder }) {
  const given = await openCase(join(scratch, `aims-${template}`), callsWorkload, folder);
  const trace = join(given.folder, 'trace');
  const { code, out, err } = await callKilled(given, { bin, args: ['run', 'workflow.yml'], before: traced(trace) });
  if (code !== 0) throw new Error(`the traced workload does not run:\n${out}${err}`);
  const counts = new Map();
  const met = new Set();
  const isOfPart = followParts(template);
  return readFileSync(trace, 'utf8').split('\n').flatMap((line) => {
    const [, thread, call] = /^(\d+) +(\w+)\(/u.exec(line) ?? [];
    const part = isOfPart(line);
    if (call === undefined) return [];
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, nth);
    const isFirst = !met.has(`${call} ${nth}`);
    met.add(`${call} ${nth}`);
    return part === undefined || isWakeUp(line) ? [] : [{ template, part, call, nth, isReachable: isFirst, whole: line, line: line.slice(0, 160) }];
  });
}

/** Threads wake each other with a number or a star, and tell of signals: that changes nothing on the disk. */
export function isWakeUp(line) {
  return /"(?:\\1\\0\\0|\*", 1\))|write\(\d+, "[^"]*"\.*, 16\)/u.test(line);
}

/** In which part of the work a line of the trace stands. */
function followParts(template) {
  let part;
  let journal;
  return (line) => {
    if (template === 'empty' && part === undefined && /mkdir\(".*\/store"/u.test(line)) part = 'save';
    if (template === 'kept' && part === undefined && /-placing", O_WRONLY/u.test(line)) part = 'restore';
    const opened = /\/journal\/\d+\.ndjson", O_WRONLY\S* \d+\) = (\d+)/u.exec(line)?.[1];
    journal = opened ?? journal;
    const isJournal = line.includes('/journal') || (journal !== undefined && new RegExp(`(?:write|fdatasync|fsync|ftruncate)\\(${journal}[,)]`, 'u').test(line));
    const now = isJournal ? 'append' : part;
    // What a step or its result came to: the part is over.
    if (isJournal && part !== undefined && line.includes('write(')) part = 'over';
    return now === 'over' ? undefined : now;
  };
}

/** The command that traces those calls, and tampers with some of them. */
export function traced(file, inject) {
  return ['strace', '-f', '-qq', '-o', file, '-e', `trace=${calls.join(',')}`, ...(inject === undefined ? [] : ['-e', inject])];
}
