import type { Plan, PlannedGate, PlannedPhase, PlannedStep, PlannedWhen } from '../plan/plan.js';
import type { CellForecast } from '../run/forecast/cell-forecast.js';
import { describeAnswers, describeCounts } from './forecast-text.js';
import type { Paint } from './paint.js';
import { counted, describeNeeds, describeTime, marksOf, nameCell, nameSome } from './plan-words.js';
import { cutToWidth, escapeHidden, widthOf } from './visible-text.js';

export interface PlanLook {
  readonly paint: Paint;
  readonly columns: number;
  /** The steps that go on in the background, by id. */
  readonly background: ReadonlySet<string>;
  /** What a run would find; nothing where it could not be started. */
  readonly forecast?: readonly CellForecast[];
}

/** The plan as a person reads it: phases in order, what stands in one bracket can run side by side. */
export function renderPlan(plan: Plan, look: PlanLook): string {
  const { paint } = look;
  // Where nothing could be used again there is nothing to say of it.
  const forecast = look.forecast?.some(({ answer }) => answer !== 'runs' && answer !== 'skipped') === true ? look.forecast : [];
  const table = { ...measure(plan), forecast: groupByStep(forecast) };
  const lines: string[] = [
    cut(`${plan.workflow}${plan.version === null ? '' : ` ${plan.version}`}`, look, paint.strong),
    ...(plan.description === null ? [] : [cut(plan.description.replace(/\s+/gu, ' '), look)]),
    paint.faint(`${counted(plan.phases.length, 'phase', 'phases')}, ${counted(plan.stepCount, 'step', 'steps')} · time limit of the run ${escapeHidden(describeTime(plan.timeout))}`),
  ];
  if (plan.preflight.length > 0) {
    lines.push('', `${paint.strong('0')}  ${paint.strong('pre-flight')}`);
    for (const { kind, text, level } of plan.preflight) lines.push(cut(`   ${kind.padEnd(6)}${text}${level === 'blocking' ? '' : ` · ${level}`}`, look));
  }
  for (const phase of plan.phases) lines.push('', ...renderPhase(phase, plan, { look, table }));
  lines.push(...renderSection('finally', 'whatever happened', plan.finally, { look, table }));
  lines.push(...renderSection('cleanup', 'only when asked for', plan.cleanup, { look, table }));
  if (forecast.length > 0) lines.push('', describeCounts(forecast));
  return `${lines.join('\n')}\n`;
}

interface Table {
  readonly forecast: ReadonlyMap<string, readonly CellForecast[]>;
  readonly id: number;
  readonly type: number;
  readonly time: number;
}

interface Drawing {
  readonly look: PlanLook;
  readonly table: Table;
}

const widestId = 32;

function groupByStep(forecast: readonly CellForecast[]): Table['forecast'] {
  const cells = new Map<string, CellForecast[]>();
  for (const cell of forecast) {
    const others = cells.get(cell.step);
    if (others === undefined) cells.set(cell.step, [cell]);
    else others.push(cell);
  }
  return cells;
}

function measure(plan: Plan): Omit<Table, 'forecast'> {
  const widest = { id: 4, type: 5, time: 2 };
  const see = (step: PlannedStep): void => {
    widest.id = Math.max(widest.id, Math.min(widestId, step.id.length));
    widest.type = Math.max(widest.type, step.type.length);
    if (step.timeout.kind === 'limit') widest.time = Math.max(widest.time, describeTime(step.timeout).length);
  };
  for (const phase of plan.phases) {
    phase.steps.forEach(see);
    phase.gate?.onNoGo.forEach(see);
  }
  plan.finally.forEach(see);
  plan.cleanup.forEach(see);
  return widest;
}

function renderPhase(phase: PlannedPhase, plan: Plan, drawing: Drawing): readonly string[] {
  const { paint } = drawing.look;
  const before = plan.phases[phase.number - 2];
  const usual = before === undefined ? phase.needs.length === 0 : phase.needs.length === 1 && phase.needs[0] === before.id;
  const notes = [
    ...(phase.name === null ? [] : [phase.name]),
    ...(usual ? [] : [phase.needs.length === 0 ? 'starts at once' : `after ${nameSome(phase.needs)}`]),
    ...(phase.timeout === null ? [] : [`at most ${describeTime(phase.timeout)}`]),
  ];
  return [
    `${paint.strong(String(phase.number))}  ${paint.strong(phase.id)}${paint.faint(escapeHidden(notes.map((note) => ` · ${note}`).join('')))}`,
    ...(phase.when === null ? [] : renderWhen(phase.when, '   ', { look: drawing.look, skipped: 'the phase is skipped' })),
    ...renderSteps(phase.steps, drawing),
    ...(phase.gate === null ? [] : renderGate(phase.gate, drawing)),
  ];
}

function renderSection(title: string, note: string, steps: readonly PlannedStep[], drawing: Drawing): readonly string[] {
  if (steps.length === 0) return [];
  const { paint } = drawing.look;
  return ['', `${paint.strong(title)}${paint.faint(` · ${note}`)}`, ...renderSteps(steps, drawing)];
}

