import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const peersFolder = fileURLToPath(new URL('.', import.meta.url));

/** Whether every peer is there in the version that is pinned. */
export function arePeersInstalled() {
  const { dependencies } = readPackage('package.json');
  return Object.entries(dependencies).every(([name, version]) => readPackage('node_modules', name, 'package.json')?.version === version);
}

/** Installs exactly what the lockfile names, with the caller's own settings of npm. */
export function installPeers() {
  console.error('installing the peers of bench/peers/package-lock.json');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0 || !arePeersInstalled()) throw new Error('the peers could not be installed, so there is nothing to compare with: run `npm ci` in bench/peers and see what it says');
}

function readPackage(...path) {
  try {
    return JSON.parse(readFileSync(join(peersFolder, ...path), 'utf8'));
  } catch {
    return undefined;
  }
}
