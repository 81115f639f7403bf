import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ProcessCommand, ProcessEnd } from '../../../ports/process-runner.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { readErrorCode } from './error-code.js';

export type StartFailure = Extract<ProcessEnd, { readonly kind: 'not-started' }>;

/** The system says «no such file» of the program and of the folder alike; only after a failure is it worth a look which. */
export function describeStartFailure(error: unknown, { file, folder }: Pick<ProcessCommand, 'file' | 'folder'>): StartFailure {
  const code = readErrorCode(error);
  const fail = (reason: StartFailure['reason'], message: string): StartFailure => ({ kind: 'not-started', reason, message });
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EACCES': {
      const ofFolder = describeFolder(folder);
      if (ofFolder !== undefined) return fail('no-folder', ofFolder);
      if (code === 'EACCES') return fail('not-executable', `${file} may not be executed`);
      return fail('no-program', isThere(file, folder) ? `${file} is there, but not what its first line says it runs with` : `there is no program ${file}`);
    }
    case 'ENOEXEC': return fail('not-executable', `${file} is no program for this machine`);
    case 'E2BIG': return fail('too-long', `the arguments and the environment of ${file} are longer than the system takes`);
    case 'EMFILE':
    case 'ENFILE': return fail('other', describeFileProblem(error));
    case 'EAGAIN': return fail('other', 'no more processes may be started (ulimit -u)');
    default: return fail('other', String(error).replace(/^\w*Error(?: \[\w+\])?: /u, ''));
  }
}

function describeFolder(folder: string): string | undefined {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
  } catch {
    return `there is no folder ${folder}`;
  }
  try {
    accessSync(folder, constants.X_OK);
    return undefined;
  } catch {
    return `the folder ${folder} may not be entered`;
  }
}

/** A name without a slash was looked for on the PATH; it would have to be looked for again, so it is left at «no program». */
function isThere(file: string, folder: string): boolean {
  return file.includes('/') && existsSync(resolve(folder, file));
}
