import { accessSync, constants, statSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from '../../ports/machine.js';

export const thisMachine: Machine = {
  findProgram: (name, path) => (name.includes('/') ? (isProgram(name) ? name : undefined) : path.split(':').filter((folder) => folder !== '').map((folder) => join(folder, name)).find(isProgram)),
  freeBytes: (folder) => {
    for (let at = folder; ; at = dirname(at)) {
      try {
        const { bavail, bsize } = statfsSync(at);
        return bavail * bsize;
      } catch {
        if (at === dirname(at)) return undefined;
      }
    }
  },
};

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
