import type { Selection } from '../../core/run/selection/selection.js';
import type { Call } from '../command.js';

/** The part of a workflow that the call asks for. */
export function readSelection({ options }: Call): Selection {
  return {
    phases: options.phases.value,
    from: options.from.value,
    until: options.until.value,
    only: options.only.value,
    skip: options.skip.value,
    skipPhases: options['skip-phases'].value,
    labels: options.labels.value,
    set: options.set.value,
  };
}
