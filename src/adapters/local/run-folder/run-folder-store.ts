import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogWriter, RunStore } from '../../../ports/run-store.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { makeFolder, makeStateFolder } from './state-folder.js';

export interface RunFolder extends RunStore {
  readonly path: string;
  /** Makes it; answers why that cannot be. */
  readonly begin: () => string | undefined;
  /** The log of a step or cell, from the workspace; nothing where it said nothing. */
  readonly logOf: (name: string) => string | null;
  readonly notes: () => readonly { readonly step: string; readonly markdown: string }[];
  /** What could not be written, once for each cause. */
  readonly problems: () => readonly string[];
  readonly finish: (summary: string) => void;
}

/** `<state>/runs/<id>/`: events as lines of JSON, a log for each step, and what steps write. A full disk never fails a step. */
export function openRunFolder(stateFolder: string, runId: string): RunFolder {
  const path = join(stateFolder, 'runs', runId);
  const problems = new Set<string>();
  const attempt = <T>(what: string, write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      problems.add(`${what}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
      return undefined;
    }
  };
  /** A run that never begins leaves nothing behind. */
  let opened: number | undefined;
  const openEvents = (): number => {
    if (opened !== undefined) return opened;
    makeStateFolder(stateFolder);
    for (const part of ['logs', 'steps']) makeFolder(join(path, part));
    return (opened = openSync(join(path, 'events.ndjson'), 'a', 0o600));
  };
  const logs = new Map<string, string>();
  const notes: { step: string; markdown: string }[] = [];

  const openLog = (name: string): LogWriter => {
    const file = join(path, 'logs', `${name}.log`);
    const descriptor = attempt('a log cannot be written', () => openSync(file, 'a', 0o600));
    if (descriptor === undefined) return { write: () => undefined, close: () => undefined };
    logs.set(name, file);
    let isBroken = false;
    return {
      write: (bytes) => {
        if (isBroken) return;
        isBroken = attempt('a log cannot be written', () => writeWhole(descriptor, bytes)) === undefined;
      },
      close: () => closeSync(descriptor),
    };
  };

  return {
    path,
    begin: () => {
      try {
        openEvents();
        return undefined;
      } catch (error) {
        return describeFileProblem(error);
      }
    },
    openLog,
    append: (event) => void attempt('the events of the run cannot be written', () => writeWhole(openEvents(), Buffer.from(`${JSON.stringify(event)}\n`))),
    filesFor: (name) => ({ output: join(path, 'steps', `${name}.outputs`), summary: join(path, 'steps', `${name}.md`) }),
    read: (file) => {
      // Most steps write none: asking first costs less than an error that nobody reads.
      if (!existsSync(file)) return undefined;
      return attempt('what a step wrote cannot be read', () => {
        const text = readFileSync(file, 'utf8');
        // Steps write secrets as they are: what was taken in, masked, is all that stays.
        rmSync(file, { force: true });
        return text;
      });
    },
    keepNote: (step, markdown) => void notes.push({ step, markdown }),
    logOf: (name) => logs.get(name) ?? earlierLog(join(path, 'logs', `${name}.log`)),
    notes: () => notes,
    problems: () => [...problems],
    finish: (summary) => {
      attempt('the result of the run cannot be written', () => writeFileSync(join(path, 'run.json'), summary, { mode: 0o600 }));
      if (opened !== undefined) closeSync(opened);
      opened = undefined;
    },
  };
}

/** True when all of it was written. */
function writeWhole(descriptor: number, bytes: Uint8Array): true {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  return true;
}

/** Of a run that another process began. */
function earlierLog(file: string): string | null {
  return existsSync(file) ? file : null;
}
