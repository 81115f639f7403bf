import type { RunSummary } from '../../core/report/run-summary.js';
import type { RunState } from '../../core/run/run-state.js';
import type { RunReporter } from '../../ports/run-reporter.js';
import type { Call } from '../command.js';

export interface RunView {
  readonly reporter: RunReporter;
  /** Before the run starts: how it is summarized while it goes on. */
  readonly begin: (summarize: (state: RunState) => RunSummary) => void;
  readonly close: () => void;
  readonly hasPrinted: () => boolean;
}

export function openRunView(call: Call): RunView {
  let printed = false;
  const say = (text: string): void => {
    printed = true;
    if (call.options.json.value) call.terminal.err(text);
    else call.terminal.out(text);
  };
  return {
    begin: () => undefined,
    close: () => undefined,
    hasPrinted: () => printed,
    reporter: {
      onEvent: (event) => {
        if (event.kind === 'attempt-started') say(`${event.step} started\n`);
      },
      onOutput: (step, _cell, bytes) => say(`${step} │ ${Buffer.from(bytes).toString()}`),
    },
  };
}
