/** The world as the command line sees it: read once in the entry, handed in by tests. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current folder. */
  readonly folder: string;
  /** The path of the script that was started. */
  readonly script: string;
  readonly out: Output;
  readonly err: Output;
}

export interface Output {
  readonly write: (text: string | Uint8Array) => void;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly rows?: number | undefined;
}
