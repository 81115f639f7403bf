/**
 * What a run comes to, after section 1 of the contract and nothing else: «every step that this one needs, transitively».
 * Sets of steps and recursion; no order, no events, no queue.
 */
export type ModelWhen = 'none' | 'always()' | 'failure()' | 'success()' | 'cancelled()' | 'false' | 'true';

export interface ModelStep {
  readonly id: string;
  /** Ids of steps and groups of the same list; left out: the item before. */
  readonly needs: readonly string[] | undefined;
  /** Steps that it names in an expression. */
  readonly refs: readonly string[];
  readonly when: ModelWhen;
  /** How many cells; nothing for a step without a matrix. */
  readonly cells: number | undefined;
  readonly failFast: boolean;
  readonly maxParallel: number | undefined;
  readonly attempts: number;
  readonly tolerated: boolean;
  readonly locks: readonly string[];
  /** By cell: how many of its first attempts fail. */
  readonly failures: readonly number[];
  /** An assert that ends the run. */
  readonly ends: boolean;
}

export interface ModelGroup {
  readonly id: string;
  readonly needs: readonly string[] | undefined;
  readonly when: ModelWhen;
  readonly tolerated: boolean;
  readonly maxParallel: number | undefined;
  readonly members: readonly ModelStep[];
}

export interface ModelPhase {
  readonly id: string;
  readonly needs: readonly string[] | undefined;
  readonly when: ModelWhen;
  readonly items: readonly (ModelStep | ModelGroup)[];
}

export interface ModelWorkflow {
  readonly phases: readonly ModelPhase[];
  readonly finally: readonly ModelStep[];
}

export interface ModelEnd {
  readonly steps: Readonly<Record<string, string>>;
  readonly phases: Readonly<Record<string, string>>;
  readonly status: string;
  readonly verdict: string;
}

export const isModelGroup = (item: ModelStep | ModelGroup): item is ModelGroup => 'members' in item;
export const stepsOfItem = (item: ModelStep | ModelGroup): readonly ModelStep[] => (isModelGroup(item) ? item.members : [item]);

/** Who a step waits for: within its list and by name, without what its group or phase waits for. */
export function createNeeds(workflow: ModelWorkflow) {
  const all = workflow.phases.flatMap((phase) => phase.items.flatMap((item) => stepsOfItem(item).map((step) => ({ phase, item, step }))));
  const placeOf = (id: string) => all.find(({ step }) => step.id === id)!;
  const idsOf = (phase: ModelPhase, name: string): readonly string[] => stepsOfItem(phase.items.find(({ id }) => id === name) ?? placeOf(name).step).map(({ id }) => id);
  const itemNeeds = (phase: ModelPhase, item: ModelStep | ModelGroup): readonly string[] => {
    const before = phase.items[phase.items.indexOf(item) - 1];
    return (item.needs ?? (before === undefined ? [] : [before.id])).flatMap((name) => idsOf(phase, name));
  };
  const phaseNeeds = (phase: ModelPhase): readonly ModelPhase[] => {
    const before = workflow.phases[workflow.phases.indexOf(phase) - 1];
    const names = phase.needs ?? (before === undefined ? [] : [before.id]);
    return workflow.phases.filter(({ id }) => names.includes(id));
  };
  const ownNeeds = (id: string): readonly string[] => {
    const { phase, item, step } = placeOf(id);
    if (!isModelGroup(item)) return [...itemNeeds(phase, item), ...step.refs];
    return [...(step.needs ?? []).flatMap((name) => idsOf(phase, name)), ...step.refs];
  };
  return { all, placeOf, itemNeeds, phaseNeeds, ownNeeds };
}

