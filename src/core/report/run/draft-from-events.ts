import type { RunEvent } from '../../run/run-event.js';

/**
 * The text of a workflow that has the phases and steps that events speak of, for a run whose workflow is another by now: so
 * that it can be told of in the same way as any. What its steps did is not known, and nobody runs it.
 */
export function draftFromEvents(events: readonly RunEvent[]): string {
  const phases = new Map<string, Set<string>>();
  const closing = new Set<string>();
  const placed = new Set<string>();
  const open = new Set<string>();
  let name = 'unknown';
  for (const event of events) {
    if (event.kind === 'run-started' || event.kind === 'run-resumed') {
      name = event.workflow;
      open.clear();
    }
    if ('phase' in event && !phases.has(event.phase)) phases.set(event.phase, new Set());
    if (event.kind === 'phase-started') open.add(event.phase);
    if (event.kind === 'phase-ended') open.delete(event.phase);
    if (!('step' in event) || placed.has(event.step)) continue;
    placed.add(event.step);
    // Of phases that go on side by side the one that began last is as likely as any.
    const phase = phases.get([...open].at(-1) ?? '');
    (phase ?? closing).add(event.step);
  }
  const steps = (ids: Iterable<string>) => [...ids].map((id) => ({ id, command: 'true', needs: [] }));
  const filled = [...phases].map(([id, ids]) => ({ id, steps: ids.size === 0 ? [{ id: `${id}-unbegun`, command: 'true' }] : steps(ids) }));
  return JSON.stringify({ name, phases: filled.length === 0 ? [{ id: 'main', steps: [{ id: 'main-unbegun', command: 'true' }] }] : filled, finally: steps(closing) });
}
