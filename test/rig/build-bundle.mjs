// A bundle of the sources as they are, in a folder without node_modules.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The entry of the bundle that is given, by a word of the call or by TOLLGATE_BIN; of a fresh one below the folder else. */
export function buildBundle(folder, given = process.env['TOLLGATE_BIN']) {
  if (given !== undefined) return resolve(given);
  const out = join(folder, 'bundle');
  const { status } = spawnSync(process.execPath, [join(root, '.ci', 'build.mjs'), '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the bundle could not be built');
  return join(out, 'bin', 'tollgate.js');
}