export function predictRun(workflow: ModelWorkflow): ModelEnd {
  const { all, placeOf, itemNeeds, phaseNeeds, ownNeeds } = createNeeds(workflow);
  const known = new Map<string, string>();
  const isGood = (id: string): boolean => ['succeeded', 'skipped(when)', 'tolerated', 'skipped(empty-matrix)'].includes(statusOf(id));
  const hasFailed = (id: string): boolean => statusOf(id) === 'failed';

  /** All that a list of steps needs; `near` stays behind the beginning of its phases and of the group that asks. */
  const close = (ids: readonly string[], reach: 'near' | 'all', home?: ModelStep | ModelGroup, seen = new Set<string>()): ReadonlySet<string> => {
    for (const id of ids) {
      if (seen.has(id)) continue;
      seen.add(id);
      const { phase, item } = placeOf(id);
      close(ownNeeds(id), reach, home, seen);
      if (isModelGroup(item) && (reach === 'all' || item !== home)) close(itemNeeds(phase, item), reach, home, seen);
      // Behind the beginning of a phase lies every step of the phases that it needs.
      if (reach === 'all') close(phaseNeeds(phase).flatMap(stepsOfPhase), reach, home, seen);
    }
    return seen;
  };
  const stepsOfPhase = (phase: ModelPhase): readonly string[] => phase.items.flatMap((item) => stepsOfItem(item).map(({ id }) => id));
  const enters = (when: ModelWhen, near: Iterable<string>, far: Iterable<string>): 'enter' | 'when' | 'need' => {
    const success = [...near].every(isGood);
    const failure = [...far].some(hasFailed);
    const asks = when.endsWith('()');
    if (!asks && !success) return 'need';
    const holds = when === 'none' || when === 'true' || when === 'always()' || (when === 'success()' && success) || (when === 'failure()' && failure);
    return holds ? 'enter' : 'when';
  };
  const phaseEntry = (phase: ModelPhase) => {
    const needed = close(phaseNeeds(phase).flatMap(stepsOfPhase), 'all');
    return enters(phase.when, needed, needed);
  };
  const groupEntry = (phase: ModelPhase, group: ModelGroup) => {
    const before = itemNeeds(phase, group);
    return enters(group.when, close(before, 'near'), [...close(before, 'all'), ...close(phaseNeeds(phase).flatMap(stepsOfPhase), 'all')]);
  };

  function statusOf(id: string): string {
    const status = known.get(id) ?? settle(id);
    known.set(id, status);
    return status;
  }
  function settle(id: string): string {
    const { phase, item, step } = placeOf(id);
    const ofPhase = phaseEntry(phase);
    if (ofPhase !== 'enter') return `skipped(${ofPhase === 'need' ? 'phase' : 'when'})`;
    const inGroup = isModelGroup(item);
    const ofGroup = inGroup ? groupEntry(phase, item) : 'enter';
    if (ofGroup !== 'enter') return `skipped(${ofGroup})`;
    const far = [...ownNeeds(id), ...(inGroup ? itemNeeds(phase, item) : [])];
    const entry = enters(step.when, close(ownNeeds(id), 'near', item), [...close(far, 'all'), ...close(phaseNeeds(phase).flatMap(stepsOfPhase), 'all')]);
    if (entry !== 'enter') return `skipped(${entry})`;
    return came(step, inGroup && item.tolerated);
  }
  const came = (step: ModelStep, inTolerant: boolean): string => {
    if (step.cells === 0) return 'skipped(empty-matrix)';
    if (step.failures.every((failing) => failing < step.attempts)) return 'succeeded';
    return step.tolerated || inTolerant ? 'tolerated' : 'failed';
  };

  const phases = workflow.phases.map((phase): [string, string] => {
    const entry = phaseEntry(phase);
    if (entry !== 'enter') return [phase.id, entry === 'when' ? 'go skipped(when)' : 'no-go skipped(need)'];
    return [phase.id, stepsOfPhase(phase).every(isGood) ? 'go succeeded' : 'no-go failed'];
  });
  const isGo = phases.every(([, end]) => end.startsWith('go'));
  const anyFailed = all.some(({ step }) => hasFailed(step.id));
  const last = workflow.finally.map((step): [string, string] => {
    const holds = { none: true, true: true, false: false, 'always()': true, 'success()': isGo, 'failure()': anyFailed, 'cancelled()': false }[step.when];
    return [step.id, holds ? came(step, false) : 'skipped(when)'];
  });
  return {
    steps: Object.fromEntries([...all.map(({ step }): [string, string] => [step.id, statusOf(step.id)]), ...last]),
    phases: Object.fromEntries(phases),
    status: isGo && !last.some(([, end]) => end === 'failed') ? 'succeeded' : 'failed',
    verdict: isGo ? 'go' : 'no-go',
  };
}
