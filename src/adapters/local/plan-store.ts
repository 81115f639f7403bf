import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder, makeStateFolder } from './run-folder/state-folder.js';
import { readBytes } from './store/read-bytes.js';
import { removeQuietly } from './store/remove-quietly.js';

/** Checked workflows by the digest of their text, so that an unchanged one is not read and checked again. */
export interface PlanStore {
  /** Nothing where there is none, or where it is damaged. */
  readonly read: (key: string) => unknown;
  /** A fault of it changes nothing: the next run checks again. */
  readonly write: (key: string, value: unknown) => void;
}

const digestLength = 32;
/** A folder of workflows that are edited all day stays small. */
const mostKept = 64;
const mostBytes = 256 * 1024 * 1024;

export function openPlanStore(stateFolder: string): PlanStore {
  const folder = join(stateFolder, 'plans');
  return {
    read: (key) => {
      const found = readBytes(join(folder, key), mostBytes);
      if (found.kind !== 'read') return undefined;
      // A copy: what is read next comes to the same memory.
      const content = Buffer.from(found.bytes.subarray(digestLength));
      try {
        return digestOf(key, content).equals(found.bytes.subarray(0, digestLength)) ? (deserialize(content) as unknown) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (key, value) => {
      const path = join(folder, key);
      const fresh = `${path}.${process.pid}`;
      try {
        makeStateFolder(stateFolder);
        makeFolder(folder);
        const content = serialize(value);
        writeFileSync(fresh, Buffer.concat([digestOf(key, content), content]), { mode: 0o600 });
        renameSync(fresh, path);
        removeOldest(folder);
      } catch {
        // Without it the next run only takes longer; a folder of that name would make it so for ever.
        for (const each of [fresh, path]) removeQuietly(each);
      }
    },
  };
}

/** With the key: what lies under the name of another is none of it. */
function digestOf(key: string, bytes: Uint8Array): Buffer {
  return createHash('sha256').update(`${key}\n`).update(bytes).digest();
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= mostKept) return;
  const byAge = names.map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => a.at - b.at);
  for (const { path } of byAge.slice(0, names.length - mostKept)) rmSync(path, { force: true });
}
