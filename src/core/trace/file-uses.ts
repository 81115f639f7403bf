/** What a command and all that came from it did to the files of a workspace. Paths go from its root on. */
export interface FileUses {
  /** What it read and had not made itself, in the order in which it did. */
  readonly read: readonly FileRead[];
  /** What it wrote, made or moved. */
  readonly written: ReadonlySet<string>;
  /** Folders whose names it asked for. */
  readonly listed: readonly string[];
  /** What it looked for in vain: of a folder that is not there, the folder. */
  readonly absent: readonly string[];
}

export interface FileRead {
  /** Where it really lies; absolute where a link of the workspace leads out of it. */
  readonly path: string;
  /** The path that it was asked for by, where a link lies on it. */
  readonly via?: string;
}
