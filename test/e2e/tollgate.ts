import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bundle under test: the one that was built just now. */
export const bin = process.env['TOLLGATE_BIN'] ?? join(process.cwd(), 'bin', 'tollgate.js');
if (!existsSync(bin)) throw new Error(`there is no ${bin}: npm run test:e2e builds one`);

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One call, as a person would make it, in a folder of its own. */
export function tollgate(args: readonly string[], options: { readonly folder: string; readonly env?: Readonly<Record<string, string>>; readonly node?: readonly string[] }): Ended {
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(options.node ?? []), bin, ...args], {
    cwd: options.folder,
    encoding: 'utf8',
    env: { PATH, HOME, ...options.env },
    input: '',
  });
  return { code: status, out: stdout, err: stderr };
}

/** A folder that is gone afterwards. */
export function scratchFolder(files: Readonly<Record<string, string>> = {}): { readonly path: string; readonly [Symbol.dispose]: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tollgate-e2e-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
