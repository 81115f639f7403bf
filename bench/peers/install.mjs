import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const peersFolder = fileURLToPath(new URL('.', import.meta.url));
const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

/** Whether every peer is there in the version that is pinned. */
export function arePeersInstalled() {
  const { dependencies } = readPackage('package.json');
  return Object.entries(dependencies).every(([name, version]) => readPackage('node_modules', name, 'package.json')?.version === version);
}

/**
 * Installs what package.json pins and the lockfile holds, with the caller's own settings of npm. Not `npm ci`, which wants the
 * binaries of every other system in the lockfile too.
 */
export function installPeers() {
  console.error('installing the peers that bench/peers/package.json pins');
  const { status } = spawnSync('npm', install, { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0 || !arePeersInstalled()) throw new Error(`the peers could not be installed, so there is nothing to compare with: see what \`npm ${install.join(' ')}\` says in bench/peers`);
}

function readPackage(...path) {
  try {
    return JSON.parse(readFileSync(join(peersFolder, ...path), 'utf8'));
  } catch {
    return undefined;
  }
}
