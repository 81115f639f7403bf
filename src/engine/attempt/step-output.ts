import { cleanLine } from '../../core/output/clean-line.js';
import { keepTail } from '../../core/output/keep-tail.js';
import type { Redactor } from '../../core/redaction/redactor.js';
import type { LogWriter } from '../../ports/run-store.js';

/** The output of one attempt on its way: masked once, then to the log, to whoever watches, and its end kept. */
export interface StepOutputSink {
  readonly write: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  /** A line of our own. */
  readonly say: (line: string) => void;
  readonly close: () => void;
  /** The last 64 KiB of stdout, without the end of line. */
  readonly stdout: () => string;
  /** The last lines of both streams, for the message of a failure. */
  readonly tail: () => readonly string[];
  /** The last 64 KiB of both streams. */
  readonly said: () => string;
  /** Where its log lies; nothing where it said nothing. */
  readonly logPath: () => string | null;
}

export interface SinkParts {
  readonly redactor: Redactor;
  readonly openLog: () => LogWriter;
  readonly watch: (bytes: Uint8Array) => void;
}

const keptBytes = 64 * 1024;
const tailLines = 20;

export function openStepOutput({ redactor, openLog, watch }: SinkParts): StepOutputSink {
  const masks = { stdout: redactor.open(), stderr: redactor.open() };
  const stdout = keepTail(keptBytes);
  const both = keepTail(keptBytes);
  let log: LogWriter | undefined;
  const pass = (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    // Most steps say nothing: their log is not even opened.
    log ??= openLog();
    log.write(bytes);
    both.push(bytes);
    if (stream === 'stdout') stdout.push(bytes);
    watch(bytes);
  };
  return {
    write: (stream, bytes) => pass(stream, masks[stream].push(bytes)),
    say: (line) => pass('stderr', Buffer.from(redactor.text(`${line}\n`))),
    close: () => {
      for (const stream of ['stdout', 'stderr'] as const) pass(stream, masks[stream].end());
      log?.close();
    },
    stdout: () => stdout.text(),
    // Taking escape sequences away can join the halves of a secret: what is left is masked once more.
    tail: () => {
      const text = both.text().trimEnd();
      return text === '' ? [] : text.split(/\r?\n|\r/u).slice(-tailLines).map((line) => redactor.text(cleanLine(line, 'removed')));
    },
    said: both.text,
    logPath: () => log?.path ?? null,
  };
}
