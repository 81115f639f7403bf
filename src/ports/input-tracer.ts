import type { FileUses } from '../core/trace/file-uses.js';
import type { ProcessCommand } from './process-runner.js';

/** Watches which files the commands of a step use. */
export interface InputTracer {
  readonly begin: () => InputTrace;
  /** Where paths of the workspace really lie now, as far as that is in it. */
  readonly realPathsOf: (paths: readonly string[]) => ReadonlySet<string>;
}

export interface InputTrace {
  /** What to start in place of a command: it does and ends as the command would, and is watched with all that comes from it. */
  readonly watch: (command: ProcessCommand) => ProcessCommand;
  /** What the commands did, once they have ended; of what they left running, as far as it has come. */
  readonly read: () => Promise<TracedUses>;
  readonly discard: () => void;
}

export interface TracedUses extends FileUses {
  /** Nothing is missing at the end. */
  readonly isWhole: boolean;
}
