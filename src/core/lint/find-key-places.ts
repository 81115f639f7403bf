import { findExpressives } from '../definition/check/find-expressives.js';
import type { PlacedStep } from '../definition/check/outline.js';
import type { Expressive } from '../definition/shape/setting.js';
import type { LintSubject } from './lint-rule.js';

/** An expression whose value goes into keys, and the cached steps whose keys they are. */
export interface KeyPlace {
  readonly place: Expressive;
  /** Its own place in one step, or an environment that several share. */
  readonly steps: readonly PlacedStep[];
}

/** What a step's result can depend on: its command and what it is given, not when, how long or how often it runs. */
export function findKeyPlaces({ outline, steps }: LintSubject): readonly KeyPlace[] {
  const cached = steps.filter((step) => step.cached).map(({ placed }) => placed);
  const shared = (piece: unknown, among: readonly PlacedStep[]): readonly KeyPlace[] => (among.length === 0 ? [] : findExpressives(piece).map((place) => ({ place, steps: among })));
  return [
    ...shared(outline.workflow.env, cached),
    ...outline.phases.flatMap(({ phase }, index) => shared(phase.env, cached.filter(({ lane }) => lane.kind === 'phase' && lane.phase === index))),
    ...outline.groups.flatMap((group) => shared(group.group.env, cached.filter((step) => step.group === group))),
    ...cached.flatMap((placed) => {
      const { own, env, inputs, outputs, cache, cache_key, working_directory } = placed.step;
      return shared({ own, env, inputs, outputs, cache, cache_key, working_directory }, [placed]);
    }),
  ];
}

/** «step 'a'», «the cached steps 'a' and 'b'», «5 cached steps». */
export function nameSteps(steps: readonly PlacedStep[]): string {
  const names = steps.map(({ step }) => `'${step.id.value}'`);
  if (names.length === 1) return `the cached step ${names[0] ?? ''}`;
  return names.length === 2 ? `the cached steps ${names.join(' and ')}` : `${names.length} cached steps`;
}
