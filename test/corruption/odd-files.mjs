import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What somebody may put in the place of a file of the store. `outside` is a file that nobody may touch. */
export const oddFiles = {
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
  'a folder with files': (path) => {
    rmSync(path);
    mkdirSync(join(path, 'sub'), { recursive: true });
    writeFileSync(join(path, 'sub', 'x'), 'x');
  },
  'a pipe': (path) => {
    rmSync(path);
    execFileSync('mkfifo', [path]);
  },
  'a link to the outside': (path, outside) => {
    rmSync(path);
    symlinkSync(outside, path);
  },
  'a link to itself': (path) => {
    rmSync(path);
    symlinkSync(path, path);
  },
  'a link to a device': (path) => {
    rmSync(path);
    symlinkSync('/dev/zero', path);
  },
  'a link to the same content': (path) => {
    renameSync(path, `${path}0`);
    symlinkSync(`${path}0`, path);
  },
  'a hard link to the outside': (path, outside) => {
    rmSync(path);
    linkSync(outside, path);
  },
  'a setuid program of the same content': (path) => chmodSync(path, 0o4755),
};
