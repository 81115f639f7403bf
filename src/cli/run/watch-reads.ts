import type { AssembledRun } from '../../assembly/assemble-run.js';
import { cachesResult } from '../../core/definition/language/caches-result.js';
import { renderMessage } from '../../core/report/message.js';
import { createPaint } from '../../core/report/paint.js';
import type { InputTracer } from '../../ports/input-tracer.js';
import type { Call } from '../command.js';

/** The run with its cached steps under watch; who asks for it and has none is told. */
export function watchReads(assembled: AssembledRun, tracer: InputTracer | undefined, { terminal }: Call): AssembledRun {
  if (tracer === undefined) return assembled;
  const { job: { parsed }, ports } = assembled;
  if (!parsed.outline.steps.some(({ step }) => cachesResult(step))) {
    const note = renderMessage({ severity: 'info', code: 'TG3414', message: 'no step of this workflow is cached: --trace-inputs has none to watch' }, createPaint(terminal.color));
    terminal.err(`${note.join('\n')}\n\n`);
  }
  return ports.reuse === null ? assembled : { ...assembled, ports: { ...ports, reuse: { ...ports.reuse, tracer } } };
}
