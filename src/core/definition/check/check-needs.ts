import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import type { Need } from '../language/step-fields.js';
import type { Outline, PlacedItem } from './outline.js';
import { isGroup } from './outline.js';

/** What the words of `needs` mean: ids, `phase.id`, `phase/id` and numbers. */
export interface NeedNames {
  readonly items: ReadonlyMap<string, PlacedItem>;
  readonly phases: ReadonlyMap<string, number>;
}

export function nameNeeds(outline: Outline): NeedNames {
  const items = new Map<string, PlacedItem>();
  const name = (item: PlacedItem): void => {
    const id = isGroup(item) ? item.group.id?.value : item.step.id.value;
    items.set(item.number, item);
    if (id === undefined) return;
    if (!items.has(id)) items.set(id, item);
    const phase = item.lane.kind === 'phase' ? outline.phases[item.lane.phase]?.phase.id.value : undefined;
    if (phase === undefined) return;
    items.set(`${phase}.${id}`, item);
    items.set(`${phase}/${id}`, item);
  };
  for (const step of outline.steps) name(step);
  for (const group of outline.groups) name(group);
  const phases = new Map<string, number>();
  outline.phases.forEach(({ phase, number }, index) => {
    phases.set(phase.id.value, index);
    phases.set(String(number), index);
  });
  return { items, phases };
}

/** Every need names something that there is. */
export function checkNeeds(outline: Outline, names: NeedNames): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { phase } of outline.phases) {
    for (const need of phase.needs ?? []) {
      if (names.phases.has(need.step.value)) continue;
      found.push(names.items.has(need.step.value) ? needOfOther('phase', need) : unknownNeed('phase', need, ids(names.phases)));
    }
  }
  const needing = [...outline.steps.map(({ step }) => step.needs), ...outline.groups.map(({ group }) => group.needs)];
  for (const need of needing.flatMap((needs) => needs ?? [])) {
    if (names.items.has(need.step.value)) continue;
    found.push(names.phases.has(need.step.value) ? needOfOther('step', need) : unknownNeed('step', need, ids(names.items)));
  }
  return found;
}

/** Numbers are no slips of one another. */
const ids = (names: ReadonlyMap<string, unknown>): Iterable<string> => [...names.keys()].filter((name) => /^[A-Za-z_]/u.test(name));

function unknownNeed(noun: 'step' | 'phase', need: Need, candidates: Iterable<string>): Diagnostic {
  const { value, at } = need.step;
  const near = nearestName(value, candidates);
  return {
    code: 'TG1203',
    severity: 'error',
    message: `unknown ${noun} '${value}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    span: at,
    hint: `needs: lists the ${noun}s that must have ended before`,
    ...(near === undefined ? {} : { fix: { title: `Write ${near}`, safe: false, edits: [{ span: at, text: near }] } }),
  };
}

/** A phase where a step is wanted, or a step where a phase is. */
function needOfOther(wanted: 'step' | 'phase', need: Need): Diagnostic {
  const { value, at } = need.step;
  const [message, hint] =
    wanted === 'step'
      ? [`'${value}' is a phase; a step needs steps`, `let the phase of this step need '${value}'`]
      : [`'${value}' is a step; a phase needs phases`, `need the phase of '${value}', or let the steps of this phase need it`];
  return { code: 'TG1203', severity: 'error', message, span: at, hint };
}
