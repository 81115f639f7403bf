/** What the journal asks of the file system; each throws as Node does. */
export interface JournalFiles {
  /** Makes the file whole, or throws `EEXIST` where there is one already. */
  readonly place: (path: string, bytes: Uint8Array) => void;
  /** Somebody has removed it, though it may still be open. */
  readonly isGone: (path: string) => boolean;
  readonly open: (path: string) => JournalFile;
  /** What a file holds, or what is named in a folder, outlives a loss of power. */
  readonly sync: (path: string) => void;
  readonly syncLater: (path: string) => Promise<void>;
  /** A wait that nobody waits for; what it answers takes it back. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A file that grows at its end. */
export interface JournalFile {
  /** Answers how many bytes it took. */
  readonly write: (bytes: Uint8Array) => number;
  readonly cut: (length: number) => void;
  readonly sync: () => void;
  readonly syncLater: () => Promise<void>;
  readonly close: () => void;
}
