import type { Redactor } from '../../core/redaction/create-redactor.js';
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
}

export interface SinkParts {
  readonly redactor: Redactor;
  readonly openLog: () => LogWriter;
  readonly watch: (bytes: Uint8Array) => void;
}

const keptStdout = 64 * 1024;
const keptTail = 16 * 1024;
const tailLines = 20;

export function openStepOutput({ redactor, openLog, watch }: SinkParts): StepOutputSink {
  const masks = { stdout: redactor.open(), stderr: redactor.open() };
  const stdout = createTail(keptStdout);
  const both = createTail(keptTail);
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
    stdout: () => stdout.text().replace(/(?:\r?\n)+$/u, ''),
    tail: () => both.text().replace(/\s+$/u, '').split(/\r?\n|\r/u).slice(-tailLines),
  };
}

interface Tail {
  readonly push: (bytes: Uint8Array) => void;
  readonly text: () => string;
}

/** The last bytes of a stream: pieces are dropped from the front, so that a byte is copied at most once. */
function createTail(most: number): Tail {
  const pieces: Uint8Array[] = [];
  let held = 0;
  return {
    push: (bytes) => {
      pieces.push(Buffer.from(bytes.subarray(Math.max(0, bytes.length - most))));
      held += Math.min(bytes.length, most);
      for (let first = pieces[0]; first !== undefined && held - first.length >= most; first = pieces[0]) {
        held -= first.length;
        pieces.shift();
      }
    },
    text: () => {
      const all = Buffer.concat(pieces);
      const last = all.subarray(Math.max(0, all.length - most));
      // A character that was cut in half is left out.
      let from = 0;
      if (last.length < all.length) while (from < 3 && ((last[from] ?? 0) & 0xc0) === 0x80) from += 1;
      return new TextDecoder().decode(last.subarray(from));
    },
  };
}
