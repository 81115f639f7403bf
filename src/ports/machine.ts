/** What of the machine has to be there before a run. */
export interface Machine {
  /** The file that a command's name leads to on this PATH; nothing where there is none. */
  readonly findProgram: (name: string, path: string) => string | undefined;
  /** Bytes that may still be written to the disk of a folder; nothing where that cannot be told. */
  readonly freeBytes: (folder: string) => number | undefined;
}
