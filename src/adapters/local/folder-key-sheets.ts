import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKey } from '../../core/cache/make-key.js';
import type { KeySheet } from '../../core/cache/key-sheet.js';
import type { KeySheets, StepOfWorkflow } from '../../ports/key-sheets.js';
import { makeFolder, makeStateFolder } from './run-folder/state-folder.js';

/** So many keys of a step are told apart; older ones are nobody's nearest. */
const mostKept = 20;
/** From then on a file is written anew with what is still wanted of it. */
const roomyBytes = 1024 * 1024;

interface NamedSheet {
  readonly key: string;
  readonly sheet: KeySheet;
}

/** `<state>/keys/<workflow>/<step>`: a line of JSON for each sheet, the newest last. */
export function openFolderKeySheets(stateFolder: string): KeySheets {
  const made = new Set<string>();
  const folderOf = (workflow: string): string => join(stateFolder, 'keys', `w-${workflow}`);
  const fileOf = ({ workflow, step }: StepOfWorkflow): string => join(folderOf(workflow), step);
  const makeRoom = (workflow: string): void => {
    if (made.has(workflow)) return;
    makeStateFolder(stateFolder);
    makeFolder(folderOf(workflow));
    made.add(workflow);
  };
  return {
    read: (at, key) => readSheets(fileOf(at)).find((each) => each.key === key)?.sheet,
    list: (at) => readSheets(fileOf(at)),
    keep: (at, key, sheet) => {
      const file = fileOf(at);
      try {
        makeRoom(at.workflow);
        appendFileSync(file, writeLine({ key, sheet }), { mode: 0o600 });
        if (statSync(file).size > roomyBytes) shrink(file);
      } catch {
        // An explanation will know less; no result depends on it.
      }
    },
  };
}

function writeLine({ sheet }: NamedSheet): string {
  return `${JSON.stringify(sheet)}\n`;
}

/** The newest first, each once; a line that is damaged or was written in part makes another key, or is no sheet. */
function readSheets(file: string): readonly NamedSheet[] {
  const found = new Map<string, NamedSheet>();
  for (const line of readLines(file).reverse()) {
    const sheet = parseSheet(line);
    const key = sheet === undefined ? undefined : makeKey(sheet);
    if (sheet !== undefined && key !== undefined && !found.has(key)) found.set(key, { key, sheet });
    if (found.size === mostKept) break;
  }
  return [...found.values()];
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function parseSheet(line: string): KeySheet | undefined {
  try {
    const sheet = JSON.parse(line) as KeySheet | null;
    const isWhole = sheet !== null && Array.isArray(sheet.files) && [sheet.definition, sheet.env, sheet.tools, sheet.upstream, sheet.machine].every((part) => typeof part === 'object');
    return isWhole ? sheet : undefined;
  } catch {
    return undefined;
  }
}

/** Large sheets leave room for a few. */
function shrink(file: string): void {
  const kept: string[] = [];
  let bytes = 0;
  for (const each of readSheets(file)) {
    const line = writeLine(each);
    bytes += line.length;
    if (kept.length >= 2 && bytes > roomyBytes / 2) break;
    kept.unshift(line);
  }
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, kept.join(''), { mode: 0o600 });
  renameSync(fresh, file);
}
