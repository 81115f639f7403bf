import type { LineCap } from '../core/output/cap-lines.js';
import { createLineCap } from '../core/output/cap-lines.js';
import { describeLeftOut } from '../core/output/describe-left-out.js';
import { guardLine } from '../core/output/guard-line.js';
import type { LineSplitter } from '../core/output/split-lines.js';
import { createLineSplitter } from '../core/output/split-lines.js';
import type { LogSource } from '../core/report/run/progress-lines.js';
import { createLogWriter } from '../core/report/run/progress-lines.js';
import type { StepSummary } from '../core/report/run-summary.js';
import { labelOf } from '../core/report/summarize-run.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { RunState } from '../core/run/run-state.js';
import { cellKey } from '../core/run/run-state.js';
import type { RunReporter } from '../ports/run-reporter.js';

export interface LogLook {
  /** Groups that fold, and lines that can never be read as commands. */
  readonly github: boolean;
  /** Every line, however many there are. */
  readonly verbose: boolean;
  readonly color: boolean;
  readonly plan: RunPlan;
  readonly calledAs: string;
  readonly mask: (text: string) => string;
  readonly write: (text: string) => void;
  readonly summarizeStep: (id: string, state: RunState) => StepSummary;
}

export interface LogReporter extends RunReporter {
  readonly close: () => void;
}

const capped = { head: 200, tail: 20 } as const;
const longestPrefix = 24;

interface OpenLog {
  readonly source: LogSource;
  readonly splitter: LineSplitter;
  readonly cap: LineCap | undefined;
}

/** A run as lines of a log: what starts, what it says, how it ends. */
export function createLogReporter(look: LogLook): LogReporter {
  const width = Math.min(longestPrefix, Math.max(0, ...[...look.plan.steps.keys()].map((id) => id.length)));
  const writer = createLogWriter({ github: look.github, prefixWidth: width });
  const open = new Map<string, OpenLog>();
  const put = (text: string): void => {
    if (text !== '') look.write(text);
  };
  const putLines = ({ source }: OpenLog, lines: readonly string[]): void => {
    // Taking escape sequences away can join the halves of a secret: what is shown is masked once more.
    for (const line of lines.map(look.mask)) put(writer.line(source, look.github ? guardLine(line) : line));
  };
  const finish = (log: OpenLog): void => {
    const last = log.splitter.end();
    if (log.cap === undefined) return putLines(log, last);
    putLines(log, log.cap.push(last));
    const { leftOut, tail } = log.cap.end();
    if (leftOut !== null) putLines(log, [describeLeftOut(leftOut, `${look.calledAs} logs ${log.source.id}`)]);
    putLines(log, tail);
  };

  return {
    onEvent: (event, state) => {
      switch (event.kind) {
        case 'attempt-started': {
          const log = openLog(event, state, look);
          open.set(cellKey(event.step, event.cell), log);
          return put(writer.started(log.source));
        }
        case 'attempt-ended': {
          const log = open.get(cellKey(event.step, event.cell));
          if (log === undefined) return;
          const isServing = log.source.background && event.result.outcome === 'succeeded';
          if (!isServing) finish(log);
          const step = look.summarizeStep(event.step, state);
          const cell = step.cells?.[event.cell];
          const { outcome } = event.result;
          const ended = { ...step, status: outcome, ...(cell === undefined ? {} : { durationMs: cell.durationMs, attempts: cell.attempts, failure: cell.failure, cells: null }) };
          put(writer.ended(log.source, ended));
          return;
        }
        // Nothing was executed: one line says all.
        case 'result-reused': {
          const { source } = openLog(event, state, look);
          const step = look.summarizeStep(event.step, state);
          const cell = step.cells?.[event.cell];
          return put(writer.ended(source, { ...step, status: 'succeeded', ...(cell === undefined ? {} : { durationMs: cell.durationMs, attempts: cell.attempts, cached: cell.cached, because: event.source === 'earlier' ? 'kept: it was done before' : null, failure: null, cells: null }) }));
        }
        case 'background-stopped':
        case 'background-ended': {
          const log = open.get(cellKey(event.step, event.cell));
          return log === undefined ? undefined : finish(log);
        }
        default: return;
      }
    },
    onOutput: (step, cell, bytes) => {
      const log = open.get(cellKey(step, cell));
      if (log === undefined) return;
      const lines = log.splitter.push(bytes);
      putLines(log, log.cap === undefined ? lines : log.cap.push(lines));
    },
    close: () => put(writer.close()),
  };
}

function openLog({ step, cell }: { readonly step: string; readonly cell: number }, state: RunState, look: LogLook): OpenLog {
  const terms = state.steps.get(step)?.terms;
  const label = terms?.isMatrix === true ? labelOf(terms.cells[cell] ?? {}) : null;
  return {
    source: { id: step, number: look.plan.steps.get(step)?.number ?? '', cell: label, background: terms?.background != null },
    splitter: createLineSplitter(4096, look.color ? 'kept' : 'removed'),
    cap: look.verbose ? undefined : createLineCap(capped),
  };
}
