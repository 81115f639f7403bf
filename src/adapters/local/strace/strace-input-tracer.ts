import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { followFiles } from '../../../core/trace/follow-files.js';
import type { InputTrace, InputTracer } from '../../../ports/input-tracer.js';
import type { ProcessCommand } from '../../../ports/process-runner.js';
import { makeStateFolder } from '../run-folder/state-folder.js';
import { createTemporaryNames, isGone, makerOf } from '../store/temporary-names.js';
import { thisMachine } from '../this-machine.js';
import type { FoundStrace } from './find-strace.js';
import { findStrace } from './find-strace.js';
import { followTraceFile } from './follow-trace-file.js';
import { placeOfTrace } from './place-of-trace.js';
import type { StraceProgram } from './strace-arguments.js';
import { commandUnderStrace } from './strace-arguments.js';

export interface StraceTracerParts {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workspace: string;
  readonly stateFolder: string;
}

export type OpenedTracer = { readonly kind: 'ready'; readonly tracer: InputTracer; /** Nothing is watched any more. */ readonly close: () => void } | Extract<FoundStrace, { kind: 'missing' }>;

/** Watches commands with strace. What it writes lies in the state folder until it is read. */
export function openStraceInputTracer({ platform, env, workspace, stateFolder }: StraceTracerParts): OpenedTracer {
  const state = resolve(stateFolder);
  const folder = join(state, 'traces', createTemporaryNames().next());
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  const found = findStrace({ platform, env, makeFolder: () => makeTraceFolder(state, folder) });
  if (found.kind === 'missing') {
    close();
    return found;
  }
  let count = 0;
  return {
    kind: 'ready',
    tracer: {
      begin: () => beginTrace(found.program, { workspace, nextFile: () => join(folder, String(++count)) }),
      realPathsOf: (paths) => {
        const { root, realPathOf } = placeOfTrace(workspace, 0);
        return new Set(paths.map((path) => realPathOf(join(root, path))).flatMap((real) => (real.startsWith(`${root}/`) ? [real.slice(root.length + 1)] : [])));
      },
    },
    close,
  };
}

/** Nobody else may see which files a step reads. What runs that were killed have left is taken away. */
function makeTraceFolder(state: string, folder: string): string {
  makeStateFolder(state);
  const all = join(state, 'traces');
  mkdirSync(all, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(all)) {
    const maker = makerOf(name);
    if (maker === undefined || isGone(maker, Date.now() - statSync(join(all, name)).mtimeMs)) rmSync(join(all, name), { recursive: true, force: true });
  }
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** The commands of one step, one after the other. */
function beginTrace(program: StraceProgram, { workspace, nextFile }: { readonly workspace: string; readonly nextFile: () => string }): InputTrace {
  const watched: { readonly file: string; readonly folder: string }[] = [];
  const began = Date.now();
  const discard = (): void => {
    for (const { file } of watched.splice(0)) rmSync(file, { force: true });
  };
  return {
    watch: (command: ProcessCommand) => {
      // The system's own words for a command that is not there are better than those of strace.
      if (thisMachine.findProgram(command.file, command.env['PATH'] ?? '') === undefined) return command;
      const file = nextFile();
      watched.push({ file, folder: command.folder });
      return commandUnderStrace(program, command, file);
    },
    read: async () => {
      const files = followFiles(placeOfTrace(workspace, began));
      let isWhole = true;
      for (const { file, folder } of watched) if (!(await followTraceFile(file, files.begin(folder)))) isWhole = false;
      discard();
      return { ...files.uses(), isWhole };
    },
    discard,
  };
}
