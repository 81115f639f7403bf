import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalReading } from '../../../core/journal/join-epochs.js';
import type { Lease } from '../../../ports/lease.js';
import type { LogWriter, RunStore } from '../../../ports/run-store.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { openEpoch } from './journal/open-epoch.js';
import type { Journal } from './journal/open-journal.js';
import { removeQuietly } from '../store/remove-quietly.js';
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
  /** Closes the journal, all of it on the disk, and leaves the result beside it. */
  readonly finish: (summary: string) => void;
  /** Closes the journal of a run that somebody else goes on with. */
  readonly leave: () => void;
}

export interface RunFolderWish {
  readonly tollgateVersion: string;
  /** The right to write it; without one, whoever opens the next epoch of the journal has it from then on. */
  readonly lease?: Pick<Lease, 'epoch' | 'isHeld' | 'successor'> | undefined;
  /** What the journal said when the run was taken up again, after the lease was claimed. */
  readonly past?: JournalReading;
}

/** `<state>/runs/<id>/`: the journal, a log for each step, and what steps write. A full disk never fails a step. */
export function openRunFolder(stateFolder: string, runId: string, wish: RunFolderWish): RunFolder {
  const path = join(stateFolder, 'runs', runId);
  const problems = new Set<string>();
  const attempt = <T>(what: string, write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      problems.add(`${what}: ${describeFileProblem(error)}`);
      return undefined;
    }
  };
  /** A run that never begins leaves nothing behind. */
  let opened: Journal | undefined;
  let refusal: string | undefined;
  const open = (): Journal | undefined => {
    if (opened !== undefined || refusal !== undefined) return opened;
    try {
      makeStateFolder(stateFolder);
      for (const part of ['logs', 'steps', 'journal']) makeFolder(join(path, part));
      const opening = openEpoch({ stateFolder, runId }, wish);
      if (opening.kind === 'opened') opened = opening.journal;
      else refusal = opening.reason;
    } catch (error) {
      refusal = describeFileProblem(error);
    }
    return opened;
  };
  const close = (): void => {
    const problem = opened?.sync();
    if (problem !== undefined) problems.add(`the journal of the run cannot be written: ${path}: ${problem}`);
    opened?.close();
    refusal ??= 'it is closed';
    opened = undefined;
  };
  const logs = new Map<string, string>();
  const notes: { step: string; markdown: string }[] = [];

  const noLogs = `logs cannot be written to ${join(path, 'logs')}`;
  const openLog = (name: string): LogWriter => {
    const file = join(path, 'logs', `${name}.log`);
    const descriptor = attempt(noLogs, () => openSync(file, 'a', 0o600));
    if (descriptor === undefined) return { path: null, write: () => undefined, close: () => undefined };
    logs.set(name, file);
    let isBroken = false;
    return {
      path: file,
      write: (bytes) => {
        if (isBroken) return;
        isBroken = attempt(noLogs, () => writeWhole(descriptor, bytes)) === undefined;
      },
      close: () => closeSync(descriptor),
    };
  };

  return {
    path,
    begin: () => (open() === undefined ? refusal : undefined),
    openLog,
    append: (event, given) => {
      const outcome = open()?.append(event, given) ?? { kind: 'failed', reason: refusal ?? '' };
      if (outcome.kind !== 'failed') return outcome;
      const reason = `${path}: ${outcome.reason}`;
      problems.add(`the journal of the run cannot be written: ${reason}`);
      return { kind: 'failed', reason };
    },
    filesFor: (name) => ({ output: join(path, 'steps', `${name}.outputs`), summary: join(path, 'steps', `${name}.md`) }),
    read: (file) => {
      // Most steps write none: asking first costs less than an error that nobody reads.
      if (!existsSync(file)) return undefined;
      return attempt(`what a step wrote to ${file} cannot be read`, () => {
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
    leave: close,
    finish: (summary) => {
      close();
      const file = join(path, 'run.json');
      const fresh = `${file}.tmp`;
      const isWritten = attempt(`the result of the run cannot be written to ${file}`, () => {
        writeFileSync(fresh, summary, { mode: 0o600 });
        renameSync(fresh, file);
        return true;
      });
      if (isWritten !== true) removeQuietly(fresh);
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
