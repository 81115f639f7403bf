import { closeSync, openSync, readFileSync, readSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { ToolMemory } from '../../ports/tool-memory.js';
import { makeFolder, makeStateFolder } from './run-folder/state-folder.js';
import { thisMachine } from './this-machine.js';

/** `<state>/index/tools/<digest of command and program>`: the answer, as long as the program is the very same file. */
export function openFolderToolMemory(stateFolder: string): ToolMemory {
  const fileOf = (command: string, path: string): string | undefined => {
    // A pipeline, a variable, a second command: who answers cannot be told from the first word.
    const [program] = /^[\w./+-]+(?= |$)/u.exec(command) ?? [];
    if (program === undefined || /[|&;<>$`(){}\n]/u.test(command)) return undefined;
    const identity = identify(thisMachine.findProgram(program, path));
    return identity === undefined ? undefined : digest(`${command}\n${identity}`);
  };
  return {
    recall: (command, path) => {
      const name = fileOf(command, path);
      try {
        return name === undefined ? undefined : unwrap(readFileSync(join(stateFolder, 'index', 'tools', name), 'utf8'));
      } catch {
        return undefined;
      }
    },
    keep: (command, path, answer) => {
      const name = fileOf(command, path);
      if (name === undefined) return;
      try {
        makeStateFolder(stateFolder);
        const folder = join(stateFolder, 'index', 'tools');
        makeFolder(folder);
        const fresh = join(folder, `.${name}.${process.pid}`);
        writeFileSync(fresh, `${digest(answer)}\n${answer}`, { mode: 0o600 });
        renameSync(fresh, join(folder, name));
      } catch {
        // It will be asked again.
      }
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Nothing where the file is not what was written. */
function unwrap(text: string): string | undefined {
  const answer = text.slice(65);
  return text.slice(0, 64) === digest(answer) ? answer : undefined;
}

/** A script or shim answers for others, which may have changed without it. */
function identify(program: string | undefined): string | undefined {
  if (program === undefined) return undefined;
  try {
    const real = realpathSync(program);
    const { size, mtimeMs, ctimeMs, ino } = statSync(real);
    return startsWithInterpreter(real) ? undefined : JSON.stringify([real, size, mtimeMs, ctimeMs, ino]);
  } catch {
    return undefined;
  }
}

function startsWithInterpreter(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const first = Buffer.alloc(2);
    readSync(file, first, 0, 2, 0);
    return first.toString('latin1') === '#!';
  } finally {
    closeSync(file);
  }
}