/** In the order of their waves; those of one wave stand in a bracket. */
function renderSteps(steps: readonly PlannedStep[], drawing: Drawing): readonly string[] {
  const waves = new Map<number, PlannedStep[]>();
  for (const step of steps) {
    const wave = waves.get(step.wave);
    if (wave === undefined) waves.set(step.wave, [step]);
    else wave.push(step);
  }
  const lines: string[] = [];
  const numbers = steps.reduce((width, { number }) => Math.max(width, number.length), 3);
  let before: readonly PlannedStep[] = [];
  for (const [, wave] of [...waves].sort(([a], [b]) => a - b)) {
    wave.forEach((step, index) => lines.push(...renderStep(step, { bracket: bracketAt(index, wave.length), before, numbers }, drawing)));
    before = wave;
  }
  return lines;
}

interface Bracket {
  readonly head: string;
  /** What goes on beside the lines under a step. */
  readonly tail: string;
}

function bracketAt(index: number, count: number): Bracket {
  if (count === 1) return { head: '   ', tail: '   ' };
  if (index === 0) return { head: ' ┌ ', tail: ' │ ' };
  return index === count - 1 ? { head: ' └ ', tail: '   ' } : { head: ' │ ', tail: ' │ ' };
}

interface StepPlace {
  readonly bracket: Bracket;
  /** What stands in the row or bracket above. */
  readonly before: readonly PlannedStep[];
  /** Columns of the number. */
  readonly numbers: number;
}

function renderStep(step: PlannedStep, place: StepPlace, { look, table }: Drawing): readonly string[] {
  const { paint } = look;
  const { head, tail } = place.bracket;
  const answer = describeAnswers(table.forecast.get(step.id) ?? [], paint);
  const notes = [...marksOf(step, look.background).filter((mark) => answer === undefined || mark !== 'cached'), ...describeNeeds(worthSaying(step, place.before)), ...(step.name === null ? [] : [step.name])];
  const time = describeTime(step.timeout);
  const columns = `${step.number.padEnd(place.numbers)}  ${step.id.padEnd(table.id)}  ${step.type.padEnd(table.type)}  ${time.padStart(table.time)}`;
  const said = answer === undefined ? '' : `  ${answer.text}`;
  const room = look.columns - head.length - widthOf(columns) - widthOf(said) - 2;
  const note = notes.length === 0 ? '' : `${said === '' ? '  ' : ' · '}${cutToWidth(escapeHidden(notes.join(' · ')), Math.max(20, room))}`;
  const skipped = step.when?.holds === false;
  const line = skipped ? paint.faint(escapeHidden(columns)) : escapeHidden(columns);
  const under = `${tail}${' '.repeat(place.numbers + 2)}`;
  return [
    `${paint.faint(head)}${line}${answer === undefined ? '' : answer.tone(said)}${paint.faint(note)}`,
    ...(step.when === null ? [] : renderWhen(step.when, under, { look, skipped: 'skipped' })),
    ...(step.cells?.kind === 'known' && step.cells.cells.length > 0 ? [`${under}${paint.faint(cutToWidth(escapeHidden(nameSome(step.cells.cells.map((cell) => `[${nameCell(cell)}]`), 12)), Math.max(20, look.columns - place.numbers - 5)))}`] : []),
  ];
}

/** Waiting for the row or bracket above is how lists are read; only other needs are worth a word. */
function worthSaying({ needs }: PlannedStep, before: readonly PlannedStep[]): PlannedStep['needs'] {
  const usual = needs.filter(({ why }) => why === 'order');
  const above = before.length <= 1 || usual.every(({ number }) => before.every(({ group }) => group === number));
  return above ? needs.filter(({ why }) => why !== 'order') : needs;
}

function renderGate(gate: PlannedGate, drawing: Drawing): readonly string[] {
  const { look } = drawing;
  const { paint } = look;
  const lines = gate.criteria.map(({ id, proof, advisory }, index) => {
    const head = index === 0 ? `${paint.warning('◇')} gate  ` : '        ';
    return `   ${head}${id} ${paint.faint(`· ${proof}${advisory ? ' · advisory' : ''}`)}`;
  });
  if (gate.approval) lines.push(`   ${gate.criteria.length === 0 ? `${paint.warning('◇')} gate  ` : '        '}approval by people`);
  if (gate.onNoGo.length > 0) lines.push(`   ${paint.faint('on NO-GO')}`, ...renderSteps(gate.onNoGo, drawing));
  return lines;
}

function renderWhen({ text, holds, because }: PlannedWhen, indent: string, said: { readonly look: PlanLook; readonly skipped: string }): readonly string[] {
  const { paint, columns } = said.look;
  const mark = { true: paint.good('✓'), false: paint.warning('✗'), unknown: paint.info('?'), failed: paint.blocking('!') }[String(holds) as 'true'];
  const reason = escapeHidden(holds === false ? `${because}: ${said.skipped}` : holds === 'failed' ? `fails: ${because}` : because);
  const room = columns - widthOf(indent) - 2;
  const condition = cutToWidth(escapeHidden(`when ${text.replace(/\s+/gu, ' ')}`), Math.max(30, room));
  if (reason === '') return [`${indent}${mark} ${condition}`];
  if (widthOf(condition) + widthOf(reason) + 3 <= room) return [`${indent}${mark} ${condition}${paint.faint(` — ${reason}`)}`];
  return [`${indent}${mark} ${condition}`, `${indent}  ${paint.faint(`— ${reason}`)}`];
}

function cut(line: string, look: PlanLook, paint: (text: string) => string = (text) => text): string {
  return paint(cutToWidth(escapeHidden(line.replace(/\s+$/u, '')), look.columns));
}
