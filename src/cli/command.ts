import type { OptionName, OptionValues } from './options.js';

/** 0 succeeded · 1 failed or NO-GO · 2 the workflow or the call is wrong · 3 a fault of our own · 4 paused. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130 | 143;

/** What a command needs of the terminal; a test hands in one that remembers. */
export interface Terminal {
  /** Results: text or JSON. */
  readonly out: (text: string) => void;
  /** The same, as bytes that nobody may change. */
  readonly outBytes: (bytes: Uint8Array) => void;
  /** Everything said to people beside the result. */
  readonly err: (text: string) => void;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Draws over what was drawn before; only where results go to a terminal that a person watches. */
  readonly draw?: (lines: readonly string[]) => void;
}

/** One call of the command line, with everything of the world that it may touch. */
export interface Call {
  readonly arguments: readonly string[];
  readonly options: OptionValues;
  readonly terminal: Terminal;
  /** How the user called us, for the commands that we print: `tollgate`, `npx tollgate`, `node bin/tollgate.js`. */
  readonly calledAs: string;
  /** The folder that relative paths of the call are meant from (`-C`, else the current one). */
  readonly folder: string;
  /** The root of the workspace: `-C`, else GITHUB_WORKSPACE, else the nearest folder upwards with .git, else the current one. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type RunCommand = (call: Call) => Promise<ExitCode> | ExitCode;

/** What stands behind a command's name: `<file or name>`, `[folder]`. */
export interface ArgumentSpec {
  readonly usage: string;
  readonly required: boolean;
  readonly many: boolean;
  /** How many words it may be, where `many` are too many. */
  readonly most?: number;
  /** `word`: the first is one of `words`. */
  readonly completes: 'workflow' | 'code' | 'shell' | 'command' | 'run' | 'word' | 'nothing';
  readonly words?: readonly string[];
}

/** A command as the table of commands knows it. */
export interface CommandSpec {
  readonly name: string;
  readonly group: 'start' | 'check' | 'look' | 'tool';
  readonly summary: string;
  /** What more there is to know, in a sentence or two. */
  readonly about?: string;
  readonly argument?: ArgumentSpec;
  /** Its own options; those of `everywhere` come on top. */
  readonly options: readonly OptionName[];
  /** Examples teach: a call, without `tollgate`, and what it is for. */
  readonly examples: readonly { readonly call: string; readonly says: string }[];
}
