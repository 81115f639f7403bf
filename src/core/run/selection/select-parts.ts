import type { PlacedStep } from '../../definition/check/outline.js';
import type { ParsedWorkflow } from '../../definition/parse-workflow.js';
import type { DiagnosticCode } from '../../diagnostic/codes.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import { collectUses } from '../../expression/collect-uses.js';
import type { Value } from '../../expression/expression.js';
import type { RunPlan } from '../run-plan.js';
import { readLabels } from './fit-labels.js';
import type { Selection } from './selection.js';

export type { Selection } from './selection.js';

export interface SelectionProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly ways: readonly string[];
  /** A step that is left out and whose output is read: its last result may stand in for it. */
  readonly lacks?: string;
}

export interface Selected {
  /** Steps by id, and phases as `phase <id>`, with the words for why. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** The words of the call that make the run a partial one. */
  readonly partial: readonly string[];
  readonly set: ReadonlyMap<string, Readonly<Record<string, Value>>>;
  readonly problems: readonly SelectionProblem[];
}

/** The part of a workflow that a call asks for, and whether it can be run without the rest. */
export function selectParts(parsed: ParsedWorkflow, plan: RunPlan, asked: Selection): Selected {
  const problems: SelectionProblem[] = [];
  const names = nameParts(parsed);
  const find = (name: string, flag: string): Part | undefined => {
    const found = names.get(name.toLowerCase());
    if (found === undefined) problems.push(describeUnknown(name, flag, [...names.keys()]));
    return found;
  };
  const stepsOf = (list: readonly string[], flag: string): ReadonlySet<string> => new Set(list.flatMap((name) => find(name, flag)?.steps ?? []));
  const phasesOf = (list: readonly string[], flag: string): ReadonlySet<string> => new Set(list.flatMap((name) => find(name, flag)?.phases ?? []));

  const leftOut = new Map<string, string>();
  const leave = (id: string, because: string): void => {
    if (!leftOut.has(id)) leftOut.set(id, because);
  };
  const all = plan.phaseSteps;
  const orderOf = new Map(all.map((id, index) => [id, index]));
  const place = (ids: Iterable<string>): readonly number[] => [...ids].map((id) => orderOf.get(id) ?? 0);

  if (asked.only.length > 0) {
    const only = stepsOf(asked.only, '--only');
    for (const id of all) if (!only.has(id)) leave(id, `left out by --only ${asked.only.join(',')}`);
  }
  if (asked.phases.length > 0) {
    const kept = phasesOf(asked.phases, '--phases');
    for (const [id, phase] of plan.phases) if (!kept.has(id)) for (const step of phase.steps) leave(step, `left out by --phases ${asked.phases.join(',')}`);
  }
  const from = asked.from === undefined ? undefined : find(asked.from, '--from');
  if (from !== undefined) {
    const first = Math.min(...place(from.steps));
    for (const id of all) if ((orderOf.get(id) ?? 0) < first) leave(id, `left out by --from ${asked.from ?? ''}`);
  }
  const until = asked.until === undefined ? undefined : find(asked.until, '--until');
  if (until !== undefined) {
    const last = Math.max(...place(until.steps));
    for (const id of all) if ((orderOf.get(id) ?? 0) > last) leave(id, `left out by --until ${asked.until ?? ''}`);
  }
  for (const id of stepsOf(asked.skip, '--skip')) leave(id, `left out by --skip ${asked.skip.join(',')}`);
  for (const id of phasesOf(asked.skipPhases, '--skip-phases')) for (const step of plan.phases.get(id)?.steps ?? []) leave(step, `left out by --skip-phases ${asked.skipPhases.join(',')}`);
  if (asked.labels !== undefined && asked.labels.trim() !== '') selectByLabels(asked.labels, { parsed, plan, problems, leave });
  for (const [id, { steps }] of plan.phases) {
    const [first] = steps;
    if (first !== undefined && steps.every((step) => leftOut.has(step))) leftOut.set(`phase ${id}`, leftOut.get(first) ?? '');
  }
  const set = readGiven(asked.set, { parsed, plan, problems });
  if (leftOut.size > 0) problems.push(...findMissingOutputs(parsed, plan, { leftOut, set }));
  return { leftOut, partial: describePartial(asked), set, problems };
}

interface Part {
  readonly steps: readonly string[];
  readonly phases: readonly string[];
}

/** `build`, `phase.build`, `phase/build`, `1.2`; a phase by its id or number, a group by its id or number. */
function nameParts({ outline }: ParsedWorkflow): ReadonlyMap<string, Part> {
  const names = new Map<string, Part>();
  const phaseOf = ({ lane }: PlacedStep): string | undefined => (lane.kind === 'phase' ? outline.phases[lane.phase]?.phase.id.value : undefined);
  const put = (name: string | undefined, part: Part): void => {
    if (name !== undefined) names.set(name.toLowerCase(), part);
  };
  for (const { phase, number } of outline.phases) {
    const id = phase.id.value;
    const part = { steps: outline.steps.filter((step) => phaseOf(step) === id).map(({ step }) => step.id.value), phases: [id] };
    put(id, part);
    put(String(number), part);
  }
  for (const group of outline.groups) {
    const part = { steps: group.members.map(({ step }) => step.id.value), phases: [] };
    put(group.group.id?.value, part);
    put(group.number, part);
  }
  for (const placed of outline.steps) {
    const phase = phaseOf(placed);
    if (phase === undefined) continue;
    const id = placed.step.id.value;
    const part = { steps: [id], phases: [] };
    for (const name of [`${phase}.${id}`, `${phase}/${id}`, placed.number]) put(name, part);
    // A phase and a step may share a name: the phase, which is more, is meant.
    if (!names.has(id.toLowerCase())) put(id, part);
  }
  return names;
}

