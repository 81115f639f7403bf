import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKey } from '../../core/cache/make-key.js';
import type { KeySheet } from '../../core/cache/key-sheet.js';
import type { KeySheets, StepOfWorkflow } from '../../ports/key-sheets.js';
import { makeFolder, makeStateFolder } from './run-folder/state-folder.js';

/** So many keys of a step are told apart; older ones are nobody's nearest. */
const mostKept = 20;

/** `<state>/keys/<workflow>/<step>/<key>`: a file of JSON for each. */
export function openFolderKeySheets(stateFolder: string): KeySheets {
  const folderOf = ({ workflow, step }: StepOfWorkflow): string => join(stateFolder, 'keys', `w-${workflow}`, step);
  const read = (folder: string, key: string): KeySheet | undefined => {
    try {
      const sheet = JSON.parse(readFileSync(join(folder, key), 'utf8')) as KeySheet;
      return makeKey(sheet) === key ? sheet : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    read: (at, key) => read(folderOf(at), key),
    list: (at) => {
      const folder = folderOf(at);
      return newestFirst(folder).flatMap((key) => {
        const sheet = read(folder, key);
        return sheet === undefined ? [] : [{ key, sheet }];
      });
    },
    keep: (at, key, sheet) => {
      const folder = folderOf(at);
      try {
        makeStateFolder(stateFolder);
        makeFolder(folder);
        const fresh = join(folder, `.${key}.${process.pid}`);
        writeFileSync(fresh, JSON.stringify(sheet), { mode: 0o600 });
        renameSync(fresh, join(folder, key));
        for (const old of newestFirst(folder).slice(mostKept)) rmSync(join(folder, old), { force: true });
      } catch {
        // An explanation will know less; no result depends on it.
      }
    },
  };
}

function newestFirst(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
    if (names.length < 2) return names;
    return names.map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.at - a.at).map(({ name }) => name);
  } catch {
    return [];
  }
}
