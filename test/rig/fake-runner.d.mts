export interface RunnerLadder {
  readonly termAfterMs: number;
  readonly killAfterMs: number;
  readonly outputAfterMs: number;
}

export interface PlainCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface RunnerEnd<Command> {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: string;
  /** Somebody kept the output open after the end, and the runner has gone on without. */
  readonly outputHeld: boolean;
  readonly commands: readonly Command[];
  readonly msFromCancelToExit: number | undefined;
}

export interface RunningStep<Command> {
  readonly pid: number | undefined;
  readonly cancel: () => void;
  readonly says: (word: string) => Promise<void>;
  readonly ended: Promise<RunnerEnd<Command>>;
}

export interface RunnerCall<Command = PlainCommand> {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  readonly ladder?: RunnerLadder;
  readonly readCommands?: (output: string) => readonly Command[];
}

export declare const runnerLadder: RunnerLadder;
export declare function startAsRunner<Command = PlainCommand>(call: RunnerCall<Command>): RunningStep<Command>;