function describeUnknown(name: string, flag: string, known: readonly string[]): SelectionProblem {
  const near = nearestName(name, known);
  return { code: 'TG3301', message: `${flag}: there is no step or phase '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`, ways: ['Look at the names: tollgate plan <workflow>'] };
}

interface ByLabels {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly problems: SelectionProblem[];
  readonly leave: (id: string, because: string) => void;
}

function selectByLabels(text: string, { parsed, plan, problems, leave }: ByLabels): void {
  const selection = readLabels(text);
  if (selection.kind === 'malformed') return void problems.push({ code: 'TG3301', message: `--labels '${text}': ${selection.message}`, ways: ["Write words with not, and, or: --labels 'not e2e and not slow'"] });
  const labelsOf = (id: string): readonly string[] => parsed.outline.steps[plan.steps.get(id)?.index ?? -1]?.step.labels?.map(({ value }) => value) ?? [];
  const known = new Set(plan.phaseSteps.flatMap(labelsOf));
  for (const word of selection.words) {
    if (known.has(word)) continue;
    const near = nearestName(word, known);
    problems.push({ code: 'TG3301', message: `--labels: no step has the label '${word}'${near === undefined ? '' : `; did you mean '${near}'?`}`, ways: known.size === 0 ? ['Give steps labels: [slow]'] : [`The labels are ${[...known].join(', ')}`] });
  }
  for (const id of plan.phaseSteps) if (!selection.fits(new Set(labelsOf(id)))) leave(id, `left out by --labels '${text}'`);
}

function readGiven(given: Selection['set'], { parsed, plan, problems }: { readonly parsed: ParsedWorkflow; readonly plan: RunPlan; readonly problems: SelectionProblem[] }): Selected['set'] {
  const set = new Map<string, Record<string, Value>>();
  for (const { name, value } of given) {
    const [, written = '', output = ''] = /^(?:steps\.)?([^.]+)\.outputs\.([^.]+)$/u.exec(name) ?? [];
    const id = [...plan.steps.keys()].find((each) => each.toLowerCase() === written.toLowerCase());
    const declared = parsed.outline.steps[plan.steps.get(id ?? '')?.index ?? -1]?.step.outputs?.map((each) => each.name) ?? [];
    // A name that nobody declared may be one of those that the step writes.
    const near = declared.includes(output) ? undefined : nearestName(output, declared);
    if (id === undefined || near !== undefined) problems.push({ code: 'TG3301', message: `--set ${name}: there is no output called so${near === undefined ? '' : `; did you mean '${near}'?`}`, ways: ['Write it as --set step.outputs.name=value'] });
    else set.set(id, { ...set.get(id), [output]: value });
  }
  return set;
}

/** Outputs of steps that are left out, read by steps that are not. */
function findMissingOutputs(parsed: ParsedWorkflow, plan: RunPlan, { leftOut, set }: Pick<Selected, 'leftOut' | 'set'>): readonly SelectionProblem[] {
  const problems = new Map<string, SelectionProblem>();
  for (const { from, to, place } of parsed.references) {
    if (from.kind !== 'step' || to.kind !== 'step') continue;
    const [reader, maker] = [from.step.step.id.value, to.step.step.id.value];
    if (!leftOut.has(maker) || leftOut.has(reader) || plan.steps.get(reader)?.lane !== 'phase') continue;
    const expressions = place.kind === 'condition' ? [place.expression] : place.template.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
    for (const { context, path } of expressions.flatMap(collectUses)) {
      const [head, output] = context.toLowerCase() === 'steps' ? [path[1], path[2]] : [path[0], path[1]];
      const owner = context.toLowerCase() === 'steps' ? path[0] : context;
      if (owner?.toLowerCase() !== maker.toLowerCase() || head !== 'outputs' || output === undefined || set.get(maker)?.[output] !== undefined) continue;
      problems.set(`${reader} ${maker}.${output}`, {
        code: 'TG3302',
        lacks: maker,
        message: `${reader} reads ${maker}.outputs.${output}, and ${maker} is ${leftOut.get(maker) ?? 'left out'}`,
        ways: [`Give the value: --set ${maker}.outputs.${output}=…`, `Or leave it out too: --skip ${reader}`],
      });
    }
  }
  return [...problems.values()];
}

function describePartial(asked: Selection): readonly string[] {
  const list = (flag: string, names: readonly string[]): readonly string[] => (names.length === 0 ? [] : [`${flag} ${names.join(',')}`]);
  const one = (flag: string, name: string | undefined): readonly string[] => (name === undefined || name === '' ? [] : [`${flag} ${name}`]);
  return [...list('--phases', asked.phases), ...one('--from', asked.from), ...one('--until', asked.until), ...list('--only', asked.only), ...list('--skip', asked.skip), ...list('--skip-phases', asked.skipPhases), ...one('--labels', asked.labels)];
}
