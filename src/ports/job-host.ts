/** The runner that a job's step was started by: what it gives, and what it is told. */
export interface JobHost {
  /** The value of an input, trimmed; empty where none was given. */
  readonly input: (name: string) => string;
  readonly setOutput: (name: string, value: string) => void;
  /** Kept for the step's own later process. */
  readonly saveState: (name: string, value: string) => void;
  readonly readState: (name: string) => string;
  /** From now on this text is hidden in every log of the job. */
  readonly mask: (text: string) => void;
  /** Markdown for the page of the job; false when the runner takes none. */
  readonly appendSummary: (markdown: string) => Promise<boolean>;
  /** Somebody wants to see everything. */
  readonly isDebug: () => boolean;
  readonly print: (text: string) => void;
}
