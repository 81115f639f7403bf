import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The peak of one run in MB, as the process itself reads it at its end. */
export function peakMegabytes(args, { folder, env }) {
  const [preload, file] = [join(folder, 'peak.cjs'), join(folder, 'peak')];
  writeFileSync(preload, `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`);
  spawnSync(process.execPath, ['--require', preload, ...args], { cwd: folder, env, stdio: 'ignore' });
  return Math.round(Number(readFileSync(file, 'utf8')) / 1024);
}
