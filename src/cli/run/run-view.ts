import type { AssembledRun } from '../../assembly/assemble-run.js';
import { createLogReporter } from '../../assembly/log-reporter.js';
import { createPaint } from '../../core/report/paint.js';
import { renderLiveView } from '../../core/report/run/live-view.js';
import type { RunState } from '../../core/run/run-state.js';
import type { RunReporter } from '../../ports/run-reporter.js';
import type { Call } from '../command.js';

/** How a run is seen while it goes on; it is joined to the run once that is put together. */
export interface RunView {
  readonly reporter: RunReporter;
  readonly join: (assembled: AssembledRun) => void;
  readonly close: () => void;
  /** Something stands above the closing table. */
  readonly hasPrinted: () => boolean;
}

/** Pictures a second at most: more than an eye wants, and less than a terminal notices. */
const pauseMs = 120;

export function openRunView(call: Call): RunView {
  const { terminal, options } = call;
  if (options.quiet.value) return { reporter: { onEvent: () => undefined, onOutput: () => undefined }, join: () => undefined, close: () => undefined, hasPrinted: () => false };
  if (terminal.draw !== undefined && !options.verbose.value && !options.json.value) return openLiveView(call, terminal.draw);
  return openPlainView(call);
}

function openPlainView({ terminal, options, calledAs }: Call): RunView {
  let printed = false;
  let reporter: ReturnType<typeof createLogReporter> | undefined;
  const write = (text: string): void => {
    printed = true;
    if (options.json.value) terminal.err(text);
    else terminal.out(text);
  };
  return {
    join: ({ job, summarizeStep }) => {
      reporter = createLogReporter({ github: false, verbose: options.verbose.value, color: terminal.color, plan: job.plan, calledAs, mask: job.redactor.text, write, summarizeStep });
    },
    close: () => reporter?.close(),
    hasPrinted: () => printed,
    reporter: {
      onEvent: (event, state) => reporter?.onEvent(event, state),
      onOutput: (step, cell, bytes) => reporter?.onOutput(step, cell, bytes),
    },
  };
}

/** In a terminal the phases and steps are drawn over themselves; what steps say is in their logs. */
function openLiveView({ terminal }: Call, draw: NonNullable<Call['terminal']['draw']>): RunView {
  let shown: { readonly state: RunState; readonly assembled: AssembledRun } | undefined;
  let assembled: AssembledRun | undefined;
  const paint = createPaint(terminal.color);
  const redraw = (): void => {
    if (shown === undefined) return;
    const summary = shown.assembled.summarize(shown.state);
    draw(renderLiveView(summary, { paint, columns: terminal.columns, rows: Math.max(3, terminal.rows - 1), now: Date.now() }));
  };
  const timer = setInterval(redraw, pauseMs);
  timer.unref();
  return {
    join: (run) => (assembled = run),
    hasPrinted: () => false,
    close: () => {
      clearInterval(timer);
      draw([]);
    },
    reporter: {
      onEvent: (_event, state) => {
        if (assembled !== undefined) shown ??= { state, assembled };
      },
      onOutput: () => undefined,
    },
  };
}
