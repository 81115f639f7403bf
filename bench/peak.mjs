import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Arguments that make Node note its own peak at its end, and what it noted, in MB. */
export function watchNode(folder) {
  const [preload, file] = [join(folder, 'peak.cjs'), join(folder, 'peak')];
  writeFileSync(preload, `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`);
  return { args: ['--require', preload], read: () => readKilobytes(file) };
}

const time = '/usr/bin/time';

/** The same for any program, as the peak of the largest of its processes; without GNU time nothing is known. */
export function watchProgram(folder) {
  if (!existsSync(time)) return { args: [], read: () => undefined };
  const file = join(folder, 'peak');
  return { args: [time, '-q', '-f', '%M', '-o', file], read: () => readKilobytes(file) };
}

/** The peak of one run in MB, as the process itself reads it at its end. */
export function peakMegabytes(args, { folder, env }) {
  const watch = watchNode(folder);
  spawnSync(process.execPath, [...watch.args, ...args], { cwd: folder, env, stdio: 'ignore' });
  return watch.read();
}

function readKilobytes(file) {
  const megabytes = Math.round(Number(readFileSync(file, 'utf8')) / 1024);
  rmSync(file);
  return megabytes;
}
